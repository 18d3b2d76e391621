package overview

import (
	"fmt"
	"strconv"

	"resiltui/internal/engine/event"
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// list is the body of many endpoints, with one line each: those that are not well stand
// above a blank line.
type list struct {
	// names, track and note are the cells of the name, of the latency, and of what is said.
	names, track, note int
	table              views.Table[*stats.SensorView]
	// blank is before which of the visible rows the blank line is, 0 for none.
	blank int
	// more is how many endpoints follow that there is no room for; it has a line where it is
	// not 0. legend says whether the scale is explained.
	more   int
	legend bool
}

// Widths of the parts of a row.
const (
	leastTrack, mostNote, leastNote = 20, 44, 24
	switchCells                     = 5 // the breaker as a switch, and a blank
)

// Lines from which the list has the legend, and more than one event.
const (
	legendFrom, eventsFrom, manyEventsFrom = 20, 12, 30
)

// columnsOfList are the columns of figures, by which the list can be sorted.
func columnsOfList() []views.SensorColumn {
	return []views.SensorColumn{
		{
			Title: "p95 ms", Width: 7,
			Text: func(v *stats.SensorView) string {
				if v.Health.Answers < stats.MinAnswers {
					return words.NotAvailable
				}
				return words.FineMillis(v.Health.P95)
			},
			Key: func(v *stats.SensorView) float64 { return float64(v.Health.P95) },
		},
		{
			Title: "up", Width: 8, Rank: 1,
			Text: func(v *stats.SensorView) string { return words.ShareFixed(v.Health.UpShare, v.Health.HasUp) },
			Key: func(v *stats.SensorView) float64 {
				if !v.Health.HasUp {
					return -1
				}
				return 1 - v.Health.UpShare // the worst first
			},
		},
	}
}

// Columns are the columns of the list.
func (Page) Columns() []views.SensorColumn { return columnsOfList() }

// ColumnsWant asks for nothing that is not in every snapshot.
func (Page) ColumnsWant() stats.Query { return stats.Query{} }

// Ranks is true where the endpoints have a line each.
func (Page) Ranks(run *event.Run) bool { return run.Real() && len(run.Sensors) >= listFrom }

// layoutList plans the list.
func layoutList(f *views.Frame, l *views.Layout) views.Body {
	l.Kind, l.Density, l.Slot = views.Rows, 1, f.SlotLength(true)
	b := list{legend: l.Height >= legendFrom}
	b.measure(f, l)
	events := 5
	switch {
	case l.Height < eventsFrom:
		events = 0
	case l.Height < legendFrom:
		events = 1
	case l.Height < manyEventsFrom:
		events = 3
	}
	l.Columns = b.track
	room := max(l.Room()-2-views.OneIf(b.legend)-events, 1) // the answer, the titles
	above := min(f.Above, l.Sensors)
	split := above > 0 && above < l.Sensors
	rows := l.Sensors
	if rows+views.OneIf(split) > room {
		rows = max(room-views.OneIf(split)-1, 1)
	}
	l.Window(rows, 1)
	y := l.Header + 2
	for i, at := range l.Visible {
		if split && at == above && i > 0 {
			b.blank = i
			y++
		}
		l.Cells = append(l.Cells, draw.At(0, y, l.Width, 1))
		y++
	}
	if last := len(l.Visible); last > 0 {
		b.more = l.Sensors - 1 - l.Visible[last-1]
	}
	y += views.OneIf(b.more > 0) + views.OneIf(b.legend)
	l.Rest(y, false)
	return b
}

// measure chooses the parts of a row that there is room for. The track keeps its least
// width; the figures go first, then what is said is cut.
func (b *list) measure(f *views.Frame, l *views.Layout) {
	b.names = f.Names(min(views.MostNames, max(l.Width/6, views.LeastNames)))
	room := l.Width - 1 - b.names - 1 - switchCells
	if f.Snap.Run.Beside {
		room -= besideMore
	}
	b.table = views.FitTable(columnsOfList(), room-leastTrack-leastNote-views.FigureGap)
	room -= b.table.Width() + views.FigureGap
	b.note = min(mostNote, max(room-leastTrack, 0))
	if half := room / 2; b.note > half && room-half >= leastTrack {
		b.note = min(mostNote, max(half, leastNote))
	}
	b.track = max(room-b.note, 0)
}

// Draw draws the answer, the rows, the legend and the events.
func (b list) Draw(screen *views.Screen) {
	s := &rowsOfList{screen, &b}
	s.Pen.Next()
	s.AnswerLine(&s.Pen)
	s.Pen.Next()
	s.head(&s.Pen)
	for i := range s.Layout.Visible {
		if i > 0 && i == b.blank {
			s.Pen.Next()
		}
		s.Pen.Next()
		s.row(&s.Pen, s.Sensor(s.Layout.Visible[i]))
	}
	if b.more > 0 {
		s.Pen.Next()
		s.rest(&s.Pen)
	}
	if b.legend {
		s.Pen.Next()
		at := 1 + b.names + 1
		s.Pen.To(at)
		s.Pen.Text(draw.Label, fits(s.Layout.Width-at-1, s.legendTexts()...))
	}
	s.EventsBelow()
}

// rowsOfList is the list being drawn.
type rowsOfList struct {
	*views.Screen
	*list
}

// legendTexts explain the scale of the tracks.
func (s *rowsOfList) legendTexts() []string {
	if s.Frame.Rescaled {
		return []string{"each row has a scale of its own: p95 says how high it is", "each row has its own scale"}
	}
	return views.StepsLegend(s.Look)
}

// head names the columns, and the ends of the time that the tracks show.
func (s *rowsOfList) head(p *draw.Pen) {
	r, title := draw.Label, " endpoint"
	if by := s.Frame.Sort; by.Column == 0 && by.Inverted {
		r, title = draw.Accent, title+by.Arrow()
	}
	p.Clip(r, title, s.names+1)
	column := "a column is " + span(s.Layout.Slot)
	s.SlotAxis(p, s.at(), s.track, column, span(s.Layout.Slot))
	at := s.at() + s.track + s.switches()
	s.table.Head(p, at, s.Frame.Sort)
	at += s.table.Width()
	p.To(at)
	p.To(at + views.FigureGap)
	p.Text(draw.Label, fits(s.Layout.Width-at-views.FigureGap, "why, or what stands out", "why"))
}

// at is where the track begins; switches is how many cells the breaker's switch takes.
func (s *rowsOfList) at() int { return 1 + s.names + 1 }

func (s *rowsOfList) switches() int {
	return switchCells + besideMore*views.OneIf(s.Frame.Snap.Run.Beside)
}

// row draws an endpoint.
func (s *rowsOfList) row(p *draw.Pen, v *stats.SensorView) {
	p.Inverse = s.Flashing(v.Index)
	s.TableName(p, v, s.names)
	p.Inverse = false
	p.To(s.at())
	if s.Frame.Rescaled {
		s.DrawOwn(p, v, 1, s.track, views.OwnSlotTop(v.Columns, s.track))
	} else {
		s.DrawStepped(p, v, 1, s.track)
	}
	p.To(s.at() + s.track + 1)
	p.Text(views.StateRole(v.Circuit.State), s.Frame.Aside(views.ToggleSign(v.Circuit.State)))
	at := s.at() + s.track + s.switches()
	s.table.Row(p, at, v, draw.Plain)
	p.To(at + s.table.Width() + views.FigureGap)
	writeSentence(p, v, words.FirstFit(p.Room(), s.notes(v)...))
}

// notes say what stands out; nothing does of an endpoint that is simply up.
func (s *rowsOfList) notes(v *stats.SensorView) []string {
	var out []string
	for _, brief := range []bool{false, true} {
		for _, form := range s.EndpointForms(v, brief) {
			if form == "UP" {
				form = ""
			}
			out = append(out, form)
		}
		if brief || out[0] == "" {
			break
		}
		out = out[:len(out)-1] // the narrow forms follow
	}
	return out
}

// rest says what follows below.
func (s *rowsOfList) rest(p *draw.Pen) {
	text := "… " + strconv.Itoa(s.more) + " more"
	e := &s.Frame.Snap.Endpoints
	switch unwell := len(e.Unwell); {
	case s.Frame.Above > 0 && s.Layout.First+len(s.Layout.Visible) >= s.Frame.Above || unwell == 0 && e.Unknown == 0 && e.Count() > 0:
		text += ", all UP"
	case e.Down > 0:
		text += fmt.Sprintf("; %d DOWN in all", e.Down)
	}
	p.Text(draw.Label, " "+text)
}
