package views

import (
	"strings"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// The names of the tracks, in front of their columns.
const (
	CallLabel  = " call "
	stateLabel = "state "
	faultLabel = "fault "
)

// Shown returns the last entries that fit n columns, and how many columns before them stay
// blank: before the first call a track is blank, not zero.
func Shown[T any](list []T, n int) (last []T, before int) {
	n = max(n, 0)
	last = list[max(len(list)-n, 0):]
	return last, n - len(last)
}

// DrawTrack writes the sign of each of the last n entries, the newest at the right end.
func DrawTrack[T any](p *draw.Pen, list []T, n int, sign func(*T) (glyph string, r draw.Role)) {
	last, before := Shown(list, n)
	p.To(p.X + before)
	for i := range last {
		g, r := sign(&last[i])
		p.Glyph(r, g)
	}
}

// DrawCalls writes the call track: what became of each call.
func DrawCalls(p *draw.Pen, cols []stats.Column, n int) {
	DrawTrack(p, cols, n, func(c *stats.Column) (string, draw.Role) { return MarkSign(c.Mark) })
}

// DrawBatches writes a mark for each of the last n batches: did it deliver every sensor?
func DrawBatches(p *draw.Pen, delivered []bool, n int) {
	DrawTrack(p, delivered, n, func(ok *bool) (string, draw.Role) {
		if *ok {
			return MarkSign(event.MarkLive)
		}
		return MarkSign(event.MarkMissing)
	})
}

// DrawStates writes the state track: the breaker after each call.
func DrawStates(p *draw.Pen, cols []stats.Column, n int) {
	DrawTrack(p, cols, n, func(c *stats.Column) (string, draw.Role) { return StateSign(c.State, c.Probe) })
}

// CallRow draws the call track.
func (p *Pane) CallRow() {
	p.Pen.Text(draw.Label, CallLabel)
	if p.Layout.Slot > 0 {
		p.DrawSlots(p.Pen, p.View, p.Layout.Columns)
		return
	}
	DrawCalls(p.Pen, p.View.Columns, p.Layout.Columns)
}

// StateRow draws the state track.
func (p *Pane) StateRow() {
	p.Pen.Text(draw.Label, stateLabel)
	if p.Layout.Slot > 0 {
		p.DrawSlotStates(p.Pen, p.View, p.Layout.Columns)
		return
	}
	DrawStates(p.Pen, p.View.Columns, p.Layout.Columns)
}

// FaultRow draws the injected faults under the calls that they touched. Where
// nothing was injected the row says so and stays.
func (p *Pane) FaultRow() {
	if p.failing() && !p.Layout.Score.Cause && !FaultsInSight(p.View, p.Layout.Columns) {
		// No row of its own for the error: it is more than "none".
		p.Pen.Clip(draw.Fail, failureWords(p.View), p.Pen.Width())
		return
	}
	p.FaultsOnly()
}

// FaultsOnly is FaultRow where the error has a row of its own.
func (p *Pane) FaultsOnly() {
	p.Pen.Text(draw.Label, faultLabel)
	switch {
	case FaultsInSight(p.View, p.Layout.Columns):
		DrawFaults(p.Pen, p.View, p.Layout.Columns, p.Frame.Now)
	case p.Frame.Locked && p.View.Remark != "":
		p.Pen.Clip(draw.Stale, p.View.Remark, p.Pen.Room())
	case p.Frame.Locked:
		p.Pen.Text(draw.Label, "locked")
	default:
		p.Pen.Text(draw.Label, NoFault(p.View, p.Layout.Columns))
	}
}

// NoFault says that no fault was injected, and where there is room how the sensor fails by
// itself, since that explains the failures in sight.
func NoFault(v *stats.SensorView, columns int) string {
	texts := []string{"none injected", "none"}
	if v.Nature != "" {
		first, _, _ := strings.Cut(v.Nature, " until")
		texts = append([]string{"none injected; by itself: " + v.Nature, "by itself: " + v.Nature, "by itself: " + first}, texts...)
	}
	for _, text := range texts {
		if words.Width(text) <= columns {
			return text
		}
	}
	return texts[len(texts)-1]
}

// FaultsInSight is true where a fault was active for one of the last n calls, or is now.
func FaultsInSight(v *stats.SensorView, n int) bool {
	last, _ := Shown(v.Columns, n)
	for i := range last {
		if last[i].Fault {
			return true
		}
	}
	for i := range v.Faults {
		if from, to := spanColumns(last, &v.Faults[i]); from < to || v.Faults[i].Active() {
			return true
		}
	}
	return false
}

// DrawFaults writes a fault track of n columns: a mark for each call while a fault was
// active. The fault's name and the time it has left are in the blank cells before its first
// mark or, where there are too few, after its last.
func DrawFaults(p *draw.Pen, v *stats.SensorView, n int, now time.Duration) {
	last, before := Shown(v.Columns, n)
	t := faultTrack{p, p.X, before + len(last)}
	for i := range last {
		if last[i].Fault {
			t.put(before+i, p.Look.Fault)
		}
	}
	for i := len(v.Faults) - 1; i >= 0; i-- {
		f := &v.Faults[i]
		if from, to := spanColumns(last, f); from != to || f.Active() {
			t.label(faultLabelText(f, now), before+from, before+to, f.Active())
		}
	}
}

// spanColumns returns the calls [from, to) that began while a fault was active. A fault
// that is active but had no call yet has an empty span at the right end.
func spanColumns(cols []stats.Column, f *stats.FaultSpan) (from, to int) {
	from, to = len(cols), len(cols)
	for i := range cols {
		if cols[i].At >= f.From && cols[i].Fault {
			from = i
			break
		}
	}
	for to > from && !f.Active() && cols[to-1].At >= f.To {
		to--
	}
	return from, to
}

// faultLabelText is the fault's name, and what is left of its time while it runs.
func faultLabelText(f *stats.FaultSpan, now time.Duration) string {
	text := f.Label
	if f.Active() && f.Until > 0 {
		left := max(f.Until-now, 0)
		seconds := (left + time.Second - 1) / time.Second * time.Second
		text += " " + words.Span(seconds)
	}
	return text
}

// faultTrack is a fault track that is being drawn: n columns from a column of the pen on.
type faultTrack struct {
	p     *draw.Pen
	at, n int
}

// put writes at a column.
func (t faultTrack) put(column int, text string) {
	t.p.Line(t.p.Y)
	t.p.To(t.at + column)
	for i, word := range strings.Split(text, " ") {
		if i > 0 {
			t.p.Text(draw.Plain, " ")
		}
		t.p.Text(draw.Fault, word)
	}
}

// free is true where n columns are blank.
func (t faultTrack) free(column, n int) bool { return t.p.Blank(t.at+column, n) }

// label writes a label before the columns [from, to), else after them. Where there is no
// room, the label of a fault that is still active is written over the oldest marks, because
// its name is more important than they are.
func (t faultTrack) label(text string, from, to int, active bool) {
	n := words.Width(text)
	switch at := from - 1 - n; {
	case at >= 0 && t.free(at, n+1):
		t.put(at, text)
	case to+1+n <= t.n && t.free(to, n+1):
		t.put(to+1, text)
	case active && n < t.n:
		t.put(0, text+" ")
	}
}
