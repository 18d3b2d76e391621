package detail

import (
	"fmt"

	"resiltui/internal/engine/health"
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// What a real endpoint itself did, apart from what the policies delivered.

// healthRow says how the endpoint is, since when and why.
func healthRow(v *stats.SensorView, f *views.Frame) whyRow {
	h := &v.Health
	row := whyRow{label: "endpoint", lead: draw.Words(views.HealthRole(h), h.State.String())}
	if h.State == health.Unknown {
		row.text = ", no answer yet"
		return row
	}
	row.at, row.moment, row.text = h.Since, true, f.SinceWords(h)
	return row
}

// upRow is the availability.
func upRow(v *stats.SensorView, f *views.Frame) whyRow {
	return whyRow{label: "up", text: f.UpWords(&v.Health)}
}

// refusedWords are what a breaker that only watches would have refused.
func refusedWords(h *stats.Health) string {
	if h.Refused == 0 {
		return "refuse nothing so far"
	}
	return fmt.Sprintf("refuse %s: %d bad, %d good", words.Counted(int(h.Refused), "call"), h.RefusedBad, h.RefusedGood)
}

// endpointBox is what the endpoint did in the last hour, and below it what the policies
// did, or would have done.
func (s *drawing) endpointBox(v *stats.SensorView, at draw.Rect) {
	span := words.Lasting(s.Frame.Now)
	if s.Frame.Now >= stats.HealthWindow {
		span = words.Span(stats.HealthWindow)
	}
	p := s.Panelled(at, []draw.Seg{draw.Words(draw.Plain, "endpoint, the last "+span)}, nil)
	rows := append(s.endpointRows(v), s.policyRows(v)...)
	for _, r := range rows[:min(len(rows), p.Height())] {
		p.Next()
		p.Text(draw.Label, r.label)
		p.To(whyLabel)
		p.Clip(draw.Plain, r.text, p.Room())
	}
	if room := p.Height() - len(rows); room >= 4 {
		s.changesList(p, v, room)
	}
}

// endpointRows are what the endpoint itself did.
func (s *drawing) endpointRows(v *stats.SensorView) []whyRow {
	h := &v.Health
	rows := []whyRow{
		{label: "up", text: words.ShareFixed(h.UpShare, h.HasUp)},
		{label: "down", text: s.Frame.OutagesWords(h)},
		{label: "answered", text: fmt.Sprintf("%d of %d, %d failed alone", h.Answered, h.Asked, h.Alone)},
		{label: "missed", text: words.Counted(int(h.Missed), "call") + " that " + words.Plural("was", "were", int(min(h.Missed, 2))) + " due"},
	}
	if h.Ended > 0 {
		rows = append(rows, whyRow{
			label: "last down", text: sentence.Moment(s.Frame.Snap.Run, h.Began) + " for " + words.Lasting(h.Ended-h.Began),
		})
	}
	return append(rows, whyRow{label: "trend", text: s.trendWords(v)})
}

// trendWords say how latency or the value has changed.
func (s *drawing) trendWords(v *stats.SensorView) string {
	h := &v.Health
	switch {
	case !v.Timed && v.HasValue && h.ValueAgo > 0:
		return views.ValueText(s.Look, v) + ", " + views.AgoWords(h.ValueAgo) + " " + sentence.Number(&v.Sensor, h.ValueBefore)
	case h.P95Before > 0:
		return "p95 " + words.FineMillis(h.P95Now) + " ms now, " + views.AgoWords(h.Before) + " " + words.FineMillis(h.P95Before)
	default:
		return "known after ten minutes"
	}
}

// policyRows are what the policies did with its answers, or would have done.
func (s *drawing) policyRows(v *stats.SensorView) []whyRow {
	h, c := &v.Health, &v.Counts
	if s.Frame.Beside() {
		refused := "no call"
		if h.Refused > 0 {
			refused = fmt.Sprintf("%d: %d bad, %d good", h.Refused, h.RefusedBad, h.RefusedGood)
		}
		return []whyRow{
			{label: "(opens)", text: fmt.Sprintf("%d, %s", h.Opens, words.Counted(int(h.Probes), "probe"))},
			{label: "(refuses)", text: refused},
		}
	}
	share := func(n uint64) string { return words.ShareFixed(words.Ratio(n, c.Calls())) }
	return []whyRow{
		{label: "delivered", text: "live " + share(c.Live) + ", substitutes " + share(c.Stale+c.Interpolated)},
		{label: "refused", text: fmt.Sprintf("%d calls, opens %d, probes %d", h.Refused, h.Opens, h.Probes)},
		{label: "retries", text: fmt.Sprintf("%d, saved %d of %d calls", c.Retries, c.SavedCalls, c.RetriedCalls)},
	}
}
