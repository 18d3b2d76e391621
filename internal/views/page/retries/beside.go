package retries

import (
	"strconv"
	"strings"

	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// The page of a run in which the policies only watch: nothing is retried, so it says what
// retries would have had to do.

// besideCounts are the calls of one endpoint or of all.
type besideCounts struct {
	retryCounts
	// alone of the failed calls were no outage: an answer followed. further is how many
	// attempts the retries would have made at most. unknown says that neither is known,
	// because not all of the endpoints are on the screen.
	alone, further uint64
	unknown        bool
}

func besideCountsOf(v *stats.SensorView) besideCounts {
	c := besideCounts{retryCounts: retryCountsOf(v), alone: uint64(max(v.Health.Whole.Alone, 0))}
	c.further = c.failed() * uint64(max(v.Policy.Resolved().Retry.MaxAttempts-1, 0))
	return c
}

// besideColumns are those of the registry that mean anything without retries, at their
// places among the columns that the page can be ordered by, and two more.
func besideColumns() []views.Column[besideCounts] {
	const never = 1 << 20 // cells, which no screen has
	all := views.ColumnsOfPart(retryColumns(), func(c besideCounts) retryCounts { return c.retryCounts })
	for i := range all {
		c := &all[i]
		c.Long = ""
		switch i {
		case placeCalls, placeAttempts:
			c.Rank = i
		case placePropagated:
			c.Title, c.Rank = "failed", 2
		case placeSuccess:
			c.Title, c.Width, c.Rank = "answered", 9, 5
		default:
			c.Width, c.Rank = never, never
		}
	}
	count := func(title string, rank int, of func(c besideCounts) uint64) views.Column[besideCounts] {
		return views.Column[besideCounts]{Title: title, Width: len(title), Rank: rank, Text: func(c besideCounts) string {
			if c.unknown {
				return words.NotAvailable
			}
			return words.Count(of(c))
		}}
	}
	return append(
		all,
		count("failed alone", 3, func(c besideCounts) uint64 { return c.alone }),
		count("would be tried again", 4, func(c besideCounts) uint64 { return c.further }),
	)
}

// besidePlan is the table, and which of the lines below it there is room for.
type besidePlan struct {
	names int // the width of the names
	table views.Table[besideCounts]
	notes int
}

// mostNotes is how many lines say what the figures mean.
const mostNotes = 3

// planBeside gives each endpoint a line, and the events what is left.
func planBeside(f *views.Frame, l *views.Layout) views.Body {
	const above, total = 2, 1 // what the page says and the head; the row of totals
	plan := &besidePlan{names: f.Names(min(views.MostNames, max(l.Width/4, views.LeastNames)))}
	plan.table = views.FitTable(besideColumns(), l.Width-plan.names-3)
	plan.notes = l.OneLineEach(above, total, mostNotes)
	l.Want.Retries = true
	return plan
}

// Draw draws what retries would have had to do.
func (plan *besidePlan) Draw(screen *views.Screen) {
	s := drawing{Screen: screen}
	p := &s.Pen
	p.Next()
	p.Clip(draw.Strong, words.FirstFit(p.Width()-2, " policies beside: every call is one attempt, and nothing is retried; --policies retries what failed",
		" policies beside: nothing is retried; --policies retries what failed", " policies beside: nothing is retried"), p.Width()-1)
	p.Next()
	drawCounts(&s, plan.table, plan.names, besideCountsOf, s.besideTotals())
	for _, text := range s.besideNotes()[:plan.notes] {
		p.Next()
		p.Clip(draw.Label, " "+text, s.Layout.Width-1)
	}
	s.EventsBelow()
}

// besideTotals are the counts of the run.
func (s *drawing) besideTotals() besideCounts {
	c := besideCounts{retryCounts: retryTotals(&s.Frame.Snap)}
	if c.unknown = len(s.Frame.Snap.Sensors) < len(s.Frame.Snap.Run.Sensors); c.unknown {
		return c
	}
	for i := range s.Frame.Snap.Sensors {
		own := besideCountsOf(&s.Frame.Snap.Sensors[i])
		c.alone, c.further = c.alone+own.alone, c.further+own.further
	}
	return c
}

// besideNotes say what retries would do for the selected endpoint, and what the figures
// mean.
func (s *drawing) besideNotes() []string {
	v := s.Sensor(s.Layout.Selected)
	c := besideCountsOf(v)
	saved := "none of its failed calls stood alone, so a retry would hardly have helped"
	switch {
	case c.failed() == 0:
		saved = "no call has failed, so nothing would have been retried"
	case c.alone > 0:
		saved = "of " + strconv.FormatUint(c.failed(), 10) + " failed calls " + strconv.FormatUint(c.alone, 10) +
			" stood alone: there a retry may have helped"
	}
	return []string{
		v.ID + " with --policies: " + strings.Join(views.RetryRule(v), "   "),
		v.ID + ": " + saved,
		"failed alone: an answer followed at once   would be tried again: further attempts, at most",
	}
}
