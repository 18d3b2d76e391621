package viewstest

import (
	"strings"
	"time"

	"pgregory.net/rapid"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/health"
	"resiltui/internal/engine/policy"
	"resiltui/internal/engine/retry"
	"resiltui/internal/sensors"
	"resiltui/internal/stats"
)

// Text is a random text as it may come from outside: long, wide, empty.
func Text(t *rapid.T, name string) string {
	return rapid.SampledFrom([]string{
		"", "x", "coolant", "温度センサー", "naïve café", strings.Repeat("long ", 60), "👩‍👩‍👧 family", "é́", "\u200bzero\u200d\u00ad width\ufeff",
	}).Draw(t, name)
}

// Span draws a duration, also negative and extremely long ones.
func Span(t *rapid.T, name string) time.Duration {
	return time.Duration(rapid.SampledFrom([]int64{
		-1, 0, 1, 5e7, 4e8, 3e9, 9e10, 1e13, 1<<63 - 1, -1 << 63,
	}).Draw(t, name))
}

// Count draws a count, also extremely large ones.
func Count(t *rapid.T, name string) uint64 {
	return rapid.SampledFrom([]uint64{0, 1, 7, 20, 100, 123456, 1<<64 - 1}).Draw(t, name)
}

func anyColumns(t *rapid.T) []stats.Column {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) stats.Column {
		return stats.Column{
			At: Span(t, "at"), Took: Span(t, "took"),
			Mark:  event.Mark(rapid.IntRange(0, 8).Draw(t, "mark")),
			State: breaker.State(rapid.IntRange(0, 6).Draw(t, "state")),
			Probe: rapid.Bool().Draw(t, "probe"), Fault: rapid.Bool().Draw(t, "fault"),
		}
	}), 0, 60).Draw(t, "columns")
}

// AnyViews draws a few different sensors. Drawing as many as forty would take long and find
// nothing more.
func AnyViews(t *rapid.T) []stats.SensorView {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) stats.SensorView {
		change := &event.Change{
			Reason: breaker.Reason(rapid.IntRange(0, 11).Draw(t, "reason")),
			Cause:  Text(t, "cause"), By: Text(t, "by"), Count: rapid.IntRange(0, 99).Draw(t, "count"),
		}
		n := rapid.SampledFrom([]int{-1, 0, 1, 5, 10, 11, 1000}).Draw(t, "threshold")
		v := stats.SensorView{
			Sensor: event.Sensor{
				Info:     sensors.Info{ID: Text(t, "id"), Name: Text(t, "name"), Unit: Text(t, "unit"), Decimals: rapid.IntRange(-1, 9).Draw(t, "decimals"), Real: rapid.Bool().Draw(t, "real")},
				Interval: Span(t, "interval"), Policy: policy.Policy{Breaker: breaker.Settings{FailureThreshold: n, SuccessesToClose: max(n, 0)}},
			},
			Calls: Count(t, "calls"), Last: event.Result(rapid.IntRange(0, 6).Draw(t, "last")), LastErr: Text(t, "err"),
			HasValue: rapid.Bool().Draw(t, "has"), Value: rapid.Float64().Draw(t, "value"), SourceAt: Span(t, "source"),
			Circuit: breaker.Circuit{
				State: breaker.State(rapid.IntRange(0, 6).Draw(t, "circuit")), Failures: rapid.IntRange(-1, 12).Draw(t, "failures"),
				ProbeAt: Span(t, "probe"), OpenFor: Span(t, "openFor"), Opens: Count(t, "opens"),
			},
			Columns: anyColumns(t), Answers: Count(t, "answers"), P50: Span(t, "p50"), P95: Span(t, "p95"), P99: Span(t, "p99"), Max: Span(t, "top"),
			Counts: stats.Counts{Live: Count(t, "live"), Stale: 3, Retries: Count(t, "retries")},
			Faults: []stats.FaultSpan{{Label: Text(t, "label"), From: Span(t, "from"), To: Span(t, "to"), Until: Span(t, "until")}},
		}
		if rapid.Bool().Draw(t, "changed") {
			v.LastChange = change
		}
		if rapid.Bool().Draw(t, "opened") {
			v.LastOpening = change
		}
		if rapid.Bool().Draw(t, "detailed") {
			v.Recent, v.Tripping, v.OpenedAt = anyCalls(t), v.LastOpening, Span(t, "openedAt")
			v.Changes = []stats.ChangeView{{At: Span(t, "changeAt"), Batch: 7, Change: change}}
			anyPolicy(t, &v)
		}
		return v
	}), 1, 3).Draw(t, "views")
}

// AnyHealth draws the health of an endpoint, also with extreme figures.
func AnyHealth(t *rapid.T) stats.Health {
	h := stats.Health{
		State: health.State(rapid.IntRange(0, 4).Draw(t, "health")), Since: Span(t, "healthSince"), Cause: Text(t, "healthCause"),
		Failed: rapid.IntRange(0, 99).Draw(t, "failedInRow"), Flapping: rapid.Bool().Draw(t, "flapping"), FlappedOutages: 7,
		Began: Span(t, "began"), Ended: Span(t, "ended"),
		Answers: Count(t, "healthAnswers"), P50: Span(t, "hp50"), P95: Span(t, "hp95"), Max: Span(t, "hmax"), P95Now: Span(t, "hnow"),
		P95Before: Span(t, "hbefore"), Before: Span(t, "before"), ValueBefore: rapid.Float64().Draw(t, "valueBefore"), ValueAgo: Span(t, "valueAgo"),
		PerMinute: rapid.Float64().Draw(t, "perMinute"), HasTrend: rapid.Bool().Draw(t, "trend"),
	}
	h.Availability = stats.Availability{
		Asked: Count(t, "asked"), Answered: Count(t, "answered"), Missed: Count(t, "missed"), UpShare: rapid.Float64Range(0, 1).Draw(t, "up"),
		HasUp: rapid.Bool().Draw(t, "hasUp"), Down: Span(t, "down"), PlusMinus: Span(t, "plusMinus"), Outages: rapid.IntRange(0, 999).Draw(t, "outages"),
		Alone: rapid.IntRange(0, 99).Draw(t, "alone"), Opens: Count(t, "hopens"), Probes: Count(t, "probes"), Refused: Count(t, "refused"),
	}
	return h
}

// anyCalls draws calls with their attempts, also with extreme figures.
func anyCalls(t *rapid.T) []stats.Call {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) stats.Call {
		c := stats.Call{
			Number: Count(t, "number"), Batch: rapid.IntRange(0, 99999).Draw(t, "batch"),
			Start: Span(t, "start"), Took: Span(t, "took"), Mark: event.Mark(rapid.IntRange(0, 7).Draw(t, "mark")),
			Err: Text(t, "err"), HasValue: rapid.Bool().Draw(t, "has"), Value: rapid.Float64().Draw(t, "value"),
			Admitted: rapid.Bool().Draw(t, "admitted"), Probe: rapid.Bool().Draw(t, "probe"),
		}
		for range rapid.IntRange(0, 4).Draw(t, "tries") {
			try := event.Try{Start: Span(t, "tryStart"), Took: Span(t, "tryTook"), Err: Text(t, "tryErr")}
			if rapid.Bool().Draw(t, "phased") {
				try.Phases = &sensors.Phases{
					DNS: Span(t, "dns"), Connect: Span(t, "connect"), TLS: Span(t, "tls"), FirstByte: Span(t, "first"), Body: Span(t, "body"),
				}
			}
			c.Tries = append(c.Tries, try)
		}
		return c
	}), 0, 24).Draw(t, "calls")
}

// anyPolicy draws settings, and the contents of the breaker's window.
func anyPolicy(t *rapid.T, v *stats.SensorView) {
	v.Policy = policy.Policy{
		Timeout: Span(t, "timeout"), MaxAge: Span(t, "maxAge"), BreakerOff: rapid.Bool().Draw(t, "off"),
		Retry: retry.Policy{MaxAttempts: rapid.IntRange(0, 9).Draw(t, "attempts"), Jitter: retry.Jitter(rapid.IntRange(0, 3).Draw(t, "jitter"))},
		Breaker: breaker.Settings{
			FailureThreshold: v.Policy.Breaker.FailureThreshold, SuccessesToClose: v.Policy.Breaker.SuccessesToClose,
			MinVolume: rapid.SampledFrom([]int{0, 0, 10}).Draw(t, "volume"),
			OpenFor:   Span(t, "open"), OpenGrowth: rapid.SampledFrom([]float64{0, 2, 1e9}).Draw(t, "growth"), OpenMax: Span(t, "openMax"),
			FailureRate: rapid.SampledFrom([]float64{0, 0.5, 1}).Draw(t, "rate"), SlowCall: Span(t, "slow"),
		},
	}
	v.Circuit.Sample = breaker.Sample{Calls: rapid.IntRange(0, 20).Draw(t, "sample"), Failures: 3, Slow: 2}
	v.Circuit.FailuresToTrip, v.Strategy = rapid.IntRange(0, 99).Draw(t, "toTrip"), Text(t, "strategy")
	v.Avoided = stats.Avoided{Calls: Count(t, "refused"), Attempts: Count(t, "avoided")}
	v.HasFailed, v.FailedAt, v.Differs = rapid.Bool().Draw(t, "failed"), Span(t, "failedAt"), rapid.Bool().Draw(t, "differs")
}
