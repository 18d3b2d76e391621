package tune

import (
	"fmt"
	"strconv"
	"time"

	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// Sizes of the tuning panel.
const (
	// tuneWidth and tuneHeight are the least screen that it can be used on;
	// tuneMost is how wide it is where there is room.
	tuneWidth, tuneHeight, tuneMost = 48, 12, 84
	// tuneGroups is from which width of the inside on the groups have a column.
	tuneGroups = 66
	// tuneFixed is its lines beside the settings: the edges, the rule, the two
	// lanes, the faults, the other sensors, and the hint.
	tuneFixed = 8
	// laneLabel is the width of the names of the lanes, laneShort where the lanes
	// would lose calls by it.
	laneLabel, laneShort = 11, 7
	// laneFigures is what stands behind a lane.
	laneFigures = 27
)

// Batches is how many batches the lanes of the tuning panel show.
const Batches = 30

// pictureRow is one setting in the tuning panel.
type pictureRow struct {
	// Group is what the setting is about ("trip"); Label and Unit stand before
	// and after the value.
	Group, Label, Unit string
	// Old is the value in force, New the one chosen; they are equal where nothing
	// was chosen. Scenario is the value that the run began with.
	Old, New, Scenario string
	// Off says why the setting means nothing here; empty where it does.
	Off string
}

// picture is what the tuning panel shows.
type picture struct {
	// Title names the sensor.
	Title string
	Rows  []pictureRow
	// Cursor is the row that keys act on.
	Cursor int
	// Typed is the open text field on the cursor's row, nil where there is none.
	Typed *draw.Field
	// Hint says what the setting at the cursor does; Note, in its place, what became
	// of the last key, Bad where it did not do what it should.
	Hint, Note string
	Bad        bool
	Ghost      outcome
	Keys       []draw.Hint
}

// outcome is the newest batches of a sensor as they were, and as they would have
// been with other settings.
type outcome struct {
	// Why says why there is none; empty where there is.
	Why string
	// Ready is true once it is there; Old while it is of settings that have been
	// changed since.
	Ready, Old bool
	// From and To frame the batches in the time of the run.
	From, To time.Duration
	// Was and Would are the two lanes.
	Was, Would track
	// Faulted says that the attempts are those under the injected faults.
	Faulted bool
	// Elsewhere says what the same settings would have done to the other sensors;
	// Worse is true where that is no good.
	Elsewhere string
	Worse     bool
}

// track is one of the two.
type track struct {
	// Columns are the calls, oldest first.
	Columns []stats.Column
	// Seen is the time from the fault's start to the opening of the circuit, Back
	// that from the fault's end to the first good call of a closed circuit.
	Seen, Back figure
	// Attempts were sent.
	Attempts int
}

// figure is a time, where Known.
type figure struct {
	Time  time.Duration
	Known bool
}

// text is a figure in six cells, "-" where it is not known.
func (f figure) text() string {
	if !f.Known {
		return "     -"
	}
	return fmt.Sprintf("%6s", words.Seconds(f.Time))
}

// boxOf draws the tuning panel for a screen of width × height cells. Where that
// is too small the box says so.
func boxOf(t *picture, width, height int, look *draw.Look) draw.Box {
	if width < tuneWidth || height < tuneHeight {
		return draw.NoRoom(look, "tune "+t.Title, width, height, tuneWidth, tuneHeight)
	}
	inner := min(width-2, tuneMost) - 4
	room := min(settingsIn(height), len(t.Rows))
	first := min(max(t.Cursor-room/2, 0), len(t.Rows)-room)
	right := ""
	if room < len(t.Rows) {
		right = " " + strconv.Itoa(t.Cursor+1) + " of " + strconv.Itoa(len(t.Rows)) + " "
	}
	s := draw.NewSheet(look, inner, " tune "+t.Title+" ", right)
	for i := first; i < first+room; i++ {
		tuneRow(s, t, i, i == first)
	}
	if t.Note != "" {
		s.Note(t.Note, t.Bad)
	} else {
		s.Note(t.Hint, false)
	}
	drawOutcome(s, &t.Ghost)
	return s.Finish(t.Keys)
}

// settingsIn is how many settings the tuning panel shows on a screen of so many
// lines.
func settingsIn(height int) int {
	if height >= 20 {
		height -= 2
	}
	return max(height-tuneFixed, 0)
}

// tuneRow draws one setting.
func tuneRow(s *draw.Sheet, t *picture, i int, first bool) {
	const group, label = 10, 21
	row := &t.Rows[i]
	s.Line()
	from := s.X
	name := draw.Plain
	switch {
	case row.Off != "":
		name = draw.Faint
	case i == t.Cursor:
		name = draw.Strong
	}
	if i == t.Cursor {
		s.Glyph(draw.Accent, s.Look.Selected)
	}
	at := from + 2
	if s.Inner >= tuneGroups {
		s.To(at)
		if first || t.Rows[i-1].Group != row.Group {
			s.Text(draw.Label, row.Group)
		}
		at += group
	}
	s.To(at)
	s.Clip(name, row.Label, label-1)
	s.To(at + label)
	if i == t.Cursor && t.Typed != nil {
		typedValue(s, t.Typed)
	} else {
		tuneValue(s, row)
	}
	s.Row(i, 1, s.Inner+3)
	s.EndLine()
}

// typedValue draws a text field with what is allowed beside it.
func typedValue(s *draw.Sheet, f *draw.Field) {
	const most = 16
	at := s.X
	s.Field(f, most)
	s.To(min(at+max(words.Width(f.Text)+3, 6), at+most+2))
	r, text := draw.Label, f.Range
	if f.Wrong {
		r, text = draw.Fail, "no: "+f.Range
	}
	s.Clip(r, text, s.Limit-s.X)
}

// tuneValue draws the value, and what it was.
func tuneValue(s *draw.Sheet, row *pictureRow) {
	if row.Off != "" {
		s.Clip(draw.Faint, row.New+"  "+row.Off, s.Limit-s.X)
		return
	}
	if row.New != row.Old {
		s.Text(draw.Label, row.Old+" "+s.Look.Arrow+" ")
		s.Clip(draw.Stale, row.New, s.Limit-s.X)
	} else {
		s.Clip(draw.Plain, row.New, s.Limit-s.X)
	}
	if row.Unit != "" && row.New != offWord {
		s.Clip(draw.Label, " "+row.Unit, s.Limit-s.X)
	}
	if row.New == row.Old && row.New != row.Scenario {
		s.Clip(draw.Stale, "  (scenario: "+row.Scenario+")", s.Limit-s.X)
	}
}

// offWord is the value of a setting that does nothing.
const offWord = "off"

// drawOutcome draws the lanes and what goes with them, in five lines whatever is known.
func drawOutcome(s *draw.Sheet, g *outcome) {
	if !g.Ready {
		why := g.Why
		if why == "" {
			why = "running the newest batches again"
		}
		s.Rule("")
		s.Note(why, false)
		for range 3 {
			s.Note("", false)
		}
		return
	}
	s.Rule("run again: " + words.Clock(g.From) + " to " + words.Clock(g.To) + ", same draws, same faults")
	label, others := laneLabel, "elsewhere"
	if s.Inner < laneLabel+Batches+laneFigures {
		label, others = laneShort, "others"
	}
	f := trackForm{label, min(Batches, s.Inner-label-laneFigures)}
	drawTrack(s, "was", &g.Was, f, false)
	drawTrack(s, "would", &g.Would, f, g.Old)
	s.Line()
	trackName(s, "fault", f)
	drawFaults(s, g.Was.Columns, f.columns)
	s.To(2 + f.label + f.columns + 3)
	drawAttempts(s, g)
	s.EndLine()
	s.Line()
	trackName(s, others, f)
	r := draw.Plain
	if g.Worse {
		r = draw.Fail
	}
	s.Clip(r, g.Elsewhere, s.Limit-s.X)
	s.EndLine()
}

// trackForm is the width of the lanes' names, and how many calls they show.
type trackForm struct{ label, columns int }

func trackName(s *draw.Sheet, name string, f trackForm) {
	s.Text(draw.Label, name)
	s.To(2 + f.label)
}

// lane draws one state track with its figures.
func drawTrack(s *draw.Sheet, name string, l *track, f trackForm, old bool) {
	s.Line()
	trackName(s, name, f)
	if old {
		last, before := views.Shown(l.Columns, f.columns)
		s.To(s.X + before)
		for i := range last {
			g, _ := views.StateSign(s.Look, last[i].State, last[i].Probe)
			s.Glyph(draw.Faint, g)
		}
	} else {
		views.DrawStates(&s.Pen, l.Columns, f.columns)
	}
	s.To(2 + f.label + f.columns + 3)
	r := draw.Plain
	if old {
		r = draw.Faint
	}
	s.Text(draw.Label, "seen")
	s.Text(r, l.Seen.text())
	s.Text(draw.Label, "   back")
	s.Text(r, l.Back.text())
	s.EndLine()
}

// drawFaults marks the calls that met an injected fault.
func drawFaults(s *draw.Sheet, cols []stats.Column, n int) {
	last, before := views.Shown(cols, n)
	s.To(s.X + before)
	for i := range last {
		if last[i].Fault {
			s.Glyph(draw.Fault, s.Look.Fault)
		} else {
			s.Glyph(draw.Plain, " ")
		}
	}
}

func drawAttempts(s *draw.Sheet, g *outcome) {
	s.Text(draw.Label, "attempts ")
	r := draw.Plain
	if g.Would.Attempts != g.Was.Attempts {
		r = draw.Stale
	}
	if g.Old {
		r = draw.Faint
	}
	s.Text(draw.Label, strconv.Itoa(g.Was.Attempts)+" "+s.Look.Arrow+" ")
	s.Text(r, strconv.Itoa(g.Would.Attempts))
	if !g.Faulted {
		s.Text(draw.Label, " in all")
	}
}
