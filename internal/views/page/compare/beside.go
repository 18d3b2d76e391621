package compare

import (
	"fmt"
	"strconv"
	"time"

	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// The page of a run in which the policies only watch: they change nothing, so there is
// nothing to compare. It holds how each endpoint did, beside what its breaker would have
// done.

// besidePlan is the table of the endpoints, and which of the lines below it there is room
// for.
type besidePlan struct {
	names int // the width of the names
	table views.Table[*stats.SensorView]
	notes int
}

// mostNotes is how many lines say what each policy would have done.
const mostNotes = 4

// besideColumns are what an endpoint did, and behind it what its breaker would have done.
func besideColumns() []views.SensorColumn {
	column := func(title string, width, rank int, text func(h *stats.Health) string) views.SensorColumn {
		return views.SensorColumn{Title: title, Width: width, Rank: rank, Text: func(v *stats.SensorView) string { return text(&v.Health) }}
	}
	count := func(title string, width, rank int, n func(h *stats.Health) uint64) views.SensorColumn {
		return column(title, width, rank, func(h *stats.Health) string { return words.Count(n(h)) })
	}
	took := func(title string, rank int, d func(h *stats.Health) time.Duration) views.SensorColumn {
		return column(title, 9, rank, func(h *stats.Health) string {
			if h.Answers < stats.MinAnswers {
				return words.NotAvailable
			}
			return words.FineMillis(d(h)) + " ms"
		})
	}
	return []views.SensorColumn{
		column("up", 7, 0, func(h *stats.Health) string { return words.ShareFixed(h.UpShare, h.HasUp) }),
		count("failed", 6, 3, func(h *stats.Health) uint64 { return h.Asked - min(h.Answered, h.Asked) }),
		count("missed", 6, 7, func(h *stats.Health) uint64 { return h.Missed }),
		count("outages", 7, 4, func(h *stats.Health) uint64 { return uint64(max(h.Outages, 0)) }),
		{Title: "down", Width: 12, Rank: 1, Quiet: words.Lasting(0), Text: func(v *stats.SensorView) string { return words.Lasting(v.Health.Down) }},
		took("p50", 8, func(h *stats.Health) time.Duration { return h.P50 }),
		took("p95", 5, func(h *stats.Health) time.Duration { return h.P95 }),
		count("(opens)", 7, 6, func(h *stats.Health) uint64 { return h.Opens }),
		column("(refuses bad/good)", 18, 2, func(h *stats.Health) string {
			if h.Refused == 0 {
				return "0"
			}
			return words.Count(h.RefusedBad) + "/" + words.Count(h.RefusedGood)
		}),
	}
}

// planBeside gives each endpoint a line, and the events what is left.
func planBeside(f *views.Frame, l *views.Layout) views.Body {
	const above, total = 2, 0 // what the page says and the head; no totals
	plan := &besidePlan{names: f.Names(min(views.MostNames, max(l.Width/4, views.LeastNames)))}
	plan.table = views.FitTable(besideColumns(), l.Width-plan.names-3)
	plan.notes = l.OneLineEach(above, total, mostNotes)
	return plan
}

// Draw draws how the endpoints did, and what the policies would have done.
func (plan *besidePlan) Draw(screen *views.Screen) {
	s := drawing{Screen: screen}
	p, left := &s.Pen, plan.names+1
	p.Next()
	p.Clip(draw.Strong, words.FirstFit(p.Width()-2,
		" policies beside: they change nothing, so there is nothing to compare; (in parentheses): what a breaker would have done",
		" policies beside: they change nothing; (in parentheses): what a breaker would have done",
		" policies beside: there is nothing to compare"), p.Width()-1)
	p.Next()
	s.NameHead(p, plan.names)
	plan.table.Head(p, left, views.Sort{})
	for _, i := range s.Layout.Visible {
		v := s.Sensor(i)
		p.Next()
		s.TableName(p, v, plan.names)
		plan.table.Row(p, left, v, draw.Plain)
	}
	for _, text := range s.besideNotes()[:plan.notes] {
		p.Next()
		p.Clip(draw.Label, " "+text, s.Layout.Width-1)
	}
	s.EventsBelow()
}

// besideNotes say of the endpoints in sight what each policy would have done.
func (s *drawing) besideNotes() []string {
	var refused, bad, good, alone uint64
	for i := range s.Frame.Snap.Sensors {
		h := &s.Frame.Snap.Sensors[i].Health
		refused, bad, good, alone = refused+h.Refused, bad+h.RefusedBad, good+h.RefusedGood, alone+uint64(max(h.Alone, 0))
	}
	breakers := "breakers would have refused no call"
	if refused > 0 {
		breakers = fmt.Sprintf("breakers would have refused %s: %d that failed, %d that %s answered", words.Counted(int(refused), "call"), bad, good,
			words.Plural("was", "were", int(min(good, 2))))
	}
	retries := "retries would hardly have helped: no call failed alone (page 3)"
	if alone > 0 {
		retries = "retries may have saved " + words.Counted(int(alone), "call") + " that failed alone (page 3)"
	}
	return []string{
		breakers,
		retries,
		"fallbacks: page 4 has what each strategy would have served",
		"figures: the last " + strconv.Itoa(int(stats.HealthWindow/time.Minute)) + " min, or since the start; --policies puts the policies in the way",
	}
}
