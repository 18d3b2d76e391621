package detail

import (
	"fmt"
	"slices"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
)

// Widths of the columns of the list of calls. The attempts have what is left between the
// columns start and took.
const (
	callStart  = 9
	callTook   = 9
	callServed = 13
	// callNarrow is below which width what was served is left out.
	callNarrow = 60
)

// From foldFrom on, calls next to one another that were answered at the first attempt share
// a line; the newest foldNewest calls do not.
const (
	foldFrom   = 3
	foldNewest = 3
)

// callRow is a line of the list: one call, or several equal neighbours.
type callRow struct {
	first, last *stats.Call
	// at is the place of the first of n calls.
	at, n             int
	shortest, longest time.Duration
}

// rowOf makes one row of the calls from at to at+n-1.
func rowOf(calls []stats.Call, at, n int) callRow {
	row := callRow{first: &calls[at], last: &calls[at+n-1], at: at, n: n, shortest: calls[at].Took}
	for _, c := range calls[at : at+n] {
		row.shortest, row.longest = min(row.shortest, c.Took), max(row.longest, c.Took)
	}
	return row
}

// atOnce is true for a call that was answered at the first attempt.
func atOnce(c *stats.Call) bool { return c.Mark == event.MarkLive && !c.Probe }

// callRows makes rows of the calls. Refused calls next to one another always share a row;
// those answered at the first attempt do so only where the list has other calls too, so
// that a whole episode is visible.
func callRows(calls []stats.Call) []callRow {
	eventful := false
	for i := range calls {
		eventful = eventful || !atOnce(&calls[i])
	}
	var out []callRow
	for i := 0; i < len(calls); {
		c := &calls[i]
		n := 1
		for i+n < len(calls) && fastFail(c) && fastFail(&calls[i+n]) && c.Held == calls[i+n].Held {
			n++
		}
		if eventful && atOnce(c) {
			for i+n < len(calls)-foldNewest && atOnce(&calls[i+n]) {
				n++
			}
			if n < foldFrom {
				n = 1
			}
		}
		out = append(out, rowOf(calls, i, n))
		i += n
	}
	return out
}

// unfold gives answered calls that share a row a row of their own again while there is
// room, the newest first.
func unfold(rows []callRow, calls []stats.Call, room int) []callRow {
	spare := room - len(rows)
	for i := len(rows) - 1; i >= 0 && spare > 0; i-- {
		r := rows[i]
		if r.n == 1 || fastFail(r.first) {
			continue
		}
		k := min(spare, r.n-1)
		var parts []callRow
		parts = append(parts, rowOf(calls, r.at, r.n-k))
		for at := r.at + r.n - k; at < r.at+r.n; at++ {
			parts = append(parts, rowOf(calls, at, 1))
		}
		rows = slices.Replace(rows, i, i+1, parts...)
		spare -= k
	}
	return rows
}

// fastFail is true for a call of which no attempt was let through, by the circuit or
// because the sensor had asked to wait.
func fastFail(c *stats.Call) bool { return c.Mark == event.MarkFastFail }

// callsShown returns the visible rows, and how many newer ones are below them.
func callsShown(v *stats.SensorView, room, back int) (rows []callRow, below int) {
	back = min(max(back, 0), stats.MaxRecent)
	rows = unfold(callRows(v.Recent), v.Recent, room+back)
	below = min(back, max(len(rows)-room, 0))
	rows = rows[:len(rows)-below]
	return rows[max(len(rows)-room, 0):], below
}

// callsBox draws the list of calls in a frame.
func (s *drawing) callsBox(v *stats.SensorView, at draw.Rect) {
	rows, below := callsShown(v, s.Layout.CallRows, s.Frame.Back)
	title := "calls, newest last"
	if below > 0 {
		title = fmt.Sprintf("calls, %d newer below", below)
	}
	legend := s.callsLegend()
	if s.divides(rows, at.W-panelSides) {
		legend = s.phasesLegend()
		title = "calls" // the legend is longer
		if below > 0 {
			title = fmt.Sprintf("%d newer below", below)
		}
	}
	s.calls(s.Panelled(at, []draw.Seg{draw.Words(draw.Plain, title)}, legend), rows)
}

// callsPlain draws it below a rule, without a frame.
func (s *drawing) callsPlain(v *stats.SensorView) {
	if h := s.plan.calls; h > 0 {
		rows, _ := callsShown(v, s.Layout.CallRows, s.Frame.Back)
		s.calls(s.In(s.Pen.Take(h)).Narrow(1), rows)
	}
}

func (s *drawing) callsLegend() []draw.Seg {
	return []draw.Seg{
		draw.Words(draw.Accent, string(s.Look.Blocks[8])),
		draw.Words(draw.Label, " answered  "),
		draw.Words(draw.Fail, string(s.Look.Burnt)),
		draw.Words(draw.Label, " failed  "),
		draw.Words(draw.Label, string(s.Look.Behind)+" waiting"),
	}
}

// calls draws the head of the list and its rows.
func (s *drawing) calls(p *draw.Pen, rows []callRow) {
	g := s.callGrid(rows, p.Width())
	p.Next()
	g.head(p)
	for i := range rows {
		p.Next()
		g.row(s, p, &rows[i])
	}
}
