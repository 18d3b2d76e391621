package retries

import (
	"math"
	"strconv"
	"time"

	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

const (
	// panelsWidth is from where on two panels stand side by side.
	panelsWidth = 76
	// leastPanel is the least number of lines of a useful panel.
	leastPanel = 5
)

// retryCounts are the figures of the retry registry for one name.
type retryCounts struct {
	calls, attempts, saved, ranOut, propagated uint64
	waited                                     float64 // seconds
}

// retryCountsOf reads them from a sensor's calls. Refused calls never reached
// the retries.
func retryCountsOf(v *stats.SensorView) retryCounts {
	c := retryCounts{
		attempts: v.Counts.Attempts, saved: v.Counts.SavedCalls, waited: v.Counts.Waited.Seconds(),
		ranOut: v.Retries.RanOut, propagated: v.Retries.Propagated,
	}
	for _, n := range v.Retries.Calls {
		c.calls += n
	}
	return c
}

// retryTotals are the same over all sensors of the run, shown or not.
func retryTotals(s *stats.Snapshot) retryCounts {
	c := retryCounts{
		attempts: s.Pipeline.Attempts, saved: s.Pipeline.SavedCalls,
		ranOut: s.Retries.RanOut, propagated: s.Retries.Propagated,
	}
	var waited time.Duration // exact: a sum of rounded seconds could differ from the panel
	for i := range s.Retries.Calls {
		c.calls += s.Retries.Calls[i]
		waited += s.Retries.After[i]
	}
	c.waited = waited.Seconds()
	return c
}

// failed is how many calls did not succeed.
func (c retryCounts) failed() uint64 { return min(c.ranOut+c.propagated, c.calls) }

// success is calls that succeeded / calls.
func (c retryCounts) success() (share float64, ok bool) {
	return words.Ratio(c.calls-c.failed(), c.calls)
}

// savedShare is, of the calls that needed a retry, the share that it saved.
func (c retryCounts) savedShare() (share float64, ok bool) {
	return words.Ratio(c.saved, c.saved+c.ranOut)
}

// perCall is retries / calls, which may be more than 1.
func (c retryCounts) perCall() (retries float64, ok bool) {
	return words.Ratio(c.attempts-min(c.calls, c.attempts), c.calls)
}

// Places of columns of the registry.
const placeCalls, placeAttempts, placePropagated, placeSuccess = 0, 1, 4, 6

// retryColumns are the columns of the registry. Their figures are named as in JSON, and
// titled as everywhere on the screen.
func retryColumns() []views.Column[retryCounts] {
	count := func(name, long string, width, rank int, of func(c retryCounts) uint64) views.Column[retryCounts] {
		return views.Column[retryCounts]{
			Title: sentence.FigureWord(name), Long: long, Width: width, Rank: rank,
			Text: func(c retryCounts) string { return words.Count(of(c)) },
			Key:  func(c retryCounts) float64 { return float64(of(c)) },
		}
	}
	share := func(name, long string, width, rank int, of func(c retryCounts) (float64, bool)) views.Column[retryCounts] {
		return views.Column[retryCounts]{
			Title: sentence.FigureWord(name), Long: long, Width: width, Rank: rank,
			Text: func(c retryCounts) string { return words.ShareFixed(of(c)) },
			Key:  func(c retryCounts) float64 { return views.KeyOfRate(of(c)) },
		}
	}
	return []views.Column[retryCounts]{
		count("totalCalls", "calls", 6, 0, func(c retryCounts) uint64 { return c.calls }),
		count("totalAttempts", "attempts", 9, 4, func(c retryCounts) uint64 { return c.attempts }),
		count("successfulRetries", "saved by a retry", 6, 1, func(c retryCounts) uint64 { return c.saved }),
		count("permanentFailures", "attempts ran out", 8, 3, func(c retryCounts) uint64 { return c.ranOut }),
		count("propagated", "passed on at once", 10, 8, func(c retryCounts) uint64 { return c.propagated }),
		{
			Title: sentence.FigureWord("totalDelaySeconds"), Long: "waited", Width: 9, Rank: 2, Quiet: "0.0 s",
			Text: func(c retryCounts) string { return strconv.FormatFloat(c.waited, 'f', 1, 64) + " s" },
			Key:  func(c retryCounts) float64 { return c.waited },
		},
		share("successRate", "success", 8, 6, retryCounts.success),
		share("retrySuccessRate", "saved of retried", 9, 5, retryCounts.savedShare),
		{
			Title: sentence.FigureWord("retryRate"), Long: "retries a call", Width: 8, Rank: 7,
			Text: func(c retryCounts) string {
				n, ok := c.perCall()
				if !ok {
					return words.NotAvailable
				}
				return strconv.FormatFloat(math.Round(n*100)/100, 'f', 2, 64)
			},
			Key: func(c retryCounts) float64 { return views.KeyOfRate(c.perCall()) },
		},
	}
}

// panelLines is how many lines a panel needs to tell everything, its frame
// included.
func panelLines(attempts int) int {
	attempts = min(max(attempts, 1), stats.MaxTries)
	return 2 + stats.MaxCauses + attempts + max(attempts-1, 1) + 2
}

// Page is the page of what the retries cost and saved.
type Page struct{}

// Title names the page.
func (Page) Title() string { return "Retries" }

// Columns are what the registry can be ordered by.
func (Page) Columns() []views.SensorColumn { return views.ColumnsOfPart(retryColumns(), retryCountsOf) }

// ColumnsWant is what the columns count.
func (Page) ColumnsWant() stats.Query { return stats.Query{Retries: true} }

// plan is the table, where the panels stand, and whether a line says what the columns
// count.
type plan struct {
	names  int // the width of the names
	table  views.Table[retryCounts]
	panels []draw.Rect
	legend bool
}

// Layout plans the page: the registry above, and below where the waiting of the
// selected sensor and of all went.
func (Page) Layout(f *views.Frame, l *views.Layout) views.Body {
	l.Kind = views.Paged
	if f.Beside() {
		return planBeside(f, l)
	}
	plan := &plan{names: f.Names(min(views.MostNames, max(l.Width/4, views.LeastNames)))}
	plan.table = views.FitTable(retryColumns(), l.Width-plan.names-3)
	l.Want.Retries = true
	const head, total = 1, 1
	const least = 5 // rows before there are panels
	room := l.Room() - head - total
	rows := min(l.Sensors, max(room, 0))
	panel := 0
	if left := room - min(l.Sensors, least); left >= leastPanel {
		full := panelLines(mostAttempts(f))
		panel = min(left, full)
		rows = min(l.Sensors, room-panel)
		if left = room - rows - panel; left < views.RowEvents && panel == full {
			panel += left // too little for events
		}
	}
	if room-panel-rows > views.RowEvents && l.Width >= views.SingleWidth {
		plan.legend = true
	}
	l.Window(rows, 1)
	y := l.Header + head
	for range l.Visible {
		l.Cells = append(l.Cells, draw.At(0, y, l.Width, 1))
		y++
	}
	if y += total; plan.legend {
		y++
	}
	if panel > 0 {
		if l.Width >= panelsWidth {
			half := l.Width / 2
			plan.panels = []draw.Rect{draw.At(0, y, l.Width-half, panel), draw.At(l.Width-half, y, half, panel)}
		} else {
			plan.panels = []draw.Rect{draw.At(0, y, l.Width, panel)}
		}
		y += panel
	}
	l.Rest(y, false)
	return plan
}

// mostAttempts is the most attempts that a call of any sensor has.
func mostAttempts(f *views.Frame) int {
	n := 1
	if run := f.Snap.Run; run != nil {
		for i := range run.Sensors {
			n = max(n, run.Sensors[i].Policy.Retry.Resolved().MaxAttempts)
		}
	}
	return n
}

// drawing is the page being drawn.
type drawing struct {
	*views.Screen
	plan *plan
}

// drawCounts draws the table, from the pen's line on: the titles, the counts of each sensor,
// and those of all together.
func drawCounts[C any](s *drawing, table views.Table[C], names int, of func(*stats.SensorView) C, totals C) {
	p, left := &s.Pen, names+1
	s.NameHead(p, names)
	table.Head(p, left, s.Frame.Sort)
	for _, i := range s.Layout.Visible {
		v := s.Sensor(i)
		p.Next()
		s.TableName(p, v, names)
		table.Row(p, left, of(v), draw.Plain)
	}
	p.Next()
	p.Clip(draw.Label, " "+s.everySensor(), left)
	table.Row(p, left, totals, draw.Strong)
}

// Draw draws the page: what retries cost and saved.
func (plan *plan) Draw(screen *views.Screen) {
	s := drawing{screen, plan}
	s.Pen.Next()
	drawCounts(&s, plan.table, plan.names, retryCountsOf, retryTotals(&s.Frame.Snap))
	if s.plan.legend {
		s.Pen.Next()
		s.Pen.Clip(draw.Label, " "+s.retryLegend(), s.Layout.Width-1)
	}
	s.retryPanels()
	s.EventsBelow()
}

// retryLegend says what the columns count, as much of it as there is room for.
func (s *drawing) retryLegend() string {
	out := "ran out: every attempt failed"
	for _, more := range []string{
		"   passed on: an error that is not retried", "   calls: without the refused", "   saved: by a retry",
	} {
		if words.Width(out)+words.Width(more)+2 > s.Layout.Width {
			break
		}
		out += more
	}
	return out
}

// everySensor is what the row of totals is called. Its totals are of the run,
// whatever a filter leaves of it.
func (s *drawing) everySensor() string {
	n := 0
	if s.Frame.Snap.Run != nil {
		n = len(s.Frame.Snap.Run.Sensors)
	}
	return "all " + strconv.Itoa(n)
}
