package summary

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// Text is the summary that stays on the normal screen after the dashboard: the results of
// every sensor, the effect of the policies, the rank of the run among runs with other
// seeds, and the commands that start the same run again. The snapshot must hold all
// sensors. No line is wider than width, except the commands, which must be complete so that
// they can be copied; a width of 0 or less is no limit. The text ends with a newline; it is
// empty where no run ever started.
func Text(s stats.Snapshot, now time.Duration, luck views.Luck, width int, commands []draw.Hint, look *draw.Look) string {
	if s.Run == nil {
		return ""
	}
	if width <= 0 {
		width = 1 << 10
	}
	t := &summary{cells: draw.NewSurface(look, 0, 0), snap: &s, width: width}
	t.head(now)
	if _, dated := s.Run.Date(0); dated {
		t.endpoints()
		t.outages(now)
	}
	if !s.Run.Beside {
		t.table()
	}
	t.verdicts()
	if views.HasComparison(s.Run) {
		t.comparison(luck)
	}
	t.commands(commands)
	return t.out.String()
}

// commands writes the commands on one line where they fit, otherwise on one line each. One
// without a key is a remark on that before it, which has a line of its own: a line with a
// command must be one that can be copied.
func (t *summary) commands(list []draw.Hint) {
	const apart = "    "
	total := 0
	for _, c := range list {
		total += words.Width(c.Key) + 2 + words.Width(c.Word) + len(apart)
	}
	remark := func(c draw.Hint) bool { return c.Key == "" }
	together := total-len(apart) <= t.width && !slices.ContainsFunc(list, remark)
	for i, c := range list {
		if together && i > 0 {
			t.out.WriteString(apart)
		}
		t.draw(words.Width(c.Key)+2+words.Width(c.Word), func(p *draw.Pen) {
			if remark(c) {
				p.Text(draw.Label, c.Word)
				return
			}
			p.Text(draw.Label, c.Key+": ")
			p.Text(draw.Strong, c.Word)
		})
		if !together || i == len(list)-1 {
			t.out.WriteByte('\n')
		}
	}
}

type summary struct {
	cells *draw.Surface
	snap  *stats.Snapshot
	width int
	out   strings.Builder
}

// line writes one line without trailing spaces.
func (t *summary) line(content func(*draw.Pen)) {
	t.draw(t.width, content)
	t.out.WriteByte('\n')
}

// draw draws a line of this width and writes it.
func (t *summary) draw(width int, content func(*draw.Pen)) {
	t.cells.Reset(width, 1)
	p := t.cells.In(draw.At(0, 0, width, 1))
	p.Next()
	content(p)
	t.out.WriteString(t.cells.Line(0))
}

func (t *summary) head(now time.Duration) {
	run := t.snap.Run
	t.line(func(p *draw.Pen) {
		p.Text(draw.Strong, "resiltui "+run.Scenario)
		if run.Virtual {
			p.Text(draw.Plain, ", seed "+strconv.FormatUint(run.Seed, 10)+": "+
				strconv.Itoa(t.snap.Pipeline.Batches)+" "+words.Plural("batch", "batches", t.snap.Pipeline.Batches))
		} else {
			p.Text(draw.Plain, ": "+strconv.Itoa(len(t.snap.Sensors))+" "+words.Plural("endpoint", "endpoints", len(t.snap.Sensors)))
		}
		if _, dated := run.Date(0); dated {
			p.Text(draw.Plain, words.FirstFit(p.Room(), fromTo(run, now)...))
		} else {
			p.Text(draw.Plain, " in "+lasting(now))
		}
		if t.snap.EndText != "" {
			p.Text(draw.Plain, " ("+t.snap.EndText+")")
		}
	})
	t.line(func(*draw.Pen) {})
}

// lasting is a length of time: with tenths of a second below a minute, from there on as the
// outages have it.
func lasting(d time.Duration) string {
	if d < time.Minute {
		return words.Seconds(d)
	}
	return words.Lasting(d)
}

// columns are the columns after the names. Where there is no room for all, the last ones
// are left out first.
func columns() []views.SensorColumn {
	share := func(title string, width, rank int, r draw.Role, of func(c *stats.Counts) uint64) views.SensorColumn {
		return views.SensorColumn{
			Title: title, Width: width, Rank: rank, Role: r,
			Text: func(v *stats.SensorView) string { return words.PercentOf(of(&v.Counts), v.Counts.Calls()) },
		}
	}
	return []views.SensorColumn{
		share("live", 5, 0, draw.Live, func(c *stats.Counts) uint64 { return c.Live }),
		share("stale", 5, 1, draw.Stale, func(c *stats.Counts) uint64 { return c.Stale + c.Interpolated }),
		share("fast-fail", 9, 2, draw.Fail, func(c *stats.Counts) uint64 { return c.FastFail }),
		{Title: "missing", Width: 7, Rank: 3, Role: draw.Fail, Text: func(v *stats.SensorView) string {
			if v.Counts.Calls() == 0 {
				return words.NotAvailable + "  "
			}
			return words.PercentOf(v.Counts.Missing, v.Counts.Calls()) + " %"
		}},
		{Title: "retries", Width: 8, Rank: 4, Text: func(v *stats.SensorView) string { return words.Count(v.Counts.Retries) }},
		{Title: "opens", Width: 5, Rank: 5, Text: func(v *stats.SensorView) string { return words.Count(v.Circuit.Opens) }},
	}
}

func (t *summary) table() {
	const probes, delivered = "  probes good/bad", "  delivered"
	all := views.FitTable(columns(), 1<<10).Width() + len(probes)
	names := t.names(all)
	table := views.FitTable(columns(), t.width-names)
	withProbes := names+all <= t.width
	withDelivered := names+all+len(delivered) <= t.width
	t.line(func(p *draw.Pen) {
		table.Head(p, names, views.Sort{})
		if withProbes {
			p.Text(draw.Label, probes)
		}
		if withDelivered {
			p.Text(draw.Label, delivered)
		}
	})
	for i := range t.snap.Sensors {
		v := &t.snap.Sensors[i]
		t.line(func(p *draw.Pen) {
			views.DrawName(p, draw.Plain, v.Sensor, names)
			table.Row(p, names, v, draw.Plain)
			if withProbes { // left-aligned below the title, since the text may be long
				p.Text(draw.Plain, "   "+views.ProbesText(v))
			}
			if withDelivered {
				p.Right(draw.Plain, words.PercentOf(v.Counts.Delivered(), v.Counts.Calls()), names+all+len(delivered), 1)
			}
		})
	}
	t.line(func(*draw.Pen) {})
}

// names is the width of the names beside a table of so many cells.
func (t *summary) names(table int) int {
	const most = 40
	names := views.RowName
	for i := range t.snap.Sensors {
		names = max(names, words.Width(sentence.SensorTitle(t.snap.Sensors[i].Sensor)))
	}
	return max(min(names, most, t.width-table), views.RowName)
}

func (t *summary) comparison(luck views.Luck) {
	v := &t.snap.Pipeline
	text := fmt.Sprintf("%s delivered: %d of %d batches with policies, %d of %d naive",
		words.All(len(t.snap.Run.Sensors)), v.Delivered, v.Batches, v.NaiveDelivered, v.Batches)
	if words.Width(text) > t.width {
		text = fmt.Sprintf("delivered: %d of %d with policies, %d of %d naive", v.Delivered, v.Batches, v.NaiveDelivered, v.Batches)
	}
	t.line(func(p *draw.Pen) { p.Text(draw.Plain, text) })
	t.line(func(p *draw.Pen) {
		p.Clip(draw.Plain, fmt.Sprintf("readings: %d of %d with policies, %d naive", v.Readings, v.Asked, v.NaiveReadings), t.width)
	})
	t.line(func(p *draw.Pen) { p.Clip(draw.Plain, luck.Words(t.width), t.width) })
}
