package views

import (
	"fmt"
	"math"
	"strings"

	"resiltui/internal/stats"
	"resiltui/internal/words"
)

// paneFigures is how many lines the comparison has in a pane that it shares with
// the events.
const paneFigures = 2

// pipelinePane draws what the policies bought: the batches that delivered every
// sensor, with policies and by a naive pipeline that faces the same draws.
func (s *screen) pipelinePane(r Rect) []string {
	p := &pane{screen: s, v: &stats.SensorView{}, w: r.W, edge: s.look.light, frame: roleLabel}
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
	p.pen.start(p.w)
	p.edgeGlyph(p.edge.bottomLeft)
	for p.pen.w < p.w-1 {
		p.edgeGlyph(p.edge.h)
	}
	p.edgeGlyph(p.edge.bottomRight)
	p.out = append(p.out, p.pen.end(p.w))
	return p.out
}

func (p *pane) plainTitle(all string) {
	const what = " with and without policies "
	p.pen.start(p.w)
	p.edgeGlyph(p.edge.topLeft)
	p.pen.limit = p.w - 1
	p.pen.text(rolePlain, " "+all+" ")
	for range max(p.w-1-p.pen.w-words.Width(what), 1) {
		p.edgeGlyph(p.edge.h)
	}
	p.pen.text(rolePlain, what)
	p.pen.limit = p.w
	p.edgeGlyph(p.edge.topRight)
	p.out = append(p.out, p.pen.end(p.w))
}

// pipelineRows are the lines of the whole pane.
func (p *pane) pipelineRows(all string) []func() {
	v := &p.f.Snap.Pipeline
	rows := []func(){
		func() { p.pen.clip(roleLabel, all+" delivered, stale ones count", p.w-4) },
		func() { p.share("with", v.Delivered, v.Batches) },
		func() { p.bar(roleLive, v.Delivered, v.Batches) },
		func() { p.share("naive", v.NaiveDelivered, v.Batches) },
		func() { p.bar(roleFail, v.NaiveDelivered, v.Batches) },
		func() { p.marks("with", v.With) },
		func() { p.marks("naive", v.Naive) },
	}
	if p.l.Score.Axis {
		rows = append(rows, func() { p.axis(p.l.Columns, p.f.Snap.Run.Interval) })
	}
	return append(rows,
		func() {
			p.pen.clip(roleLabel, fmt.Sprintf("retries saved    %4d of %d calls", v.SavedCalls, v.RetriedCalls), p.w-4)
		},
		func() { p.pen.clip(roleLabel, fmt.Sprintf("breakers refused %4d, nothing sent", v.Refused), p.w-4) },
		func() {
			p.pen.clip(roleLabel, fmt.Sprintf("fallbacks served %4d, oldest %s", v.Served, words.Age(v.OldestServed)), p.w-4)
		})
}

// sharedRows are the lines of a pane that holds the events too.
func (p *pane) sharedRows(room int) {
	v := &p.f.Snap.Pipeline
	p.row(func() { p.share("with", v.Delivered, v.Batches) })
	p.row(func() { p.share("naive", v.NaiveDelivered, v.Batches) })
	p.row(func() {
		p.pen.text(roleLabel, p.look.rule+" events ")
		p.pen.repeat(roleLabel, p.look.rule, p.w-2-p.pen.w)
	})
	// The list is drawn as it is below a grid, then framed.
	inner := &screen{f: p.f, l: p.l, look: p.look, pen: pen{look: p.look}}
	inner.eventLines(room-paneFigures-1, p.w-2)
	for _, line := range inner.lines {
		p.pen.start(p.w)
		p.edgeGlyph(p.edge.v)
		p.pen.raw(line, p.w-2)
		p.edgeGlyph(p.edge.v)
		p.out = append(p.out, p.pen.end(p.w))
	}
}

// share is a line "with 84 of 95 … 88 %".
func (p *pane) share(name string, part, of int) {
	p.pen.text(roleLabel, fmt.Sprintf("%7s ", name))
	p.pen.text(rolePlain, fmt.Sprintf("%3d of %d", part, of))
	p.pen.right(rolePlain, words.Share(part, of), p.w-2, 1)
}

// bar is a share of the pane's width, to the eighth of a cell.
func (p *pane) bar(r role, part, of int) {
	if of <= 0 {
		return
	}
	eighths := int(math.Round(float64(p.w-4) * 8 * float64(part) / float64(of)))
	full := p.look.rowBlocks[8]
	p.pen.text(r, strings.Repeat(full, eighths/8)+p.look.rowBlocks[eighths%8])
}

// marks is one mark a batch: did it deliver every sensor?
func (p *pane) marks(name string, batches []bool) {
	n := max(p.l.Columns, 0)
	if len(batches) > n {
		batches = batches[len(batches)-n:]
	}
	p.pen.text(roleLabel, fmt.Sprintf("%5s ", name))
	p.pen.to(p.pen.w + n - len(batches))
	for _, ok := range batches {
		m := stats.MarkMissing
		if ok {
			m = stats.MarkLive
		}
		g, r := markSign(p.look, m)
		p.pen.glyph(r, g)
	}
}

// pipelineLine is the comparison where it has no pane.
func (s *screen) pipelineLine() {
	v := &s.f.Snap.Pipeline
	p := &s.pen
	p.start(s.l.Width)
	p.text(roleLabel, " "+words.All(s.l.Sensors)+" delivered:  with policies ")
	p.text(rolePlain, fmt.Sprintf("%d of %d (%s)", v.Delivered, v.Batches, words.Share(v.Delivered, v.Batches)))
	p.text(roleLabel, "   naive ")
	p.text(rolePlain, fmt.Sprintf("%d of %d (%s)", v.NaiveDelivered, v.Batches, words.Share(v.NaiveDelivered, v.Batches)))
	s.add()
}
