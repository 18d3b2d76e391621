package compare

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// compareSentence says what the policies bought and what they cost, or why that
// cannot be said.
// Without room for all of it the attempts are left out.
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
		text = strconv.Itoa(v.Delivered) + " successes against none"
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

// Columns of the figures: a name, and twice what a count of batches takes.
const (
	mostFigure     = 19
	mostFigureName = 26
)

// perSuccess is the longest name of a figure; without room for it a short one stands there.
const perSuccess = "time per successful batch"

// compareFigures is the table of the two pipelines.
func (s *drawing) compareFigures(p *draw.Pen) {
	if s.plan.figures == 0 {
		return
	}
	v := &s.Frame.Snap.Pipeline
	naive := views.HasComparison(s.Frame.Snap.Run)
	per := func(took time.Duration, ok bool) string {
		if !ok {
			return words.NotAvailable
		}
		return words.LongSeconds(took)
	}
	batches := func(n int) string {
		return fmt.Sprintf("%d of %d %5s", n, v.Batches, words.Share(n, v.Batches))
	}
	rows := [][3]string{
		{"", "with policies", "naive"},
		{"successful batches", batches(v.Delivered), batches(v.NaiveDelivered)},
		{"time in batches", words.LongSeconds(v.Took), words.LongSeconds(v.NaiveTook)},
		{perSuccess, per(v.PerSuccess()), per(v.NaivePerSuccess())},
		{"attempts sent", strconv.FormatUint(v.Attempts, 10), strconv.FormatUint(v.NaiveAttempts, 10)},
	}
	if s.plan.figures < len(rows) { // no batches, as endpoints have none in common
		rows = slices.Delete(rows, 1, 4)
	}
	for i, r := range rows {
		p.Next()
		role := draw.Plain
		if i == 0 {
			role = draw.Label
		}
		room := p.Room() - 1
		column := max(min((room-mostFigureName)/2, mostFigure), 2*len(strconv.Itoa(v.Batches))+11)
		name := min(max(room-2*column, 0), mostFigureName)
		label := r[0]
		if label == perSuccess && words.Width(label) > name {
			label = "time per success"
		}
		p.Clip(draw.Label, label, name)
		p.Right(role, r[1], name+column, 1)
		if naive {
			p.Right(role, r[2], name+2*column, 1)
		}
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
			p.Text(r, strings.Repeat(s.Look.RowBlocks[8], eighths/8)+s.Look.RowBlocks[eighths%8])
		}
		p.Right(draw.Plain, words.Share(n, v.Batches), end, 1)
	}
	bar("with", draw.Live, v.Delivered)
	bar("naive", draw.Fail, v.NaiveDelivered)
}

// compareGains is what each policy contributed.
func (s *drawing) compareGains(p *draw.Pen) {
	v := &s.Frame.Snap.Pipeline
	served := "values"
	if v.Served > 0 {
		served += ", oldest " + words.Age(v.OldestServed)
	}
	for _, r := range []struct {
		name, did string
		n         uint64
		of        string
	}{
		{"retries", "saved", v.SavedCalls, fmt.Sprintf("of %d retried calls", v.RetriedCalls)},
		{"breakers", "refused", v.Refused, "calls, nothing sent"},
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
	tableName   = 12
	tableShares = 34
	// tableCounts is the columns of retries, opens and probes.
	tableCounts = 26
	// leastShareBar is the least width of the bar of shares.
	leastShareBar = 10
)

// sensorTable is a line for each sensor: the shares of what became of its calls,
// what its policies did, and the shares again as a bar.
func (s *drawing) sensorTable(p *draw.Pen) {
	w, name := p.Width(), tableName
	if spare := w - tableName - tableShares - tableCounts; spare > 0 {
		name = min(max(s.NameColumn()+2, tableName), tableName+spare)
	}
	counts := w >= name+tableShares+tableCounts
	bar := w - name - tableShares - tableCounts - 1
	p.Next()
	p.To(name)
	p.Text(draw.Label, "   live  stale  fast-fail  missing")
	if counts {
		p.Text(draw.Label, "  retries  opens  probes")
	}
	if bar >= leastShareBar {
		p.Clip(draw.Label, "  shares, not a history", bar)
	}
	for _, i := range s.Layout.Visible {
		v := s.Sensor(i)
		p.Next()
		s.TableName(p, v, name-2)
		p.To(name)
		for _, c := range sharesOf(v) {
			p.Text(views.MarkRole(c.m), fmt.Sprintf("%*s", c.w, words.PercentOf(c.n, v.Counts.Calls())))
		}
		if counts {
			m := &v.Counts.Metrics
			probes := "-"
			if m.ProbeSuccessCount+m.ProbeFailCount > 0 {
				probes = fmt.Sprintf("%d/%d", m.ProbeSuccessCount, m.ProbeFailCount)
			}
			p.Text(draw.Plain, fmt.Sprintf("%9d%7d%8s", v.Counts.Retries, v.Circuit.Opens, probes))
		}
		if bar >= leastShareBar {
			p.To(p.X + 2)
			shareBar(p, v, min(bar, 100))
		}
	}
}

// callShare is how many calls ended in one way, and how wide its column is.
type callShare struct {
	m event.Mark
	n uint64
	w int
}

func sharesOf(v *stats.SensorView) []callShare {
	c := &v.Counts
	return []callShare{
		{event.MarkLive, c.Live, 7},
		{event.MarkStale, c.Stale + c.Interpolated, 7},
		{event.MarkFastFail, c.FastFail, 11},
		{event.MarkMissing, c.Missing, 9},
	}
}

// shareBar draws the shares in marks, w cells in all. What happened at all has a
// cell at least.
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
		left := 0 // cells that the ways behind need
		for _, later := range shares[i+1:] {
			left += views.OneIf(later.n > 0)
		}
		n = min(max(n, 0), max(w-drawn-left, 0))
		g, r := views.MarkSign(c.m)
		p.Repeat(r, g, n)
		drawn += n
	}
}
