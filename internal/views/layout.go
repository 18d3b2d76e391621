package views

import (
	"time"

	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
)

// Kind is the form that a screen has at its size.
type Kind uint8

// The forms.
const (
	// Line is one line of text: below 20 columns or 5 lines.
	Line Kind = iota
	// Single is one sensor: below 60 columns, or maximised.
	Single
	// Rows is one to three lines a sensor.
	Rows
	// Panes is a grid of panes, each a full score.
	Panes
	// Large is Panes with room to spare: 140 × 45 and more.
	Large
	// Paged is every other page than the overview, and the detail of a sensor.
	Paged
)

// String names the form.
func (k Kind) String() string {
	switch k {
	case Line:
		return "line"
	case Single:
		return "single"
	case Rows:
		return "rows"
	case Panes:
		return "panes"
	case Large:
		return "large"
	case Paged:
		return "page"
	default:
		return "unknown"
	}
}

// Score says which lines of a pane there is room for. Title, value, the call
// track, the fault track, the forecast and the bottom border are always there.
type Score struct {
	// Chart is the rows of the latency track.
	Chart int
	// State is the state track; Axis the time axis; Cause why the circuit is as
	// it is; Percentiles the latency in numbers.
	State, Axis, Cause, Percentiles bool
}

// Height is the lines of a pane with this score.
func (s Score) Height() int {
	h := 6 + s.Chart
	for _, b := range []bool{s.State, s.Axis, s.Cause, s.Percentiles} {
		if b {
			h++
		}
	}
	return h
}

// Layout says where everything is on a screen, and how much of it fits.
type Layout struct {
	Kind          Kind
	Width, Height int
	// Detail is true for the page of one sensor in full, even where a filter leaves none.
	Detail bool
	// Sensors is how many there are to show; Selected is the index of the one
	// that keys act on; First is the place of the first one in view, moved so
	// that the selected one is in view too.
	Sensors, Selected, First int
	// Visible are the sensors shown, by index; Cells is where each of them is.
	Visible []int
	Cells   []draw.Rect
	// Columns is how many calls a track shows, the same in every pane.
	Columns int
	// Slot is how much time a column stands for; 0 is one call.
	Slot time.Duration
	// Score is what a pane shows (Panes, Large, Single); Density how many lines
	// a sensor has (Rows); Bare is a Single without frame.
	Score   Score
	Density int
	Bare    bool
	// Header is how many lines it has, 0 to 2.
	Header int
	// Pipeline is the pane of the comparison, PipelineLine its one line; at
	// most one of them is not empty.
	Pipeline, PipelineLine draw.Rect
	// Events is where the events are; empty where they are in the pane of the
	// comparison (EventsInPane) or nowhere.
	Events       draw.Rect
	EventsInPane bool
	// EventsUnruled says that no rule stands above the events.
	EventsUnruled bool
	// PaneEvents is how many events that pane shows.
	PaneEvents int
	// Footer is the line of the key hints.
	Footer draw.Rect

	// WhyAt is the moment of each line of a detail's "why" that is about one, in
	// the order of [Frame].Why.
	WhyAt []time.Duration
	// Back is [Frame].Back, limited so that the list of calls is full where there are
	// enough calls.
	Back int

	// List is where the lines of a list of events with a cursor are; empty where there is
	// none.
	List draw.Rect
	// CallRows is how many lines a detail's list of calls has.
	CallRows int
	// Second draws the second line of the header; nil is the tabs.
	Second func(s *Screen)

	// Want is which statistics the page needs, in addition to those that every page needs.
	Want stats.Query
	// Body draws what the page has laid out; nil on a screen of one line.
	Body  Body
	Zones []Zone
	// footer and tabs are drawn on the last line and on the second one; tabs is nil where
	// the second line shows something else.
	footer, tabs []draw.Seg
}

// Zone is a word of the footer or header that is a button.
type Zone struct {
	draw.Rect
	What HitKind
	Key  string
}

// HitKind is what the mouse hit.
type HitKind uint8

// The kinds of hits.
const (
	// HitNone is nothing that can be clicked.
	HitNone HitKind = iota
	// HitSensor is a sensor's pane or row.
	HitSensor
	// HitKey is a word that stands for a key.
	HitKey
	// HitEvents is the list of events.
	HitEvents
	// HitPipeline is the comparison.
	HitPipeline
)

// Hit says what is at a cell. sensor is an index, or -1; key is the key of the word, for
// [HitKey].
func (l Layout) Hit(x, y int) (what HitKind, sensor int, key string) {
	for _, z := range l.Zones {
		if z.Contains(x, y) {
			return z.What, -1, z.Key
		}
	}
	for i, r := range l.Cells {
		if r.Contains(x, y) {
			return HitSensor, l.Visible[i], ""
		}
	}
	switch {
	case l.Events.Contains(x, y):
		return HitEvents, -1, ""
	case l.Pipeline.Contains(x, y), l.PipelineLine.Contains(x, y):
		return HitPipeline, -1, ""
	}
	return HitNone, -1, ""
}

// Query asks for what the screen can show and nothing more.
func (l Layout) Query() stats.Query {
	q := l.Want
	q.Verdicts, q.Slot = 1, l.Slot
	q.Sensors, q.Columns, q.Lines = l.Visible, l.Columns, max(q.Lines, l.EventLines(), 1)
	if l.Kind == Line {
		// The line shows the sensor that needs attention most, so it needs all of them.
		q.Sensors = nil
	}
	if !l.Pipeline.Empty() {
		q.Batches = l.Columns
	}
	return q
}

// ListLine returns which line of the list is at a row of the screen; ok is false where
// there is none.
func (l Layout) ListLine(y int) (line int, ok bool) {
	line = y - l.List.Y
	return line, line >= 0 && line < l.List.H
}

// EventLines is how many events are shown.
func (l Layout) EventLines() int {
	switch {
	case l.EventsInPane:
		return l.PaneEvents
	case l.Events.H > 1 && !l.EventsUnruled:
		return l.Events.H - 1
	default:
		return l.Events.H
	}
}

// OneIf is the number of lines of something that takes one line where it is there.
func OneIf(there bool) int {
	if there {
		return 1
	}
	return 0
}
