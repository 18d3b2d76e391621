package summary

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/engine/health"
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/stats/verdict"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// What is told of real endpoints: how each of them was, and what was down.

// endpointColumns are what an endpoint did since the start, and what its breaker would
// have done where it only watched. Where there is no room for all, the last ones are left
// out first.
func endpointColumns(beside bool) []views.SensorColumn {
	column := func(title string, width, rank int, text func(h *stats.Health) string) views.SensorColumn {
		return views.SensorColumn{Title: title, Width: width, Rank: rank, Text: func(v *stats.SensorView) string { return text(&v.Health) }}
	}
	count := func(title string, width, rank int, n func(w *stats.Availability) uint64) views.SensorColumn {
		return column(title, width, rank, func(h *stats.Health) string { return words.Count(n(&h.Whole)) })
	}
	took := func(title string, width, rank int, d func(h *stats.Health) time.Duration) views.SensorColumn {
		return column(title, width, rank, func(h *stats.Health) string {
			if d(h) <= 0 {
				return words.NotAvailable
			}
			return words.FineMillis(d(h))
		})
	}
	out := []views.SensorColumn{
		column("up", 7, 0, func(h *stats.Health) string {
			return strings.TrimSpace(words.ShareFixed(h.Whole.UpShare, h.Whole.HasUp))
		}),
		count("outages", 7, 2, func(w *stats.Availability) uint64 { return uint64(max(w.Outages, 0)) }),
		column("down", 12, 1, func(h *stats.Health) string { return words.Lasting(h.Whole.Down) }),
		count("failed", 6, 3, func(w *stats.Availability) uint64 { return w.Asked - min(w.Answered, w.Asked) }),
		count("missed", 6, 5, func(w *stats.Availability) uint64 { return w.Missed }),
		took("p95 ms", 8, 4, func(h *stats.Health) time.Duration { return cmp.Or(h.P95Now, h.P95) }),
		took("before", 8, 6, func(h *stats.Health) time.Duration { return h.P95Before }),
	}
	if beside {
		out = append(
			out,
			count("(opens)", 7, 7, func(w *stats.Availability) uint64 { return w.Opens }),
			count("(refuses)", 9, 8, func(w *stats.Availability) uint64 { return w.Refused }),
		)
	}
	return out
}

// fromTo is from when to when a run with a date lasted, shorter from form to form.
func fromTo(run *event.Run, now time.Duration) []string {
	from, _ := run.Date(0)
	to, _ := run.Date(now)
	until := words.TimeOfDay(to)
	if day := sentence.NewDay(run, now, 0); day != "" {
		until = day + ", " + until
	}
	long := ", " + words.Day(from) + ", " + words.TimeOfDay(from) + " to " + until
	return []string{long + " " + words.Zone(to), long, ", " + words.TimeOfDay(from) + " to " + words.TimeOfDay(to)}
}

// endpoints writes how each endpoint was.
func (t *summary) endpoints() {
	names := t.names(views.FitTable(endpointColumns(t.snap.Run.Beside), 1<<10).Width())
	table := views.FitTable(endpointColumns(t.snap.Run.Beside), t.width-names)
	t.line(func(p *draw.Pen) { table.Head(p, names, views.Sort{}) })
	for i := range t.snap.Sensors {
		v := &t.snap.Sensors[i]
		t.line(func(p *draw.Pen) {
			p.Clip(draw.Plain, sentence.SensorTitle(v.Sensor), names)
			table.Row(p, names, v, draw.Plain)
		})
	}
	t.line(func(*draw.Pen) {})
}

// outage is an outage of an endpoint. It is not over where ended is 0.
type outage struct {
	sensor       int
	began, ended time.Duration
	cause, about string
}

// outagesOf are the outages that are known, the oldest first: those that are over have
// verdicts, unless their circuits did not close yet.
func outagesOf(s *stats.Snapshot) []outage {
	var out []outage
	for i := range s.Verdicts {
		if v := &s.Verdicts[i]; v.Kind == verdict.Outage {
			out = append(out, outage{v.Sensor, v.Began, v.Ended, v.Cause, v.About()})
		}
	}
	for i := range s.Sensors {
		h, sensor := &s.Sensors[i].Health, s.Sensors[i].Index
		known := func(o outage) bool { return o.sensor == sensor && o.began == h.Began }
		if h.Ended > 0 && !slices.ContainsFunc(out, known) {
			out = append(out, outage{sensor: sensor, began: h.Began, ended: h.Ended})
		}
		if h.State == health.Down {
			out = append(out, outage{sensor: sensor, began: h.Since, cause: h.Cause})
		}
	}
	slices.SortStableFunc(out, func(a, b outage) int { return cmp.Compare(a.began, b.began) })
	return out
}

// outages writes what was down, from when on, for how long and why.
func (t *summary) outages(now time.Duration) {
	const most = 20
	list := outagesOf(t.snap)
	if len(list) == 0 {
		t.line(func(p *draw.Pen) { p.Text(draw.Plain, "nothing was down") })
		t.line(func(*draw.Pen) {})
		return
	}
	more := max(len(list)-most, 0)
	list = list[more:]
	run := t.snap.Run
	if more > 0 {
		t.line(func(p *draw.Pen) { p.Text(draw.Label, words.Counted(more, "earlier outage")+" left out") })
	}
	names := 0
	for i := range list {
		names = max(names, words.Width(sentence.SensorTitle(run.Sensors[list[i].sensor])))
	}
	names = min(names, views.MostNames)
	before := time.Duration(0)
	for _, o := range list {
		lasted, r := words.Lasting(o.ended-o.began)+o.about, draw.Plain
		if o.ended == 0 {
			lasted, r = words.Lasting(now-o.began)+", not over", draw.Fail
		}
		text := "down " + sentence.Moment(run, o.began) + " for " + lasted
		if day := sentence.NewDay(run, o.began, before); day != "" {
			text = "down " + day + ", " + sentence.Moment(run, o.began) + " for " + lasted
		}
		before = o.began
		if o.cause != "" {
			text += ": " + o.cause
		}
		t.line(func(p *draw.Pen) {
			p.Clip(draw.Strong, sentence.SensorTitle(run.Sensors[o.sensor]), names)
			p.To(names + 2)
			p.Clip(r, text, t.width-names-2)
		})
	}
	t.line(func(*draw.Pen) {})
}
