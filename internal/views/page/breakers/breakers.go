package breakers

import (
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

const (
	// stateWidth holds every state's short word, and with its switch; parentheses take
	// two cells more.
	stateWidth, toggleWidth, asideWidth = 9, 14, 2
	// leastBand is the columns that a band keeps before figures go, openingsBand
	// before the openings do; forecasts and causes stand in a row of one line
	// only beside wider ones.
	leastBand, openingsBand, forecastBand, causeBand = 24, 16, 40, 60
	// forecastWidth and causeWidth hold the short forecast and most causes.
	forecastWidth, causeWidth = 16, 36
	// forecastLeft holds a gauge and the longest sentence of a forecast.
	forecastLeft = 31
)

// Page is the page of the circuits.
type Page struct{}

// Title names the page.
func (Page) Title() string { return "Breakers" }

// CountsOpen is true: how many circuits are open is what the page is about.
func (Page) CountsOpen() bool { return true }

// Columns are what the rows can be ordered by.
func (Page) Columns() []views.SensorColumn {
	return append([]views.SensorColumn{{Title: "state", Key: stateKey}}, breakerFigures()...)
}

// ColumnsWant is empty: every snapshot holds what the columns need.
func (Page) ColumnsWant() stats.Query { return stats.Query{} }

// stateKey puts what needs attention first.
func stateKey(v *stats.SensorView) float64 {
	switch v.Circuit.State {
	case breaker.Open:
		return 5
	case breaker.ForcedOpen:
		return 4
	case breaker.HalfOpen:
		return 3
	case breaker.Disabled:
		return 2
	default:
		return 1
	}
}

// row says where everything is in the row of a sensor, which is one to three lines high.
type row struct {
	// name is the width of the names; toggle says that the switch is drawn.
	name   int
	toggle bool
	// left is where the band begins, band how many calls it shows.
	left, band int
	figures    views.Table[*stats.SensorView]
	// forecast and cause stand behind the figures of rows of one line.
	forecast, cause bool
}

// breakerFigures are the columns of a row, in order.
func breakerFigures() []views.SensorColumn {
	return []views.SensorColumn{
		{
			Title: "opens", Width: 6,
			Text: func(v *stats.SensorView) string { return words.Count(v.Circuit.Opens) },
			Key:  func(v *stats.SensorView) float64 { return float64(v.Circuit.Opens) },
		},
		{
			Title: "probes good/bad", Width: 16, Rank: 3, Quiet: "-", Text: views.ProbesText,
			Key: func(v *stats.SensorView) float64 { return float64(v.Counts.Metrics.ProbeFailCount) },
		},
		{
			Title: "refused", Width: 8, Rank: 2,
			Text: func(v *stats.SensorView) string { return words.Count(v.Counts.FastFail) },
			Key:  func(v *stats.SensorView) float64 { return float64(v.Counts.FastFail) },
		},
		{
			Title: "% open", Width: 8, Rank: 1, Quiet: "0.0 %",
			Text: func(v *stats.SensorView) string { return words.ShareFixed(openShare(v)) },
			Key:  func(v *stats.SensorView) float64 { return views.KeyOfRate(openShare(v)) },
		},
	}
}

// openShare is the share of the time that the circuit was open, by itself or by
// hand.
func openShare(v *stats.SensorView) (share float64, ok bool) {
	all := v.States.Total()
	if all <= 0 {
		return 0, false
	}
	return float64(v.States.Open+v.States.ForcedOpen) / float64(all), true
}

// rowOf plans a row of density lines. On a narrow screen the least important figures are
// dropped first; the number of openings stays longest.
func rowOf(f *views.Frame, width, density int) row {
	aside := asideWidth * views.OneIf(f.Beside())
	most := views.MostNames
	if width < views.FooterWide {
		most = 12
	}
	n := row{toggle: width >= views.SingleWidth, name: f.Names(min(most, max(width-stateWidth-aside-3, 1)))}
	state := stateWidth + aside
	if n.toggle {
		state = toggleWidth + aside
	}
	n.left = 1 + n.name + 1 + state + 2
	if density > 1 && width >= views.FooterWide {
		n.left = max(n.left, forecastLeft+2)
	}
	n.band = max(width-n.left-1, 0)
	all := breakerFigures()
	if f.Real() {
		all = endpointFigures(f.Beside(), width)
	}
	if n.figures = views.FitTable(all, n.band-leastBand); n.figures.Width() == 0 {
		n.figures = views.FitTable(all[:1], n.band-openingsBand)
	}
	n.band -= n.figures.Width()
	if density == 1 && n.band-forecastWidth-views.FigureGap >= forecastBand {
		n.forecast = true
		n.band -= forecastWidth + views.FigureGap
	}
	if n.forecast && n.band-causeWidth-views.FigureGap >= causeBand {
		n.cause = true
		n.band -= causeWidth + views.FigureGap
	}
	return n
}

// Layout plans the page: one row a circuit, of as many lines as there is
// room for, below a row that names the columns.
func (Page) Layout(f *views.Frame, l *views.Layout) views.Body {
	l.Kind = views.Paged
	room := l.Room() - 1
	l.Density = 1
	for _, d := range []int{3, 2} {
		if l.Width >= views.SingleWidth && l.Sensors*d+views.RowEvents <= room {
			l.Density = d
			break
		}
	}
	n := room
	if room > 2*views.RowEvents {
		n = room - views.RowEvents
	}
	body := rowOf(f, l.Width, l.Density)
	l.Columns = body.band
	if f.Real() {
		l.Slot = f.SlotLength(false)
	}
	l.Window(min(n/l.Density, l.Sensors), 1)
	y := l.Header + 1
	for range l.Visible {
		l.Cells = append(l.Cells, draw.At(0, y, l.Width, l.Density))
		y += l.Density
	}
	l.Rest(y, false)
	return body
}

// drawing is the page being drawn.
type drawing struct{ *views.Screen }

// forecast is what the circuit will do next, of an endpoint in the words of the overview.
func (s *drawing) forecast(v *stats.SensorView) views.Forecast {
	if v.Real {
		return s.Frame.Forecast(v)
	}
	return views.ForecastOf(v, s.Frame.Now)
}

// Draw draws the rows, and the events below.
func (n row) Draw(screen *views.Screen) {
	s := drawing{screen}
	s.Pen.Next()
	s.head(&n)
	for _, i := range s.Layout.Visible {
		v := s.Sensor(i)
		s.Pen.Next()
		s.states(v, &n)
		if s.Layout.Density > 1 {
			s.Pen.Next()
			s.calls(v, &n)
		}
		if s.Layout.Density > 2 {
			s.Pen.Next()
			s.faults(v, &n)
		}
	}
	s.EventsBelow()
}

// head names the columns; above the band stands the time that it spans.
func (s *drawing) head(n *row) {
	p, by := &s.Pen, s.Frame.Sort
	s.NameHead(p, n.name)
	p.To(n.name + 2)
	if n.toggle {
		p.To(n.name + 2 + toggleWidth - stateWidth)
	}
	r, title := draw.Label, "state"
	if by.Column == 1 {
		r, title = draw.Accent, title+by.Arrow()
	}
	p.Text(r, title)
	p.To(n.left)
	s.bandHead(n.band)
	by.Column-- // the state stands elsewhere
	end := n.left + n.band
	n.figures.Head(p, end, by)
	end += n.figures.Width()
	if n.forecast {
		p.Text(draw.Label, "  next")
	}
	if n.cause {
		p.To(end + 2*views.FigureGap + forecastWidth)
		p.Text(draw.Label, "why")
	}
}

// bandHead is the time axis of the bands: how long ago the left end is.
func (s *drawing) bandHead(band int) {
	p := &s.Pen
	start, now := p.X, s.AxisEnd()
	if band < 12 {
		return
	}
	if s.Layout.Slot > 0 {
		s.SlotAxis(p, start, band, "a column is "+words.Lasting(s.Layout.Slot))
		return
	}
	if run := s.Frame.Snap.Run; run != nil && run.Interval > 0 && !s.Frame.Real() {
		p.Clip(draw.Label, words.Span(run.Interval*time.Duration(band))+" ago", band-len(now)-1)
	} else {
		p.Text(draw.Label, "one call each")
	}
	p.Right(draw.Label, now, start+band, 1)
}

// states is a row's first line: the switch, the band and the figures.
func (s *drawing) states(v *stats.SensorView, n *row) {
	p := &s.Pen
	s.TableName(p, v, n.name)
	p.Text(draw.Plain, " ")
	_, word := s.Frame.StateWords(v.Circuit.State)
	if n.toggle {
		word = views.ToggleSign(v.Circuit.State) + " " + word
	}
	p.Inverse = s.Flashing(v.Index)
	p.Text(views.StateRole(v.Circuit.State), word)
	p.Inverse = false
	p.To(n.left)
	if s.Layout.Slot > 0 {
		s.DrawSlotStates(p, v, n.band)
	} else {
		views.DrawStates(p, v.Columns, n.band)
	}
	end := n.left + n.band
	n.figures.Row(p, end, v, draw.Plain)
	end += n.figures.Width()
	if n.forecast {
		p.To(end + views.FigureGap)
		p.Clip(draw.Plain, s.forecast(v).Brief(forecastWidth), forecastWidth)
		end += views.FigureGap + forecastWidth
		p.To(end)
	}
	if n.cause {
		p.To(end + views.FigureGap)
		p.Clip(draw.Label, s.Frame.CauseWords(v, causeWidth), causeWidth)
	}
}

// calls is the second line: what comes next, what became of the calls, and
// why the circuit is as it is.
func (s *drawing) calls(v *stats.SensorView, n *row) {
	p := &s.Pen
	p.Text(draw.Plain, "  ")
	f, room := s.forecast(v), n.left-2-p.X
	text := f.In(room - f.On - f.Off - 1)
	if g := f.On + f.Off; g > 0 && g+1+words.Width(text) <= room {
		views.DrawGauge(p, f)
		p.Text(draw.Plain, " ")
	}
	p.Clip(draw.Label, text, n.left-2-p.X)
	p.To(n.left)
	if s.Layout.Slot > 0 {
		s.DrawSlots(p, v, n.band)
	} else {
		views.DrawCalls(p, v.Columns, n.band)
	}
	p.To(n.left + n.band + views.FigureGap)
	room = n.figures.Width() - views.FigureGap
	p.Right(draw.Label, s.Frame.CauseWords(v, room), n.left+n.band+n.figures.Width(), 0)
}

// faults is the third line: the injected faults, else nothing.
func (s *drawing) faults(v *stats.SensorView, n *row) {
	p := &s.Pen
	if !views.FaultsInSight(v, n.band) {
		return
	}
	p.Right(draw.Label, "fault", n.left-1, 0)
	p.To(n.left)
	views.DrawFaults(p, v, n.band, s.Frame.Now)
}
