package views

import (
	"math"
	"strconv"
	"strings"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/engine/health"
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// HealthRole is the role of the word for an endpoint's state.
func HealthRole(h *stats.Health) draw.Role {
	switch {
	case h.State == health.Down:
		return draw.Fail
	case h.State == health.Slow || h.Flapping:
		return draw.Stale
	case h.State == health.Up:
		return draw.Live
	default:
		return draw.Label
	}
}

// HealthSign is the glyph of an endpoint's state; blank while it is not known.
func HealthSign(h *stats.Health) string {
	switch h.State {
	case health.Down:
		return MarkGlyph(event.MarkMissing)
	case health.Up, health.Slow:
		return MarkGlyph(event.MarkLive)
	default:
		return " "
	}
}

// EndpointForms say how an endpoint is, since when and why, or what stands out: the
// longest form first. With brief the forms of narrow screens come first, which say how
// long instead of since when.
func (s *Screen) EndpointForms(v *stats.SensorView, brief bool) []string {
	h := &v.Health
	var long, short []string
	switch {
	case h.State == health.Down:
		long, short = s.downForms(h)
	case h.Flapping:
		outages := ", " + strconv.Itoa(h.FlappedOutages) + " outages in "
		within := words.Span(s.Frame.Snap.Run.Thresholds.Resolved().FlappingWithin)
		long, short = []string{"FLAPPING" + outages + within}, []string{"FLAPPING"}
	case h.State == health.Slow:
		long, short = s.slowForms(v)
	case h.State == health.Up:
		long, short = s.upForms(v)
	case h.Failed > 0:
		long = []string{"last call failed: " + v.LastErr, "last call failed"}
	case v.Calls == 0:
		long, short = []string{"waiting for the first answer"}, []string{"no answer yet"}
	}
	if brief {
		return append(short, "")
	}
	return append(append(long, short...), "")
}

// SinceWords follow the word for an endpoint's state: since when it is in it, how long that
// is, and where it is down why.
func (f *Frame) SinceWords(h *stats.Health) string {
	text := " since " + sentence.Moment(f.Snap.Run, h.Since) + ", " + words.Lasting(f.Now-h.Since)
	if h.State == health.Down {
		text += ": " + h.Cause
	}
	return text
}

// UpWords are the availability of an endpoint, its outages, and the calls that it missed.
func (f *Frame) UpWords(h *stats.Health) string {
	text := strings.TrimSpace(words.ShareFixed(h.UpShare, h.HasUp)) + ", " + f.OutagesWords(h)
	if h.Missed > 0 {
		text += ", " + strconv.FormatUint(h.Missed, 10) + " missed"
	}
	return text
}

// OutagesWords are how many outages there were, and how long they lasted together: where
// the policies only watch that is known as sharply as the interval allows.
func (f *Frame) OutagesWords(h *stats.Health) string {
	if h.Outages == 0 {
		return "no outage"
	}
	text := words.Counted(h.Outages, "outage") + ", " + words.Lasting(h.Down)
	if !f.Beside() {
		text += words.Margin(h.PlusMinus, "±")
	}
	return text
}

func (s *Screen) downForms(h *stats.Health) (long, short []string) {
	since := "DOWN since " + sentence.Moment(s.Frame.Snap.Run, h.Since)
	lasting := words.Lasting(s.Frame.Now - h.Since)
	cause := sentence.Brief(h.Cause)
	long = []string{
		since + ", " + lasting + ": " + h.Cause, since + ", " + lasting + ": " + cause,
		since + ": " + cause,
	}
	return long, []string{"DOWN " + lasting + ", " + cause, "DOWN " + lasting, "DOWN"}
}

func (s *Screen) slowForms(v *stats.SensorView) (long, short []string) {
	since, now := "SLOW since "+sentence.Moment(s.Frame.Snap.Run, v.Health.Since), words.FineMillis(v.LastTook)
	if v.Health.P95Now > 0 {
		now = words.FineMillis(v.Health.P95Now)
	}
	if ago, was := before(&v.Health); was != "" {
		long = []string{
			since + ": p95 " + now + " ms, " + ago + " " + was + " ms", since + ": p95 " + now + ", was " + was + " ms",
			since + ": " + now + ", was " + was + " ms",
		}
		short = []string{"SLOW " + now + " ms, was " + was}
	}
	return append(long, since+": "+now+" ms"), append(short, "SLOW "+now+" ms", "SLOW")
}

// before is the latency of long ago, and how long ago that was; both are empty where it is
// not known.
func before(h *stats.Health) (ago, was string) {
	if h.P95Before <= 0 {
		return "", ""
	}
	return AgoWords(h.Before), words.FineMillis(h.P95Before)
}

// AgoWords is how long ago something was, to the minute where it is long ago.
func AgoWords(d time.Duration) string {
	switch {
	case d >= 50*time.Minute && d < 90*time.Minute:
		return "an hour ago"
	case d >= 2*time.Minute:
		return words.Lasting(d.Round(time.Minute)) + " ago"
	default:
		return words.Lasting(d) + " ago"
	}
}

func (s *Screen) upForms(v *stats.SensorView) (long, short []string) {
	h := &v.Health
	switch {
	case h.Failed > 0:
		return []string{"UP, but the last call failed: " + v.LastErr, "UP, last failed: " + sentence.Brief(v.LastErr)}, []string{"UP, 1 failed", "UP"}
	case !v.Timed && v.HasValue:
		value := ValueText(s.Look, v)
		if trend := signed(&v.Sensor, h.PerMinute); h.HasTrend && strings.Trim(trend, "+0.") != "" { // else too small to be seen
			long = []string{"UP, " + value + ", " + trend + " a minute"}
		}
		return append(long, "UP, "+value), []string{"UP, " + value, "UP"}
	case grew(h):
		ago, was := before(h)
		p95 := words.FineMillis(h.P95Now)
		return []string{
			"UP, slower: p95 " + p95 + " ms, " + ago + " " + was + " ms", "UP, p95 " + p95 + " ms, was " + was,
		}, []string{"UP, was " + was + " ms", "UP"}
	case h.Ended > 0:
		since := "UP since " + sentence.Moment(s.Frame.Snap.Run, h.Since)
		return []string{since + ", was down for " + words.Lasting(h.Ended-h.Began), since}, []string{"UP"}
	default:
		return nil, []string{"UP"}
	}
}

// grew is true where answers take at least twice as long as they did long ago.
func grew(h *stats.Health) bool {
	return h.P95Before > 0 && h.P95Now >= 2*h.P95Before && h.P95Now-h.P95Before >= 20*time.Millisecond
}

// signed is a change of a value with its sign. It is an estimate: two digits say enough of a
// small one, and more than a hundred is whole.
func signed(s *event.Sensor, change float64) string {
	if math.Abs(change) > 100 {
		change = math.Round(change)
	} else if change != 0 {
		unit := math.Pow(10, math.Floor(math.Log10(math.Abs(change)))-1)
		change = math.Round(change/unit) * unit
	}
	text := sentence.Number(s, change)
	if change > 0 {
		return "+" + text
	}
	return text
}
