package views

import (
	"fmt"
	"strings"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/engine/fallback"
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// LiveShare says which share of the calls was live ("ok  97 %").
func LiveShare(c stats.Counts) string {
	p, ok := words.Percent(c.Live, c.Calls())
	if !ok {
		return "ok " + words.NotAvailable + "  "
	}
	return fmt.Sprintf("ok %3d %%", p)
}

// ValueText is a value with the sensor's digits and unit.
func ValueText(l *draw.Look, v *stats.SensorView) string {
	switch {
	case v.Calls == 0:
		return ""
	case !v.HasValue:
		return "no value"
	}
	unit := v.Unit
	if l.ASCII {
		unit = strings.TrimPrefix(unit, "°")
	}
	return sentence.Value(&v.Sensor, v.Value, unit)
}

// AgeWords says how old the value is and why.
func AgeWords(v *stats.SensorView, now time.Duration) string {
	switch {
	case v.Calls == 0:
		return "no call has ended yet"
	case !v.HasValue && v.HeldUntil > now:
		return "held, nothing to serve"
	case !v.HasValue && v.Last == event.FastFail:
		return "refused, nothing to serve"
	case !v.HasValue:
		return "failed, nothing to serve"
	}
	age := words.Age(now - v.SourceAt)
	switch {
	case v.Last == event.Live:
		return "read " + age + " ago"
	case v.Quality == fallback.Interpolated:
		return "mean of good, " + age + " old"
	default:
		return "last good, " + age + " old"
	}
}

// AgeShort is the age alone.
func AgeShort(v *stats.SensorView, now time.Duration) string {
	if v.Calls == 0 || !v.HasValue {
		return ""
	}
	return words.Age(now - v.SourceAt)
}

// LastResult returns a sensor's last result as a mark and a word. short is the word for titles
// with little room.
func LastResult(v *stats.SensorView) (m event.Mark, word, short string) {
	if v.Calls == 0 {
		return event.MarkNone, "WAITING", "WAITING"
	}
	switch v.Last {
	case event.Live:
		return event.MarkLive, "LIVE", "LIVE"
	case event.Stale:
		return event.MarkStale, "STALE", "STALE"
	case event.Interpolated:
		return event.MarkInterpolated, "STALE", "STALE"
	case event.FastFail:
		return event.MarkFastFail, "FAST-FAIL", "FAST-FAIL"
	case event.Missing:
		return event.MarkMissing, "MISSING", "MISSING"
	default:
		return event.MarkNone, "UNKNOWN", "UNKNOWN"
	}
}

// ResultSign is a sensor's last result as a glyph with its role, a word, and one for little
// room: of an endpoint that the policies only watch, how it is.
func (f *Frame) ResultSign(v *stats.SensorView) (glyph string, r draw.Role, word, short string) {
	if h := &v.Health; f.Beside() {
		return HealthSign(h), HealthRole(h), h.State.String(), h.State.String()
	}
	m, word, short := LastResult(v)
	glyph, r = MarkSign(m)
	return glyph, r, word, short
}

// ChangedThen says whose circuits changed their state at that moment, and how.
func ChangedThen(s *stats.Snapshot, at time.Duration) string {
	var out []string
	for i := range s.Sensors {
		v := &s.Sensors[i]
		if c := v.LastChange; c != nil && v.ChangedAt == at {
			from, _ := sentence.State(c.From)
			to, _ := sentence.State(c.To)
			out = append(out, sentence.SensorTitle(v.Sensor)+": "+from+" to "+to)
		}
	}
	return strings.Join(out, ", ")
}

// CauseWords says why the circuit is in its state: when and why it opened or closed. It may
// take room cells; a long cause that is known is shortened rather than cut.
func (f *Frame) CauseWords(v *stats.SensorView, room int) string {
	return sentence.Standing{
		Run: f.Snap.Run, State: v.Circuit.State, Change: v.LastChange, At: v.ChangedAt, Opening: v.LastOpening, OpenedAt: v.OpenedAt,
	}.Why(room)
}

// failureWords says how the last call failed.
func failureWords(v *stats.SensorView) string {
	return fmt.Sprintf("%s, %d %s, %d ms", v.LastErr, v.LastAttempts,
		words.Plural("attempt", "attempts", v.LastAttempts), words.Millis(v.LastTook))
}

// PercentileWords is the latency of answered calls, or how many answers it still needs.
func PercentileWords(v *stats.SensorView) string {
	if v.Answers < stats.MinAnswers {
		return fmt.Sprintf("p50 %s   %d %s, %d needed", words.NotAvailable, v.Answers,
			words.Plural("answer", "answers", int(v.Answers)), stats.MinAnswers)
	}
	top, d := "max", v.Max
	if v.Answers >= stats.MinAnswersP99 {
		top, d = "p99", v.P99
	}
	return fmt.Sprintf("p50 %3d  p95 %3d  %s %3d ms", words.Millis(v.P50), words.Millis(v.P95), top, words.Millis(d)) + OfFew(v)
}

// OfFew says how many answers there were, after percentiles of so few that they are
// uncertain; otherwise it is empty.
func OfFew(v *stats.SensorView) string {
	if v.Answers >= stats.SureAnswers {
		return ""
	}
	return fmt.Sprintf(" of %d", v.Answers)
}

// ProbesText is how many probes were good and how many were bad ("3/1").
func ProbesText(v *stats.SensorView) string {
	m := &v.Counts.Metrics
	if m.ProbeSuccessCount+m.ProbeFailCount == 0 {
		return "-"
	}
	return words.Count(m.ProbeSuccessCount) + "/" + words.Count(m.ProbeFailCount)
}
