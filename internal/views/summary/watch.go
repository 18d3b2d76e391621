package summary

import (
	"cmp"
	"strings"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
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
			views.DrawName(p, draw.Plain, v.Sensor, names)
			table.Row(p, names, v, draw.Plain)
		})
	}
	t.line(func(*draw.Pen) {})
}
