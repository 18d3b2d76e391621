package detail

import (
	"fmt"
	"strconv"
	"time"

	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// metric is a count by its name in JSON. Its share of another count, of, is shown with it
// unless that is 0.
type metric struct {
	name  string
	n, of uint64
}

// shareLine writes a name, a figure that ends at a column, and how many per cent n is of
// another count, unless that is 0.
func shareLine(p *draw.Pen, name, figure string, column int, n, of uint64) {
	p.Next()
	p.Text(draw.Label, name)
	p.Right(draw.Plain, figure, column, 1)
	if of > 0 {
		p.Right(draw.Label, words.PercentOf(n, of)+" %", 35, 1)
	}
}

// metricsBox is the metrics of a circuit breaker since the start, and below them
// what the retries and the fallback did.
func (s *drawing) metricsBox(v *stats.SensorView, at draw.Rect) {
	if s.Frame.Real() {
		s.endpointBox(v, at)
		return
	}
	p := s.Panelled(at, []draw.Seg{draw.Words(draw.Plain, "metrics since the start")}, nil)
	m := &v.Counts.Metrics
	total := v.Counts.Calls()
	room := p.Height()
	lines := []metric{
		{"totalCalls", total, total},
		{"successCalls", m.SuccessCalls, total},
		{"failureCalls", m.FailureCalls, total},
		{"fastFailCount", m.FastFailCount, total},
		{"circuitOpenCount", m.CircuitOpenCount, 0},
		{"probeSuccessCount", m.ProbeSuccessCount, 0},
		{"probeFailCount", m.ProbeFailCount, 0},
	}
	texts := []string{lastFailureWords(v, s.Frame.Now), retriesWords(v, p.Width())}
	if more := []string{servedWords(v, p.Width()), ""}; room >= len(lines)+len(texts)+3 {
		lines = append(lines, metric{"ignoredCalls", m.IgnoredCalls, total})
		texts = append(texts, more...)
	}
	for _, l := range lines {
		shareLine(p, sentence.FigureWord(l.name), strconv.FormatUint(l.n, 10), 24, l.n, l.of)
	}
	for _, t := range texts {
		p.Next()
		p.Clip(draw.Label, t, p.Width())
	}
	room -= len(lines) + len(texts)
	if room >= 3 {
		room -= stateShares(p, v)
	}
	if room >= 4 {
		s.changesList(p, v, room)
	}
}

func lastFailureWords(v *stats.SensorView, now time.Duration) string {
	if !v.HasFailed {
		return "no failure yet"
	}
	return "last failure " + words.Age(now-v.FailedAt) + " ago"
}

// retriesWords says in at most so many cells what the retries did. The time that they waited
// is left out where there is no room; the page of the retries has it too.
func retriesWords(v *stats.SensorView, room int) string {
	c := &v.Counts
	if c.Retries == 0 {
		return "no retries yet"
	}
	terms := fmt.Sprintf("retries %d, saved %d of %d", c.Retries, c.SavedCalls, c.RetriedCalls)
	if all := terms + ", waited " + words.LongSeconds(c.Waited); words.Width(all) <= room {
		return all
	}
	return terms
}

func servedWords(v *stats.SensorView, room int) string {
	c := &v.Counts
	if c.Served == 0 {
		return "no substitute served yet"
	}
	terms := fmt.Sprintf("substitutes %d, oldest %s", c.Served, words.Age(c.OldestServed))
	if all := fmt.Sprintf("%s, %d to refused calls", terms, c.FastFailServed()); c.FastFailServed() > 0 && words.Width(all) <= room {
		return all
	}
	return terms
}

// stateShares is how long the circuit was in each state.
func stateShares(p *draw.Pen, v *stats.SensorView) (lines int) {
	t := &v.States
	for _, l := range []struct {
		name string
		d    time.Duration
	}{{"CLOSED", t.Closed}, {"OPEN", t.Open}, {"HALF_OPEN", t.HalfOpen}, {"FORCED OPEN", t.ForcedOpen}, {"DISABLED", t.Disabled}} {
		if l.d == 0 && (l.name == "FORCED OPEN" || l.name == "DISABLED") {
			continue
		}
		shareLine(p, "time "+l.name, words.Age(l.d), 26, uint64(max(l.d, 0)), uint64(max(t.Total(), 0)))
		lines++
	}
	return lines
}

// changesList draws the last transitions, the newest at the end.
func (s *drawing) changesList(p *draw.Pen, v *stats.SensorView, room int) {
	changes := v.Changes[max(len(v.Changes)-(room-2), 0):]
	p.Next()
	p.Next()
	p.Text(draw.Label, "changes of state")
	for _, c := range changes {
		from, _ := s.Frame.StateWords(c.Change.From)
		to, _ := s.Frame.StateWords(c.Change.To)
		p.Next()
		p.Text(draw.Label, sentence.Moment(s.Frame.Snap.Run, c.At))
		if !v.Real {
			p.Text(draw.Label, fmt.Sprintf(" %6d", c.Batch))
		}
		p.Text(draw.Label, "  ")
		p.Text(draw.Plain, from+" to ")
		p.Text(views.StateRole(c.Change.To), to)
	}
}
