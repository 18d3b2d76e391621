package views

import (
	"slices"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
)

// Frame holds everything that one screen shows. Equal frames give equal screens.
type Frame struct {
	// Snap is the data, taken with the layout's query.
	Snap stats.Snapshot
	// Now is the time of the run, at or after Snap.At. It advances smoothly between
	// snapshots, so that ages and gauges move smoothly too.
	Now time.Duration

	// Width and Height are the terminal's size in cells.
	Width, Height int
	// Page is the page shown; nil shows only the events. Where Detail is true the page
	// InFull shows the selected sensor instead. Tabs names all pages, in the order of their
	// keys.
	Page   Page
	Detail bool
	InFull Page
	Tabs   []Tab
	// Order are the sensors to show, by index, in the order to show them; nil is
	// all of them in the order of the run.
	Order []int
	// Sort says how the page's table is sorted; Filter is what the sensors shown have to
	// match. Order is the result of both.
	Sort   Sort
	Filter string
	// Log is what the events' page shows.
	Log Log
	// Slot is how much time a column of real endpoints stands for, one of stats.Slots; 0 lets
	// the page choose. Rescaled draws latency on the other scale than usual: the common steps
	// where it is usually the endpoint's own, and the other way round.
	Slot     time.Duration
	Rescaled bool
	// Above is how many of Order stand above the others because they need attention; 0 where
	// the user chose the order.
	Above int
	// Selected is the sensor that keys act on; First the first one shown where
	// not all fit.
	Selected, First int
	// Maximised shows the selected sensor alone. TargetAll lets keys act on all
	// sensors. Locked says that fault keys do nothing.
	Maximised, TargetAll, Locked bool
	// Frozen says that the screen shows a moment of the past, while the run continues.
	Frozen bool
	// Flash holds the sensors whose name and word are drawn inverse now, in a frame of
	// the state's colour.
	Flash map[int]bool
	// Status are further states of the screen, in order ("FAULT KEYS LOCKED (!)"). "PAUSED"
	// is not drawn from here, because Snap says it.
	Status []string
	// Notice is a message from the dashboard itself, drawn below the newest event.
	Notice string
	// Footer are the keys, the most important first.
	Footer []draw.Hint
	// Prompt is the text field that replaces the footer; its Label is empty where there is
	// none.
	Prompt Prompt
	// Why is the chosen line of the "why" box of a detail, counted from 1 among the lines
	// that name a moment; 0 is none. Back is by how many calls the list of calls is scrolled
	// back.
	Why, Back int
	// Luck compares the run with runs of other seeds.
	Luck Luck
	// Guided is true while the tour says which keys to press.
	Guided bool
	// Caption names the key that was just pressed; empty is none.
	Caption string
	// Dropped is how many events the screen was too slow for.
	Dropped uint64
	// LogMark is a short ASCII text that says that the log file is incomplete; empty is none.
	LogMark string
}

// Prompt is a text field that replaces the footer.
type Prompt struct {
	// Label says what to type. Note says what the text did so far, or what is allowed.
	Label, Note string
	// Text is what was typed; the next rune is inserted before the rune at Cursor.
	Text   string
	Cursor int
}

// HasComparison is true where a naive pipeline runs too: without it there is nothing to
// compare the batches with.
func HasComparison(run *event.Run) bool { return run != nil && run.Naive }

// PlanFrame returns the layout of a frame, including the clickable words.
func PlanFrame(f Frame) Layout {
	order := f.Sensors()
	at := max(slices.Index(order, f.Selected), 0)
	l := start(f.Width, f.Height, len(order), at, f.First)
	l.Detail = f.Detail
	switch {
	case l.Kind == Line:
	case f.Detail && f.InFull != nil:
		l.Body = f.InFull.Layout(&f, &l)
	case f.Page != nil && (len(order) > 0 || Lists(f.Page)):
		l.Body = f.Page.Layout(&f, &l)
	default:
		l.Body = l.OnlyEvents()
	}
	for i, at := range l.Visible {
		l.Visible[i] = order[at]
	}
	if l.Selected < len(order) {
		l.Selected = order[l.Selected]
	} else if _, ok := f.Info(f.Selected); ok {
		l.Selected = f.Selected // no sensor is shown: keys act on the same sensor as before
	}
	if l.Kind != Line {
		second := l.Zones
		l.footer, l.Zones = footer(&f, &l)
		l.Zones = append(l.Zones, second...)
		var tabs []Zone
		l.tabs, tabs = secondTabs(&f, &l)
		l.Zones = append(l.Zones, tabs...)
	}
	return l
}

// Sensors are the indexes of the sensors to show, in order.
func (f *Frame) Sensors() []int {
	if f.Order != nil {
		return f.Order
	}
	if f.Snap.Run == nil {
		return nil
	}
	all := make([]int, len(f.Snap.Run.Sensors))
	for i := range all {
		all[i] = i
	}
	return all
}

// Draw returns the screen of a frame: exactly Height lines, each Width cells wide.
func Draw(f Frame, look *draw.Look) string {
	s := NewScreen(look)
	s.Reset(f.Width, f.Height)
	s.Draw(&f, PlanFrame(f))
	return s.String()
}

// Screen draws frames, one after the other, on one surface.
type Screen struct {
	*draw.Surface
	Frame  *Frame
	Layout Layout
	// Pen writes the lines between header and footer, one below the other.
	Pen draw.Pen
	// chart draws one latency track after the other.
	chart *Chart
	// names is the width of the longest name, 0 until it was looked for.
	names int
}

// NewScreen returns a screen without a size; Reset gives it one.
func NewScreen(look *draw.Look) *Screen {
	return &Screen{Surface: draw.NewSurface(look, 0, 0), chart: new(Chart)}
}

// Draw draws a frame with its layout. The screen must be at least as large as the layout.
func (s *Screen) Draw(f *Frame, l Layout) {
	s.Frame, s.Layout, s.names = f, l, 0
	s.Pen = *s.In(draw.At(0, 0, l.Width, l.Height))
	if l.Kind == Line {
		s.line()
		return
	}
	s.Pen = *s.In(draw.At(0, 0, l.Width, l.Height-1))
	s.header()
	l.Body.Draw(s)
	s.footer()
}

// Sensor returns what is known about a sensor. Where the snapshot was taken for another
// layout and does not hold it, the result has only its description, as before its first
// call.
func (f *Frame) Sensor(i int) *stats.SensorView {
	for k := range f.Snap.Sensors {
		if v := &f.Snap.Sensors[k]; v.Index == i {
			return v
		}
	}
	v := &stats.SensorView{Index: i}
	if run := f.Snap.Run; run != nil && i >= 0 && i < len(run.Sensors) {
		v.Sensor = run.Sensors[i]
	}
	return v
}

// Sensor is [Frame.Sensor] of the frame being drawn.
func (s *Screen) Sensor(i int) *stats.SensorView { return s.Frame.Sensor(i) }

// Info describes a sensor, shown or not.
func (f *Frame) Info(i int) (event.Sensor, bool) {
	run := f.Snap.Run
	if run == nil || i < 0 || i >= len(run.Sensors) {
		return event.Sensor{}, false
	}
	return run.Sensors[i], true
}

// Real is true where the run reads real endpoints.
func (f *Frame) Real() bool { return f.Snap.Run.Real() }

// Interval is the time between two columns of a sensor's tracks. Where it has several
// callers it is an average.
func (f *Frame) Interval(v *stats.SensorView) time.Duration {
	if v.Interval > 0 {
		return v.Interval
	}
	if run := f.Snap.Run; run != nil {
		return run.Interval / time.Duration(max(run.Callers, 1))
	}
	return 0
}

// Flashing is true while a sensor's name and state are inverse, after a change of state.
func (s *Screen) Flashing(i int) bool { return s.Frame.Flash[i] && !s.Look.Still }

// Boxed draws a frame around the next h lines, with words in its top edge. The right words
// are dropped first where there is no room.
func (s *Screen) Boxed(h int, left, right []draw.Seg) *draw.Pen {
	return s.Panelled(s.Pen.Take(h), left, right)
}

// Panelled draws a frame with words in its top edge.
func (s *Screen) Panelled(at draw.Rect, left, right []draw.Seg) *draw.Pen {
	if len(right) > 0 {
		right = draw.Titled(right...)
	}
	return s.Panel(at, draw.Titled(left...), right, draw.Light())
}

// Ruled draws a line across the screen with words in it. It replaces a frame where there is
// no room for one.
func (s *Screen) Ruled(left, right []draw.Seg) {
	p := &s.Pen
	p.Next()
	p.Text(draw.Label, s.Look.Rule+" ")
	p.Segs(left)
	p.Text(draw.Plain, " ")
	n := draw.SegsWidth(right) + 3
	if len(right) == 0 || p.X+n+1 > s.Layout.Width {
		right, n = nil, 0
	}
	p.Repeat(draw.Label, s.Look.Rule, s.Layout.Width-p.X-n)
	if right != nil {
		p.Text(draw.Plain, " ")
		p.Segs(right)
		p.Text(draw.Label, " "+s.Look.Rule)
	}
}

// Side splits the next h lines into two rectangles side by side; the left one is w wide.
func (s *Screen) Side(h, w int) (left, right draw.Rect) {
	left = s.Pen.Take(h)
	right = draw.At(left.X+w, left.Y, left.W-w, h)
	left.W = w
	return left, right
}
