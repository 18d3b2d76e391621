package views

import (
	"fmt"
	"math"
	"strings"

	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// paneFigures is how many lines the comparison has in a pane that it shares with
// the events.
const paneFigures = 2

// pipelinePane draws what the policies bought: the batches that delivered every
// sensor, with policies and by a naive pipeline that faces the same draws.
func (s *screen) pipelinePane(r draw.Rect) []string {
	p := &pane{screen: s, v: &stats.SensorView{}, w: r.W, edge: s.look.Light, frame: draw.Label}
	all := words.All(s.l.Sensors)
	p.plainTitle(all)
	body := p.pipelineRows(all)
	room := r.H - 2
	if s.l.EventsInPane {
		p.sharedRows(room)
	} else {
		for i, content := range body {
			if i < room {
				p.row(content)
			}
		}
	}
	for len(p.out) < r.H-1 {
		p.row(func() {})
	}
	p.pen.Start(p.w)
	p.edgeGlyph(p.edge.BottomLeft)
	for p.pen.X < p.w-1 {
		p.edgeGlyph(p.edge.H)
	}
	p.edgeGlyph(p.edge.BottomRight)
	p.out = append(p.out, p.pen.End(p.w))
	return p.out
}

func (p *pane) plainTitle(all string) {
	const what = " with and without policies "
	p.pen.Start(p.w)
	p.edgeGlyph(p.edge.TopLeft)
	p.pen.Limit = p.w - 1
	p.pen.Text(draw.Plain, " "+all+" ")
	for range max(p.w-1-p.pen.X-words.Width(what), 1) {
		p.edgeGlyph(p.edge.H)
	}
	p.pen.Text(draw.Plain, what)
	p.pen.Limit = p.w
	p.edgeGlyph(p.edge.TopRight)
	p.out = append(p.out, p.pen.End(p.w))
}

// pipelineRows are the lines of the whole pane.
func (p *pane) pipelineRows(all string) []func() {
	v := &p.f.Snap.Pipeline
	rows := []func(){
		func() { p.pen.Clip(draw.Label, all+" delivered, stale ones count", p.w-4) },
		func() { p.share("with", v.Delivered, v.Batches) },
		func() { p.bar(draw.Live, v.Delivered, v.Batches) },
		func() { p.share("naive", v.NaiveDelivered, v.Batches) },
		func() { p.bar(draw.Fail, v.NaiveDelivered, v.Batches) },
		func() { p.marks("with", v.With) },
		func() { p.marks("naive", v.Naive) },
	}
	if p.l.Score.Axis {
		rows = append(rows, func() { p.axis(p.l.Columns, p.f.Snap.Run.Interval) })
	}
	return append(rows,
		func() {
			p.pen.Clip(draw.Label, fmt.Sprintf("retries saved    %4d of %d calls", v.SavedCalls, v.RetriedCalls), p.w-4)
		},
		func() { p.pen.Clip(draw.Label, fmt.Sprintf("breakers refused %4d, nothing sent", v.Refused), p.w-4) },
		func() {
			p.pen.Clip(draw.Label, fmt.Sprintf("fallbacks served %4d, oldest %s", v.Served, words.Age(v.OldestServed)), p.w-4)
		})
}

// sharedRows are the lines of a pane that holds the events too.
func (p *pane) sharedRows(room int) {
	v := &p.f.Snap.Pipeline
	p.row(func() { p.share("with", v.Delivered, v.Batches) })
	p.row(func() { p.share("naive", v.NaiveDelivered, v.Batches) })
	p.row(func() {
		p.pen.Text(draw.Label, p.look.Rule+" events ")
		p.pen.Repeat(draw.Label, p.look.Rule, p.w-2-p.pen.X)
	})
	// The list is drawn as it is below a grid, then framed.
	inner := &screen{f: p.f, l: p.l, look: p.look, pen: draw.Pen{Look: p.look}}
	inner.eventLines(room-paneFigures-1, p.w-2)
	for _, line := range inner.lines {
		p.pen.Start(p.w)
		p.edgeGlyph(p.edge.V)
		p.pen.Raw(line, p.w-2)
		p.edgeGlyph(p.edge.V)
		p.out = append(p.out, p.pen.End(p.w))
	}
}

// share is a line "with 84 of 95 … 88 %".
func (p *pane) share(name string, part, of int) {
	p.pen.Text(draw.Label, fmt.Sprintf("%7s ", name))
	p.pen.Text(draw.Plain, fmt.Sprintf("%3d of %d", part, of))
	p.pen.Right(draw.Plain, words.Share(part, of), p.w-2, 1)
}

// bar is a share of the pane's width, to the eighth of a cell.
func (p *pane) bar(r draw.Role, part, of int) {
	if of <= 0 {
		return
	}
	eighths := int(math.Round(float64(p.w-4) * 8 * float64(part) / float64(of)))
	full := p.look.RowBlocks[8]
	p.pen.Text(r, strings.Repeat(full, eighths/8)+p.look.RowBlocks[eighths%8])
}

// marks is one mark a batch: did it deliver every sensor?
func (p *pane) marks(name string, batches []bool) {
	n := max(p.l.Columns, 0)
	if len(batches) > n {
		batches = batches[len(batches)-n:]
	}
	p.pen.Text(draw.Label, fmt.Sprintf("%5s ", name))
	p.pen.To(p.pen.X + n - len(batches))
	for _, ok := range batches {
		m := stats.MarkMissing
		if ok {
			m = stats.MarkLive
		}
		g, r := markSign(p.look, m)
		p.pen.Glyph(r, g)
	}
}

// pipelineLine is the comparison where it has no pane.
func (s *screen) pipelineLine() {
	v := &s.f.Snap.Pipeline
	p := &s.pen
	p.Start(s.l.Width)
	p.Text(draw.Label, " "+words.All(s.l.Sensors)+" delivered:  with policies ")
	p.Text(draw.Plain, fmt.Sprintf("%d of %d (%s)", v.Delivered, v.Batches, words.Share(v.Delivered, v.Batches)))
	p.Text(draw.Label, "   naive ")
	p.Text(draw.Plain, fmt.Sprintf("%d of %d (%s)", v.NaiveDelivered, v.Batches, words.Share(v.NaiveDelivered, v.Batches)))
	s.add()
}
