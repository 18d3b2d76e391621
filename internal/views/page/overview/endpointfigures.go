package overview

import (
	"fmt"
	"math"
	"time"

	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// figures stand at the right of the tracks: up and latency are the endpoint's, call and
// state are the policies'.
type figures struct{ up, latency, value, call, state string }

// figuresOf makes the figures of an endpoint for the room that there is.
func (s *endpoints) figuresOf(v *stats.SensorView) figures {
	room := s.figures - 2
	out := figures{up: upWords(s.Look, &v.Health, room), latency: latencyWords(&v.Health, room), value: s.valueWords(v, room)}
	out.call, out.state = s.besideWords(&v.Health, room)
	if !s.Frame.Snap.Run.Beside {
		out.call, out.state = policyWords(v, room)
	}
	if s.Layout.Width < wideFrom {
		out.call = s.shares(v, room)
	}
	return out
}

// upWords is the availability, and the outages.
func upWords(look *draw.Look, h *stats.Health, room int) string {
	up := fmt.Sprintf("up %7s", words.ShareFixed(h.UpShare, h.HasUp))
	if !h.HasUp {
		return fits(room, up)
	}
	outages := words.Counted(h.Outages, "outage")
	if h.Outages == 0 {
		outages = "no outage"
	}
	lasting := ""
	if h.Outages > 0 {
		lasting = ", " + words.Lasting(h.Down)
	}
	alone := ""
	if h.Alone > 0 {
		alone = fmt.Sprintf(", %d failed alone", h.Alone)
	}
	about := lasting
	if h.Outages > 0 {
		about += words.Margin(h.PlusMinus, look.PlusMinus)
	}
	return fits(room, up+"  "+outages+about+alone, up+"  "+outages+lasting+alone, up+"  "+outages+about, up+"  "+outages+lasting, up+"  "+outages, up)
}

// latencyWords is the latency in figures; before there are enough answers it says so.
func latencyWords(h *stats.Health, room int) string {
	if h.Answers < stats.MinAnswers {
		answers := words.Counted(int(h.Answers), "answer")
		return fits(room, fmt.Sprintf("p95 %s: %s, %d needed", words.NotAvailable, answers, stats.MinAnswers), "p95   n/a ms", "p95 n/a")
	}
	p50, p95, longest := words.FineMillis(h.P50), words.FineMillis(h.P95), words.FineMillis(h.Max)
	return fits(room, fmt.Sprintf("p50 %4s  p95 %5s  max %5s ms", p50, p95, longest), fmt.Sprintf("p95 %5s ms", p95), "p95 "+p95)
}

// valueWords is the value, and what it was.
func (s *endpoints) valueWords(v *stats.SensorView, room int) string {
	if !v.HasValue {
		return "no value"
	}
	value, h := views.ValueText(s.Look, v), &v.Health
	if h.ValueAgo < 2*time.Minute || math.IsNaN(h.ValueBefore) {
		return fits(room, value)
	}
	return fits(room, value+", "+views.AgoWords(h.ValueAgo)+" "+sentence.Number(&v.Sensor, h.ValueBefore), value)
}

// besideWords are the figures where the policies only watch: what was asked, and what the
// breaker would have refused.
func (s *endpoints) besideWords(h *stats.Health, room int) (call, state string) {
	call = fits(room, fmt.Sprintf("answered %d of %d  missed %d", h.Answered, h.Asked, h.Missed), fmt.Sprintf("%d of %d", h.Answered, h.Asked))
	opens := fmt.Sprintf("opens %d", h.Opens)
	refuses := ""
	if h.Refused > 0 {
		refuses = fmt.Sprintf(", refuses %d", h.Refused)
	}
	judged := fmt.Sprintf(": %d bad, %d good", h.RefusedBad, h.RefusedGood)
	if h.Refused == 0 {
		judged = ""
	}
	return call, fits(room, "("+opens+refuses+judged+")", "("+opens+refuses+")", "("+opens+")")
}

// policyWords are the figures where the policies are in the way.
func policyWords(v *stats.SensorView, room int) (call, state string) {
	c, h := &v.Counts, &v.Health
	share := func(part uint64) string { return words.ShareFixed(words.Ratio(part, c.Calls())) }
	call = fits(room, fmt.Sprintf("live %s  %s %s  %s %s", share(c.Live), "~", share(c.Stale+c.Interpolated), "×", share(c.FastFail)), "live "+share(c.Live))
	return call, fits(room, fmt.Sprintf("opens %d  probes %d  missed %d", h.Opens, h.Probes, h.Missed), fmt.Sprintf("opens %d", h.Opens))
}

// shares are the two shares that are left on a narrow screen, without their sign.
func (s *endpoints) shares(v *stats.SensorView, room int) string {
	percent := func(share float64, ok bool) string {
		return fmt.Sprintf("%5s", words.FirstFit(5, trimPercent(words.ShareFixed(share, ok)), "n/a"))
	}
	up := "up " + percent(v.Health.UpShare, v.Health.HasUp)
	if s.Frame.Snap.Run.Beside {
		outages := words.Counted(v.Health.Outages, "outage")
		return fits(room, up+"  "+outages, up)
	}
	return fits(room, up+" live "+percent(v.Counts.LiveShare()), up)
}

func trimPercent(share string) string {
	if n := len(share) - len(" %"); n > 0 && share[n:] == " %" {
		return share[:n]
	}
	return words.NotAvailable
}

// figuresSpan is the time that the figures are about.
func figuresSpan(f *views.Frame) string {
	if f.Now >= stats.HealthWindow {
		return words.Span(stats.HealthWindow)
	}
	return words.Lasting(f.Now)
}

// span is the length of a slot in words.
func span(slot time.Duration) string { return words.Lasting(slot) }
