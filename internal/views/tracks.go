package views

import (
	"strings"
	"time"

	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// The names of the tracks, in front of their columns.
const (
	CallLabel  = " call "
	stateLabel = "state "
	FaultLabel = "fault "
)

// Shown returns the last calls that fit n columns and how many columns before
// them stay blank: before the first sample a track is blank, not zero.
func Shown(cols []stats.Column, n int) (last []stats.Column, before int) {
	n = max(n, 0)
	if len(cols) > n {
		cols = cols[len(cols)-n:]
	}
	return cols, n - len(cols)
}

// DrawCalls writes the call track: what became of each call.
func DrawCalls(p *draw.Pen, cols []stats.Column, n int) {
	last, before := Shown(cols, n)
	p.To(p.X + before)
	for i := range last {
		g, r := MarkSign(last[i].Mark)
		p.Glyph(r, g)
	}
}

// DrawStates writes the state track: the breaker after each call.
func DrawStates(p *draw.Pen, cols []stats.Column, n int) {
	last, before := Shown(cols, n)
	p.To(p.X + before)
	for i := range last {
		g, r := StateSign(last[i].State, last[i].Probe)
		p.Glyph(r, g)
	}
}

// CallRow draws the call track.
func (p *Pane) CallRow() {
	p.Pen.Text(draw.Label, CallLabel)
	DrawCalls(p.Pen, p.View.Columns, p.Layout.Columns)
}

// StateRow draws the state track.
func (p *Pane) StateRow() {
	p.Pen.Text(draw.Label, stateLabel)
	DrawStates(p.Pen, p.View.Columns, p.Layout.Columns)
}

// FaultRow draws the injected faults under the calls that they touched. Where
// nothing was injected the row says so and stays.
func (p *Pane) FaultRow() {
	marks, found := FaultTrack(p.View, p.Layout.Columns, p.Frame.Now, p.Look)
	switch {
	case found:
		p.Pen.Text(draw.Label, FaultLabel)
		DrawFaultCells(p.Pen, marks)
	case p.failing() && !p.Layout.Score.Cause:
		// No row of its own for the error: it is more than "none".
		p.Pen.Clip(draw.Fail, failureWords(p.View), p.Pen.Width())
	case p.Frame.Locked:
		p.Pen.Text(draw.Label, FaultLabel+"locked")
	default:
		p.Pen.Text(draw.Label, FaultLabel+NoFault(p.View, p.Layout.Columns))
	}
}

// NoFault says that no fault was injected, or how the sensor fails by itself, which is
// another thing and the reason for what is seen.
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

// DrawFaultCells writes a fault track.
func DrawFaultCells(p *draw.Pen, marks []rune) {
	for _, c := range marks {
		r := draw.Fault
		if c == ' ' {
			r = draw.Plain
		}
		p.Cell(r, c)
	}
}

// FaultTrack is one rune a column: a mark where a fault was active, the fault's
// name and the time it has left in the blank before its first mark or, where
// there is none, after its last. found is false where no fault is in sight.
func FaultTrack(v *stats.SensorView, n int, now time.Duration, look *draw.Look) (track []rune, found bool) {
	last, before := Shown(v.Columns, n)
	track = []rune(strings.Repeat(" ", before+len(last)))
	mark := []rune(look.Fault)[0]
	for i := range last {
		if last[i].Fault {
			track[before+i], found = mark, true
		}
	}
	for i := len(v.Faults) - 1; i >= 0; i-- {
		f := &v.Faults[i]
		from, to := spanColumns(last, f)
		if from == to && !f.Active() {
			continue
		}
		found = true
		placeLabel(track, faultLabelText(f, now), before+from, before+to, f.Active())
	}
	return track, found
}

// spanColumns is which calls began while a fault was active: from the first up
// to, not including, the last. A fault that is active but met no call yet has an
// empty span at the right end.
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
func faultLabelText(f *stats.FaultSpan, now time.Duration) []rune {
	text := f.Label
	if f.Active() && f.Until > 0 {
		left := max(f.Until-now, 0)
		seconds := (left + time.Second - 1) / time.Second * time.Second
		text += " " + words.Span(seconds)
	}
	// One rune a cell is what the track is made of.
	return []rune(words.Narrow(text))
}

// placeLabel writes a label in front of the columns [from, to), else behind them.
// The label of a fault that is still active is written over the oldest marks
// where there is no blank at all: its name is worth more than they are.
func placeLabel(track, label []rune, from, to int, active bool) {
	if at := from - 1 - len(label); at >= 0 && free(track[at:from]) {
		copy(track[at:], label)
		return
	}
	if at := to + 1; at+len(label) <= len(track) && free(track[to:at+len(label)]) {
		copy(track[at:], label)
		return
	}
	if active && len(label) < len(track) {
		copy(track, label)
		track[len(label)] = ' '
	}
}

func free(track []rune) bool {
	for _, c := range track {
		if c != ' ' {
			return false
		}
	}
	return true
}
