package detail

import (
	"time"

	"resiltui/internal/stats"
	"resiltui/internal/views"
)

// Sizes of a detail.
const (
	// circuitWidth holds the diagram, metricsWidth the longest line of metrics.
	circuitWidth, metricsWidth = 62, 44
	// countsWidth is what the counts alone take of them.
	countsWidth = 40
	// wholeWidth is the width from which on the reason of an opening fits on one line.
	wholeWidth = 116
	// figuresWidth is the width of the figures beside the tracks.
	figuresWidth = 20
	// mostChart is how many lines the chart of the latency has at most.
	mostChart = 12
)

// form is how a detail is laid out.
type form uint8

const (
	// detailPlain has rules instead of frames, and its parts stand below one another.
	detailPlain form = iota
	// detailBoxed has frames; the circuit is one line.
	detailBoxed
	// detailDrawn has the circuit drawn.
	detailDrawn
)

// plan is how many lines each part of the page has, with its frame or rule; 0 is a part
// that is left out.
type plan struct {
	form form
	// top is how many lines the part at the top has: the reasons, and beside them the
	// diagram or the metrics. why of these lines are rows of reasons; the row about the
	// opening takes two where wide is false. chain is true where the circuit is written
	// as one line.
	top, why    int
	wide, chain bool
	// score is how many lines all tracks have, chart of them for the chart of the latency;
	// call, state, fault and axis say which other tracks there are, scoreRule whether
	// there is a rule above them.
	score, chart             int
	call, state, fault, axis bool
	whyRule, scoreRule       bool
	// calls is how many lines the list of calls has.
	calls int
}

// Page shows the selected sensor in full.
type Page struct{}

// Title names the page. It has no tab.
func (Page) Title() string { return "Detail" }

// Layout plans the detail of the selected sensor. Where a filter leaves no sensor
// the events have the room.
func (Page) Layout(f *views.Frame, l *views.Layout) views.Body {
	layoutLine(f, l)
	if len(f.Sensors()) == 0 {
		return l.OnlyEvents()
	}
	l.Kind = views.Paged
	l.Want.Detail = true
	if f.Real() {
		l.Slot, l.Want.Values = f.SlotLength(false), true
	}
	l.Visible = []int{l.Selected}
	d := new(plan)
	room := l.Room()
	switch {
	case l.Width >= views.DrawnWidth && room >= views.DrawnRoom:
		d.planDrawn(l, room)
	case l.Width >= views.BoxedWidth && room >= views.BoxedRoom:
		d.planBoxed(l, room)
	default:
		d.planPlain(room)
	}
	l.Columns = max(l.Width-views.RowGutter-1, 0)
	if d.form != detailPlain {
		l.Columns = max(l.Width-views.TrackGutter-figuresWidth, 0)
	}
	index := l.Selected
	if order := f.Sensors(); index < len(order) {
		index = order[index]
	}
	v := f.Sensor(index)
	l.CallRows = d.callRows()
	_, l.Back = callsShown(v, l.CallRows, f.Back)
	for _, r := range d.whyRows(v, f) {
		if r.moment {
			l.WhyAt = append(l.WhyAt, r.at)
		}
	}
	return d
}

// planDrawn has the diagram with the reasons beside it, then the tracks, then the calls
// with the metrics beside them. Lines that are left go to the chart and to the calls.
func (d *plan) planDrawn(l *views.Layout, room int) {
	const chart, calls = 5, 9
	d.form, d.call, d.state, d.fault, d.axis = detailDrawn, true, true, true, true
	d.top = diagramHeight + 2
	d.why, d.wide = diagramHeight, l.Width-circuitWidth >= wholeWidth
	spare := room - d.top - (chart + 6) - calls
	d.chart = min(chart+max(spare-2, 0)/3, mostChart)
	d.score = d.chart + 6
	d.calls = room - d.top - d.score
}

// planBoxed has the reasons with the metrics beside them, then the tracks, then the calls.
func (d *plan) planBoxed(l *views.Layout, room int) {
	d.form, d.chain = detailBoxed, true
	d.call, d.state, d.fault, d.axis = true, true, true, true
	d.why, d.chart = 6, 3
	d.wide = l.Width-countsWidth >= wholeWidth
	const calls = 6
	left := room - (d.why + 3) - (d.chart + 6) - calls
	if left < 0 {
		d.axis = false
		left++
	}
	// What is left goes first to the calls (nil), then to the rows of the settings, which
	// are among the reasons, then to the chart.
	for _, give := range []*int{nil, nil, nil, &d.why, &d.why, &d.why, &d.chart, nil, &d.chart, nil, nil, &d.chart} {
		if left <= 0 {
			break
		}
		if give != nil {
			*give++
		}
		left--
	}
	d.top = d.why + 3
	d.score = d.chart + 5
	if d.axis {
		d.score++
	}
	d.calls = room - d.top - d.score
}

// planPlain adds one part after the other, the most important first, and leaves out what
// there is no room for.
func (d *plan) planPlain(room int) {
	d.form, d.wide = detailPlain, true
	flag := func(b *bool) func() { return func() { *b = true } }
	more := func(n *int, by int) func() { return func() { *n += by } }
	calls := func() bool { return d.calls > 0 }
	for _, step := range []struct {
		cost int
		add  func()
		// when says whether the step is of use; nil is always.
		when func() bool
	}{
		{1, more(&d.why, 1), nil}, // now
		{1, more(&d.why, 1), nil}, // next
		{1, flag(&d.call), nil},
		{1, more(&d.why, 1), nil}, // opened
		{1, flag(&d.fault), nil},
		{2, more(&d.chart, 2), nil},
		{3, more(&d.calls, 3), nil}, // its head, and two calls
		{1, flag(&d.state), nil},
		{1, more(&d.why, 1), nil}, // again
		{1, more(&d.calls, 1), calls},
		{1, more(&d.calls, 1), calls},
		{1, flag(&d.scoreRule), nil},
		{1, func() { d.wide = false; d.why++ }, nil}, // all of opened
		{1, flag(&d.chain), nil},
		{1, more(&d.why, 1), nil}, // avoided
		{1, flag(&d.whyRule), nil},
		{1, flag(&d.axis), nil},
		{1, more(&d.chart, 1), nil},
		{1, more(&d.calls, 1), calls},
		{1, more(&d.calls, 1), calls},
		{3, more(&d.why, 3), nil}, // the settings
		{1, more(&d.calls, 1), calls},
		{2, more(&d.chart, 2), nil},
	} {
		if step.cost > room || step.when != nil && !step.when() {
			continue
		}
		step.add()
		room -= step.cost
	}
	if d.calls > 0 {
		d.calls += room
	}
	d.top = d.why + views.OneIf(d.chain) + views.OneIf(d.whyRule)
	d.score = d.chart + views.OneIf(d.call) + views.OneIf(d.state) + views.OneIf(d.fault) + views.OneIf(d.axis) + views.OneIf(d.scoreRule)
}

// drawing is the page while it is drawn.
type drawing struct {
	*views.Screen
	plan *plan
}

// Draw draws the selected sensor in full.
func (d *plan) Draw(screen *views.Screen) {
	s := drawing{screen, d}
	if len(s.Layout.Visible) == 0 {
		return
	}
	v := s.Sensor(s.Layout.Visible[0])
	switch d.form {
	case detailDrawn:
		left, right := s.Side(d.top, circuitWidth)
		s.circuitBox(v, left)
		s.whyBox(v, right)
		s.scoreBox(v)
		left, right = s.Side(d.calls, s.Layout.Width-metricsWidth)
		s.callsBox(v, left)
		s.metricsBox(v, right)
	case detailBoxed:
		left, right := s.Side(d.top, s.Layout.Width-countsWidth)
		s.whyBox(v, left)
		s.metricsBox(v, right)
		s.scoreBox(v)
		s.callsBox(v, s.Pen.Take(d.calls))
	default:
		s.whyPlain(v)
		s.scorePlain(v)
		s.callsPlain(v)
	}
}

// callRows is how many lines of the list of calls show calls: all but its head and frame.
func (d *plan) callRows() int {
	head := 1
	if d.form != detailPlain {
		head += 2 // its frame
	}
	return max(d.calls-head, 0)
}

// nextCall is when a sensor's next call is due. ok is false where that is not known: with
// several callers, or while a call takes longer than the interval, which delays the next
// one.
func nextCall(f *views.Frame, v *stats.SensorView) (at time.Duration, ok bool) {
	interval := f.Interval(v)
	n := len(v.Recent)
	if n == 0 || interval <= 0 || f.Snap.Ended || f.Snap.Run == nil || f.Snap.Run.Callers > 1 {
		return 0, false
	}
	at = v.Recent[n-1].Start + interval
	return at, at > f.Now
}
