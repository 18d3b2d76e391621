package compare

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// compareSentence says what the policies gained and what they cost, or why that is not known.
// The short form leaves the attempts out.
func (s *drawing) compareSentence(long bool) string {
	v := &s.Frame.Snap.Pipeline
	switch {
	case s.Frame.Snap.Run == nil:
		return "no run has started"
	case s.Frame.Real() && !long:
		return "no naive pipeline: it would read every endpoint twice"
	case !views.HasComparison(s.Frame.Snap.Run) && !long:
		return "no naive pipeline in this scenario"
	case s.Frame.Real():
		return "no naive pipeline runs beside: it would send every request to the endpoints a second time"
	case !views.HasComparison(s.Frame.Snap.Run):
		return "no naive pipeline runs beside in this scenario, so there is nothing to compare with"
	case v.Batches == 0:
		return "no batch has ended yet"
	}
	var text string
	switch {
	case v.Delivered == v.NaiveDelivered:
		text = "as many successes"
	case v.NaiveDelivered == 0:
		text = strconv.Itoa(v.Delivered) + " successes instead of 0"
	default:
		text = words.Times(float64(v.Delivered)/float64(v.NaiveDelivered)) + " the successes"
	}
	if v.NaiveTook > 0 {
		text += " for " + words.Times(float64(v.Took)/float64(v.NaiveTook)) + " the time"
	}
	if long && v.NaiveAttempts > 0 {
		text += " and " + words.Times(float64(v.Attempts)/float64(v.NaiveAttempts)) + " the attempts"
	}
	return text
}

// Columns of the figures: a name, and twice what a count of batches or readings takes.
const (
	mostFigure     = 19
	mostFigureName = 26
	// leastFigureName is the width of the name that is not shortened for a share.
	leastFigureName = 18
)

// figure is a row of the table of the two pipelines.
type figure struct {
	// names are its name, and shorter ones for where that has no room.
	names       []string
	with, naive string
}

// compareFigures is the table of the two pipelines.
func (s *drawing) compareFigures(p *draw.Pen) {
	if s.plan.figures == 0 {
		return
	}
	v := &s.Frame.Snap.Pipeline
	per := func(took time.Duration, ok bool) string {
		if !ok {
			return words.NotAvailable
		}
		return words.LongSeconds(took)
	}
	room := p.Width() - 1
	column := max(min((room-mostFigureName)/2, mostFigure), leastFigure(v))
	if shares := shareFigure(uint64(v.Batches)); room-2*shares >= leastFigureName {
		column = max(column, shares)
	}
	// What is counted has its share where a column has room for that.
	count := func(n, of uint64) string {
		counts := fmt.Sprintf("%d of %d", n, of)
		if shareFigure(of) > column {
			return counts
		}
		return counts + fmt.Sprintf(" %5s", words.Share(int(n), int(of)))
	}
	batches := func(n int) string { return count(uint64(n), uint64(v.Batches)) }
	rows := []figure{
		{[]string{"successful batches", "batches"}, batches(v.Delivered), batches(v.NaiveDelivered)},
		{[]string{"readings delivered", "readings"}, count(v.Readings, v.Asked), count(v.NaiveReadings, v.Asked)},
		{[]string{"time in batches", "time"}, words.LongSeconds(v.Took), words.LongSeconds(v.NaiveTook)},
		{[]string{"time per successful batch", "time per success", "per success"}, per(v.PerSuccess()), per(v.NaivePerSuccess())},
		{[]string{"attempts sent", "attempts"}, strconv.FormatUint(v.Attempts, 10), strconv.FormatUint(v.NaiveAttempts, 10)},
	}
	switch s.plan.figures {
	case endpointFigures: // no batches, as endpoints have none in common
		rows = rows[len(rows)-1:]
	default:
		rows = rows[:s.plan.figures-1]
	}
	name := min(max(room-2*column, 0), mostFigureName)
	columns := []views.Column[figure]{
		{Title: "with policies", Width: column - views.FigureGap, Text: func(r figure) string { return r.with }},
		{Title: "naive", Width: column - views.FigureGap, Text: func(r figure) string { return r.naive }},
	}
	if !views.HasComparison(s.Frame.Snap.Run) {
		columns = columns[:1]
	}
	table := views.FitTable(columns, 2*column)
	p.Next()
	table.Head(p, name, views.Sort{})
	for _, r := range rows {
		p.Next()
		p.Clip(draw.Label, words.FirstFit(name, r.names...), name)
		table.Row(p, name, r, draw.Plain)
	}
}

// leastFigure is the width of a column that has room for its counts, without shares.
func leastFigure(v *stats.PipelineView) int {
	most := max(uint64(v.Batches), v.Asked)
	return max(2*digits(most)+len(" of "), len("with policies")) + views.FigureGap
}

// shareFigure is the width of a column that has room for counts of so many, with shares.
func shareFigure(of uint64) int { return 2*digits(of) + len(" of 100 %") + views.FigureGap }

func digits(n uint64) int { return len(strconv.FormatUint(n, 10)) }

// compareLuck compares the run with runs of other seeds.
func (s *drawing) compareLuck(p *draw.Pen) {
	if s.plan.luck > 0 {
		p.Next()
		p.Clip(draw.Label, s.Frame.Luck.Words(p.Width()-1), p.Width()-1)
	}
}

// compareBars are the delivered batches as bars.
func (s *drawing) compareBars(p *draw.Pen) {
	v := &s.Frame.Snap.Pipeline
	bar := func(name string, r draw.Role, n int) {
		p.Next()
		p.Text(draw.Label, fmt.Sprintf("%-6s", name))
		end := p.Limit - 1
		room := end - p.X - len(" 100 %")
		if v.Batches > 0 {
			eighths := min(max(8*room*n/v.Batches, views.OneIf(n > 0)), 8*room)
			p.Bar(r, eighths)
		}
		p.Right(draw.Plain, words.Share(n, v.Batches), end, 1)
	}
	bar("with", draw.Live, v.Delivered)
	bar("naive", draw.Fail, v.NaiveDelivered)
}

// compareGains is what each policy contributed.
func (s *drawing) compareGains(p *draw.Pen) {
	v := &s.Frame.Snap.Pipeline
	served, refused := "values", "calls, nothing sent"
	if v.Served > 0 {
		served += ", oldest " + words.Age(v.OldestServed)
	}
	if v.FastFailServed > 0 {
		refused = fmt.Sprintf("calls, %d served", v.FastFailServed)
	}
	for _, r := range []struct {
		name, did string
		n         uint64
		of        string
	}{
		{"retries", "saved", v.SavedCalls, fmt.Sprintf("of %d retried calls", v.RetriedCalls)},
		{"breakers", "refused", v.FastFail, refused},
		{"fallbacks", "served", v.Served, served},
	} {
		p.Next()
		p.Text(draw.Label, fmt.Sprintf("%-10s%-8s", r.name, r.did))
		p.Text(draw.Strong, fmt.Sprintf("%5d", r.n))
		p.Clip(draw.Label, " "+r.of, p.Room())
	}
}

// Columns of the table of sensors.
const (
	tableName = 12
	// leastShareBar is the least width of the bar of shares, barGap is what stands before
	// it.
	leastShareBar, barGap = 10, 2
)

// sensorColumns are what became of a sensor's calls, and what its policies did.
func sensorColumns() []views.SensorColumn {
	columns := make([]views.SensorColumn, 0, 8)
	for i, c := range []struct {
		title string
		width int
		mark  event.Mark
	}{{"live", 5, event.MarkLive}, {"stale", 5, event.MarkStale}, {"fast-fail", 9, event.MarkFastFail}, {"missing", 7, event.MarkMissing}} {
		columns = append(columns, views.SensorColumn{
			Title: c.title, Width: c.width, Role: views.MarkRole(c.mark),
			Text: func(v *stats.SensorView) string { return words.PercentOf(sharesOf(v)[i].n, v.Counts.Calls()) },
		})
	}
	return append(columns,
		views.SensorColumn{Title: "retries", Width: 7, Text: func(v *stats.SensorView) string { return words.Count(v.Counts.Retries) }},
		views.SensorColumn{Title: "opens", Width: 5, Text: func(v *stats.SensorView) string { return words.Count(opensOf(v)) }},
		views.SensorColumn{Title: "probes", Width: 6, Text: views.ProbesText},
		views.SensorColumn{Title: "delivered", Width: 9, Text: func(v *stats.SensorView) string {
			return words.PercentOf(v.Counts.Delivered(), v.Counts.Calls())
		}})
}

// opensOf is how often a sensor's circuit opened: of an endpoint as on its other pages,
// where a failed probe is no further opening.
func opensOf(v *stats.SensorView) uint64 {
	if v.Real {
		return v.Health.Opens
	}
	return v.Circuit.Opens
}

// sensorTable is a line for each sensor: the shares of what became of its calls,
// what its policies did, and the shares again as a bar.
func (s *drawing) sensorTable(p *draw.Pen) {
	columns := sensorColumns()
	table := views.FitTable(columns, 1<<10)
	if p.Width()-barGap-table.Width() < max(s.NameColumn()+2, tableName) { // the last one takes nothing from the names
		columns = columns[:len(columns)-1]
		table = views.FitTable(columns, 1<<10)
	}
	room := p.Width() - barGap - table.Width()
	name := max(min(s.NameColumn()+2, room), tableName)
	bar := room - name - 1
	if room < name { // the counts stand together, or not at all
		table = views.FitTable(columns[:4], p.Width()-name)
	}
	p.Next()
	table.Head(p, name, views.Sort{})
	if p.To(name + table.Width()); bar >= leastShareBar {
		p.Text(draw.Label, words.FirstFit(bar, "  shares, not a history", "  shares"))
	}
	for _, i := range s.Layout.Visible {
		v := s.Sensor(i)
		p.Next()
		s.TableName(p, v, name-2)
		table.Row(p, name, v, draw.Plain)
		if bar >= leastShareBar {
			p.To(p.X + barGap)
			shareBar(p, v, min(bar, 100))
		}
	}
}

// callShare is how many calls ended in one way.
type callShare struct {
	m event.Mark
	n uint64
}

func sharesOf(v *stats.SensorView) [4]callShare {
	c := &v.Counts
	return [...]callShare{
		{event.MarkLive, c.Live},
		{event.MarkStale, c.Stale + c.Interpolated},
		{event.MarkFastFail, c.FastFail},
		{event.MarkMissing, c.Missing},
	}
}

// shareBar draws the shares as w marks. A result that happened at all has at least one.
func shareBar(p *draw.Pen, v *stats.SensorView, w int) {
	total := float64(v.Counts.Calls())
	if total <= 0 {
		return
	}
	drawn, sum := 0, 0.0
	shares := sharesOf(v)
	for i, c := range shares {
		sum += float64(c.n)
		n := int(math.Round(sum/total*float64(w))) - drawn
		if c.n > 0 {
			n = max(n, 1)
		}
		left := 0 // cells that the later results need
		for _, later := range shares[i+1:] {
			left += views.OneIf(later.n > 0)
		}
		n = min(max(n, 0), max(w-drawn-left, 0))
		g, r := views.MarkSign(c.m)
		p.Repeat(r, g, n)
		drawn += n
	}
}
