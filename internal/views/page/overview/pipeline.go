package overview

import (
	"fmt"
	"math"
	"strconv"

	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// paneFigures is how many lines the comparison has in a pane that it shares with
// the events.
const paneFigures = 3

// pipelinePane is the pane of the comparison in progress.
type pipelinePane struct{ *views.Pane }

// pipelinePane draws what the policies achieved: the batches in which every sensor delivered
// a value, with the policies, and in the naive pipeline, which has the same random draws.
func (s *drawing) pipelinePane(r draw.Rect) {
	all := words.All(s.Layout.Sensors)
	s.Panel(r, draw.Titled(draw.Words(draw.Plain, all)), draw.Titled(draw.Words(draw.Plain, "with and without policies")), draw.Light())
	p := &pipelinePane{&views.Pane{Screen: s.Screen, Pen: s.In(r.Inside())}}
	if s.Layout.EventsInPane {
		p.sharedRows(r)
		return
	}
	for _, content := range p.pipelineRows(all) {
		p.Row(content)
	}
}

// pipelineRows are the lines of the whole pane.
func (p *pipelinePane) pipelineRows(all string) []func() {
	v := &p.Frame.Snap.Pipeline
	rows := []func(){
		func() { p.Pen.Clip(draw.Label, all+" delivered, stale ones count", p.Pen.Width()) },
		func() { p.share("with", v.Delivered, v.Batches, p.bar(draw.Live)) },
		func() { p.share("naive", v.NaiveDelivered, v.Batches, p.bar(draw.Fail)) },
		func() { p.marks("with", v.With) },
		func() { p.marks("naive", v.Naive) },
	}
	if p.Layout.Score.Axis {
		rows = append(rows, func() { p.Axis(p.Pen, p.Layout.Columns, p.Frame.Snap.Run.Interval) })
	}
	return append(rows,
		func() { p.Pen.Clip(draw.Label, views.Readings(v, p.Pen.Width()), p.Pen.Width()) },
		p.luck,
		func() {
			p.Pen.Clip(draw.Label, fmt.Sprintf("retries saved    %4d of %d calls", v.SavedCalls, v.RetriedCalls), p.Pen.Width())
		},
		func() {
			p.Pen.Clip(draw.Label, fmt.Sprintf("breakers refused %4d, nothing sent", v.FastFail), p.Pen.Width())
		},
		func() {
			p.Pen.Clip(draw.Label, fmt.Sprintf("fallbacks served %4d, oldest %s", v.Served, words.Age(v.OldestServed)), p.Pen.Width())
		})
}

// sharedRows are the lines of a pane that holds the events too.
func (p *pipelinePane) sharedRows(r draw.Rect) {
	v := &p.Frame.Snap.Pipeline
	p.Row(func() { p.share("with", v.Delivered, v.Batches, p.readings(v.Readings)) })
	p.Row(func() { p.share("naive", v.NaiveDelivered, v.Batches, p.readings(v.NaiveReadings)) })
	p.Row(p.luck)
	p.Row(func() {
		p.Pen.Text(draw.Label, p.Look.Rule+" events ")
		p.Pen.Repeat(draw.Label, p.Look.Rule, p.Pen.Room())
	})
	const above = 1 + paneFigures + 1
	p.EventLines(p.In(draw.At(r.X+1, r.Y+above, r.W-2, r.H-above-1)))
}

// luck says how the run compares with runs of other seeds.
func (p *pipelinePane) luck() {
	p.Pen.Clip(draw.Label, p.Frame.Luck.Words(p.Pen.Width()), p.Pen.Width())
}

// share draws a line such as "with  84 of 95 … 88 %". between draws what is in the middle; it
// may use the cells up to the column that it is given.
func (p *pipelinePane) share(name string, part, of int, between func(part, of, end int)) {
	p.Pen.Text(draw.Label, fmt.Sprintf("%7s ", name))
	p.Pen.Text(draw.Plain, fmt.Sprintf("%3d of %-3d ", part, of))
	between(part, of, p.Pen.Width()-len(" 100 %"))
	p.Pen.Right(draw.Plain, words.Share(part, of), p.Pen.Width(), 1)
}

// bar draws a share as a bar, exact to an eighth of a cell.
func (p *pipelinePane) bar(r draw.Role) func(part, of, end int) {
	return func(part, of, end int) {
		if of <= 0 || end <= p.Pen.X {
			return
		}
		eighths := int(math.Round(float64(end-p.Pen.X) * 8 * float64(part) / float64(of)))
		p.Pen.Bar(r, eighths)
	}
}

// readings writes how many readings were delivered.
func (p *pipelinePane) readings(came uint64) func(part, of, end int) {
	return func(_, _, end int) {
		p.Pen.Right(draw.Label, fmt.Sprintf("%d of %d readings", came, p.Frame.Snap.Pipeline.Asked), end, 1)
	}
}

// marks draws one mark for each batch: whether every sensor delivered a value.
func (p *pipelinePane) marks(name string, batches []bool) {
	p.Pen.Text(draw.Label, fmt.Sprintf("%5s ", name))
	views.DrawBatches(p.Pen, batches, p.Layout.Columns)
}

// The widths from which on the line of the comparison has all of its figures, and the
// comparison with other seeds.
const (
	fullLine = 110
	luckLine = 150
)

// pipelineLine draws the comparison as one line, where it has no pane.
func (s *drawing) pipelineLine() {
	v := &s.Frame.Snap.Pipeline
	p := s.In(s.Layout.PipelineLine)
	p.Next()
	p.Text(draw.Label, " "+words.All(s.Layout.Sensors)+" delivered:  ")
	if p.Width() < fullLine {
		p.Text(draw.Plain, fmt.Sprintf("%d of %d", v.Delivered, v.Batches))
		p.Text(draw.Label, ", naive ")
		p.Text(draw.Plain, strconv.Itoa(v.NaiveDelivered))
	} else {
		p.Text(draw.Label, "with policies ")
		p.Text(draw.Plain, fmt.Sprintf("%d of %d (%s)", v.Delivered, v.Batches, words.Share(v.Delivered, v.Batches)))
		p.Text(draw.Label, "   naive ")
		p.Text(draw.Plain, fmt.Sprintf("%d of %d (%s)", v.NaiveDelivered, v.Batches, words.Share(v.NaiveDelivered, v.Batches)))
	}
	s.behind(p, views.Readings(v, p.Room()-len(apart)))
	if p.Width() >= luckLine {
		s.behind(p, s.Frame.Luck.Words(p.Room()-len(apart)))
	}
}

// apart is what separates the parts of the line.
const apart = "   "

// behind adds a part to the line, where there is room for it.
func (s *drawing) behind(p *draw.Pen, text string) {
	if len(apart)+words.Width(text) <= p.Room() {
		p.Text(draw.Label, apart+text)
	}
}
