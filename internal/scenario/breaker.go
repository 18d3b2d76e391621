package scenario

import (
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/policy"
	"resiltui/internal/engine/retry"
	"resiltui/internal/sensors"
	"resiltui/internal/sensors/simulated"
)

// The flapping service of the second exercise, and the longer crash during
// which it answers one lucky request.
const (
	CrashStart   = 5 * time.Second
	CrashEnd     = 8 * time.Second
	LuckyEnd     = 11 * time.Second
	LuckyRequest = 4
)

// Breaker is the second exercise: a service that crashes for a while, behind a
// breaker that closes after one good probe and behind one that asks for two;
// and both again with a crash during which one request is answered by luck.
func Breaker() Scenario {
	service := func(id, name string, end time.Duration, lucky, closeAfter int) Sensor {
		return Sensor{
			Config: simulated.Config{
				Info: sensors.Info{ID: id, Name: name, Unit: "ok"}, Signal: simulated.Constant(1),
				Latency:     simulated.Latency{Median: 50 * time.Millisecond},
				FailWindows: []simulated.Window{{From: CrashStart, To: end}},
				Failures:    []string{"connection refused"},
			},
			Lucky: lucky, Waits: "flapping",
			Policy: policy.Policy{
				Retry: retry.Policy{MaxAttempts: 1},
				Breaker: breaker.Settings{
					FailureThreshold: 3, OpenFor: time.Second, SuccessesToClose: closeAfter, MaxProbes: 1,
				},
				Strategy: "drop",
			},
		}
	}
	return Scenario{
		Name:     "breaker",
		See:      "one good probe or two: against a plain crash, and against one with a lucky answer in it",
		Seed:     DefaultSeed,
		Interval: DefaultInterval,
		Batches:  30,
		Sensors: []Sensor{
			service("N=1", "flapping", CrashEnd, 0, 1),
			service("N=2", "flapping", CrashEnd, 0, 2),
			service("N=1 lucky", "", LuckyEnd, LuckyRequest, 1),
			service("N=2 lucky", "", LuckyEnd, LuckyRequest, 2),
		},
	}
}
