package views

import (
	"fmt"
	"math"
	"strings"

	"resiltui/internal/engine/event"
	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// paneFigures is how many lines the comparison has in a pane that it shares with
// the events.
const paneFigures = 2

// pipelinePane is the pane of the comparison in progress.
type pipelinePane struct{ *pane }

// pipelinePane draws what the policies bought: the batches that delivered every
// sensor, with policies and by a naive pipeline that faces the same draws.
func (s *overviewDrawing) pipelinePane(r draw.Rect) []string {
	p := &pipelinePane{&pane{Screen: s.Screen, v: &stats.SensorView{}, w: r.W, edge: s.Look.Light, frame: draw.Label}}
	all := words.All(s.Layout.Sensors)
	p.plainTitle(all)
	body := p.pipelineRows(all)
	room := r.H - 2
	if s.Layout.EventsInPane {
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
	p.Pen.Start(p.w)
	p.edgeGlyph(p.edge.BottomLeft)
	for p.Pen.X < p.w-1 {
		p.edgeGlyph(p.edge.H)
	}
	p.edgeGlyph(p.edge.BottomRight)
	p.out = append(p.out, p.Pen.End(p.w))
	return p.out
}

func (p *pipelinePane) plainTitle(all string) {
	const what = " with and without policies "
	p.Pen.Start(p.w)
	p.edgeGlyph(p.edge.TopLeft)
	p.Pen.Limit = p.w - 1
	p.Pen.Text(draw.Plain, " "+all+" ")
	for range max(p.w-1-p.Pen.X-words.Width(what), 1) {
		p.edgeGlyph(p.edge.H)
	}
	p.Pen.Text(draw.Plain, what)
	p.Pen.Limit = p.w
	p.edgeGlyph(p.edge.TopRight)
	p.out = append(p.out, p.Pen.End(p.w))
}

// pipelineRows are the lines of the whole pane.
func (p *pipelinePane) pipelineRows(all string) []func() {
	v := &p.Frame.Snap.Pipeline
	rows := []func(){
		func() { p.Pen.Clip(draw.Label, all+" delivered, stale ones count", p.w-4) },
		func() { p.share("with", v.Delivered, v.Batches) },
		func() { p.bar(draw.Live, v.Delivered, v.Batches) },
		func() { p.share("naive", v.NaiveDelivered, v.Batches) },
		func() { p.bar(draw.Fail, v.NaiveDelivered, v.Batches) },
		func() { p.marks("with", v.With) },
		func() { p.marks("naive", v.Naive) },
	}
	if p.Layout.Score.Axis {
		rows = append(rows, func() { p.axis(p.Layout.Columns, p.Frame.Snap.Run.Interval) })
	}
	return append(rows,
		func() {
			p.Pen.Clip(draw.Label, fmt.Sprintf("retries saved    %4d of %d calls", v.SavedCalls, v.RetriedCalls), p.w-4)
		},
		func() { p.Pen.Clip(draw.Label, fmt.Sprintf("breakers refused %4d, nothing sent", v.Refused), p.w-4) },
		func() {
			p.Pen.Clip(draw.Label, fmt.Sprintf("fallbacks served %4d, oldest %s", v.Served, words.Age(v.OldestServed)), p.w-4)
		})
}

// sharedRows are the lines of a pane that holds the events too.
func (p *pipelinePane) sharedRows(room int) {
	v := &p.Frame.Snap.Pipeline
	p.row(func() { p.share("with", v.Delivered, v.Batches) })
	p.row(func() { p.share("naive", v.NaiveDelivered, v.Batches) })
	p.row(func() {
		p.Pen.Text(draw.Label, p.Look.Rule+" events ")
		p.Pen.Repeat(draw.Label, p.Look.Rule, p.w-2-p.Pen.X)
	})
	// The list is drawn as it is below a grid, then framed.
	inner := &Screen{Frame: p.Frame, Layout: p.Layout, Look: p.Look, Pen: draw.Pen{Look: p.Look}}
	inner.eventLines(room-paneFigures-1, p.w-2)
	for _, line := range inner.Lines {
		p.Pen.Start(p.w)
		p.edgeGlyph(p.edge.V)
		p.Pen.Raw(line, p.w-2)
		p.edgeGlyph(p.edge.V)
		p.out = append(p.out, p.Pen.End(p.w))
	}
}

// share is a line "with 84 of 95 … 88 %".
func (p *pipelinePane) share(name string, part, of int) {
	p.Pen.Text(draw.Label, fmt.Sprintf("%7s ", name))
	p.Pen.Text(draw.Plain, fmt.Sprintf("%3d of %d", part, of))
	p.Pen.Right(draw.Plain, words.Share(part, of), p.w-2, 1)
}

// bar is a share of the pane's width, to the eighth of a cell.
func (p *pipelinePane) bar(r draw.Role, part, of int) {
	if of <= 0 {
		return
	}
	eighths := int(math.Round(float64(p.w-4) * 8 * float64(part) / float64(of)))
	full := p.Look.RowBlocks[8]
	p.Pen.Text(r, strings.Repeat(full, eighths/8)+p.Look.RowBlocks[eighths%8])
}

// marks is one mark a batch: did it deliver every sensor?
func (p *pipelinePane) marks(name string, batches []bool) {
	n := max(p.Layout.Columns, 0)
	if len(batches) > n {
		batches = batches[len(batches)-n:]
	}
	p.Pen.Text(draw.Label, fmt.Sprintf("%5s ", name))
	p.Pen.To(p.Pen.X + n - len(batches))
	for _, ok := range batches {
		m := event.MarkMissing
		if ok {
			m = event.MarkLive
		}
		g, r := markSign(p.Look, m)
		p.Pen.Glyph(r, g)
	}
}

// pipelineLine is the comparison where it has no pane.
func (s *overviewDrawing) pipelineLine() {
	v := &s.Frame.Snap.Pipeline
	p := &s.Pen
	p.Start(s.Layout.Width)
	p.Text(draw.Label, " "+words.All(s.Layout.Sensors)+" delivered:  with policies ")
	p.Text(draw.Plain, fmt.Sprintf("%d of %d (%s)", v.Delivered, v.Batches, words.Share(v.Delivered, v.Batches)))
	p.Text(draw.Label, "   naive ")
	p.Text(draw.Plain, fmt.Sprintf("%d of %d (%s)", v.NaiveDelivered, v.Batches, words.Share(v.NaiveDelivered, v.Batches)))
	s.add()
}
