package detail

import (
	"fmt"
	"strconv"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// callGrid says at which cells the columns of the list of calls are.
type callGrid struct {
	numbers   int           // the cell after the numbers of the batches
	from, end int           // the first cell of the attempts, and the one after their last
	attempts  int           // how many cells that is
	served    bool          // there is a column for what was served
	top       time.Duration // the time within a call at the cell end
	isReal    bool
	divided   bool // attempts are divided into their phases
}

func (s *drawing) callGrid(rows []callRow, w int) callGrid {
	g := callGrid{numbers: 2*len(strconv.Itoa(max(s.Frame.Snap.Batch, 0))) + 1, served: w >= callNarrow, isReal: s.Frame.Real()}
	if g.isReal {
		most := 0
		for i := range rows {
			most = max(most, rows[i].last.Batch)
		}
		g.numbers = 2*len(strconv.Itoa(most)) + 1
	}
	g.numbers = min(max(g.numbers, 5), 11)
	start := max(callStart, words.Width(sentence.Moment(s.Frame.Snap.Run, s.Frame.Now))+1) // longer after an hour
	g.from = g.numbers + 1 + start + 1
	g.attempts = w - g.from - callTook - 1
	if g.served {
		g.attempts -= callServed
	}
	g.attempts = max(g.attempts, 0)
	g.end = g.from + g.attempts
	g.divided = s.plan.form != detailPlain && g.attempts >= phasesFrom
	var longest time.Duration
	for i := range rows {
		if !fastFail(rows[i].first) {
			longest = max(longest, rows[i].longest)
		}
	}
	if longest <= 0 {
		longest = 100 * time.Millisecond
	}
	longest = min(longest, 24*time.Hour)
	g.top = views.NiceAbove(longest*100, 100, 120, 160, 200, 250, 300, 400, 500, 600, 800) / 100
	return g
}

// at is the cell, counted from g.from, for a time since the start of a call.
func (g *callGrid) at(d time.Duration) int {
	if g.top <= 0 {
		return 0
	}
	d = min(max(d, 0), g.top)
	return int(float64(d)/float64(g.top)*float64(g.attempts) + 0.5)
}

// head draws the names of the columns, and the axis of time above the attempts.
func (g *callGrid) head(p *draw.Pen) {
	word := "batch"
	if g.isReal {
		word = "call"
	}
	p.Right(draw.Label, word, g.numbers, 0)
	p.Text(draw.Label, "  start")
	step := views.NiceAbove(max(g.top/4, time.Millisecond), 1, 2, 5)
	unit := "0 ms"
	if g.top >= 10*time.Second {
		unit = "0 s"
	}
	for d := time.Duration(0); d <= g.top && d/step < 16; d += step {
		label := tickText(d, g.top)
		if d == 0 {
			label = unit
		}
		if x := g.from + g.at(d); (x > p.X || d == 0) && x+words.Width(label) <= g.end+2 {
			p.To(x)
			p.Text(draw.Label, label)
		}
	}
	p.Right(draw.Label, "took", g.end+callTook, 1)
	if g.served {
		p.To(g.end + callTook + 2)
		p.Text(draw.Label, "served")
	}
}

// tickText is a number of the axis. Its unit is written at the axis's 0.
func tickText(d, top time.Duration) string {
	if top >= 10*time.Second {
		return strconv.FormatFloat(d.Seconds(), 'f', -1, 64)
	}
	return strconv.FormatInt(words.Millis(d), 10)
}

// row draws one line of the list.
func (g *callGrid) row(s *drawing, p *draw.Pen, r *callRow) {
	c := r.last
	p.Right(draw.Label, numbersText(r.first.Batch, c.Batch), g.numbers, 0)
	p.Right(draw.Plain, sentence.Moment(s.Frame.Snap.Run, r.first.Start), g.from-2, 0)
	p.To(g.from)
	limit := p.Limit
	p.Limit = min(limit, g.end)
	switch {
	case r.first.Held:
		marked(p, r, "held, nothing sent")
	case fastFail(r.first):
		marked(p, r, "refused, nothing sent")
	case r.n > 1:
		marked(p, r, answeredWords(r))
	default:
		g.attemptCells(p, c)
	}
	p.Limit = limit
	took := words.ShortMillis(c.Took)
	if r.n > 1 && !fastFail(r.first) {
		took = ""
	}
	p.Right(draw.Plain, took, g.end+callTook, 1)
	if !g.served {
		return
	}
	p.To(g.end + callTook + 2)
	glyph, mark := views.MarkSign(c.Mark)
	p.Text(mark, glyph+" ")
	value := "nothing"
	if c.HasValue {
		value = views.ValueText(s.Look, &stats.SensorView{Sensor: s.Sensor(s.Layout.Selected).Sensor, Calls: 1, HasValue: true, Value: c.Value})
	}
	p.Clip(draw.Plain, value, p.Limit-p.X)
}

// answeredWords says how long the answered calls of a row took.
func answeredWords(r *callRow) string {
	least, most := words.InMillis(r.shortest), words.InMillis(r.longest)
	if least == most {
		return "answered, " + most + " each"
	}
	return fmt.Sprintf("answered, %d to %s", words.Millis(r.shortest), most)
}

// numbersText is the numbers of the batches of a row.
func numbersText(first, last int) string {
	if first == last {
		return strconv.Itoa(first)
	}
	return strconv.Itoa(first) + "-" + strconv.Itoa(last)
}

// marked draws several calls that share a row: a mark for each, as many as there is room
// for, then the text that says what became of them.
func marked(p *draw.Pen, r *callRow, text string) {
	glyph, mark := views.MarkSign(r.first.Mark)
	room := p.Limit - p.X - words.Width(text) - 1
	p.Repeat(mark, glyph, min(r.n, max(room, 1)))
	p.Text(draw.Plain, " ")
	p.Clip(draw.Label, text, p.Limit-p.X)
}

// attemptCells draws a call's attempts to scale, and the waits between them. Each attempt
// has at least one cell, and its phases where they are known and there is room for them.
func (g *callGrid) attemptCells(p *draw.Pen, c *stats.Call) {
	x0, y := p.X, p.Y
	fill := func(from, to int, r rune, as draw.Role) {
		p.Line(y)
		p.To(x0 + max(from, 0))
		for range min(to, g.attempts) - max(from, 0) {
			p.Cell(as, r)
		}
	}
	attempt := func(from, to int, answered bool) {
		if answered {
			fill(from, to, p.Look.Blocks[8], draw.Accent)
		} else {
			fill(from, to, p.Look.Burnt, draw.Fail)
		}
	}
	fill(0, g.at(c.Took), p.Look.Behind, draw.Label)
	if len(c.Tries) == 0 { // one attempt that succeeded, or a call without a list of them
		attempt(0, max(g.at(c.Took), 1), c.Mark == event.MarkLive || c.Mark == event.MarkRetried)
	}
	for i := range c.Tries {
		t := &c.Tries[i]
		from := min(g.at(t.Start-c.Start), max(g.attempts-1, 0))
		to := max(g.at(t.Start-c.Start+t.Took), from+1)
		attempt(from, to, t.Err == "")
		if t.Phases != nil && g.divided {
			role := draw.Accent
			if t.Err != "" {
				role = draw.Fail
			}
			g.phaseCells(t.Phases, t.Start-c.Start, func(a, b int, letter rune) { fill(a, min(b, to), letter, role) })
		}
	}
	if !g.divided {
		g.nameLongest(p, c, x0, max(g.at(c.Took), 1))
	}
	p.Line(y)
	p.To(x0 + g.attempts)
}
