package scenario

import (
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/policy"
	"resiltui/internal/engine/retry"
	"resiltui/internal/sensors"
	"resiltui/internal/sensors/simulated"
)

// DefaultSeed is chosen so that the pipeline shows every policy at work: S4's
// circuit opens in its bad phase and closes by itself soon after, S2 answers
// once before its circuit opens for the first time, so that it has something to
// serve, and S1 delivers thanks to its retries. TestTheDefaultSeedTellsTheStory
// checks that.
const DefaultSeed = 42

// Pipeline is five sensors behind the whole stack: a steady one, a flaky one,
// one that is nearly dead, a perfect one, and one that is bad for its first 15
// calls and never fails after that.
func Pipeline() Scenario {
	return Scenario{
		Name:     "pipeline",
		See:      "five sensors behind retry, breaker and last-known-good; S4 heals by itself, S2 does not",
		Seed:     DefaultSeed,
		Interval: DefaultInterval,
		Batches:  30,
		Compare:  true,
		Sensors: behind(pipelinePolicy(), []simulated.Config{
			{
				Info:   sensors.Info{ID: "S0", Name: "boiler", Unit: "°C", Decimals: 2},
				Signal: simulated.Sine{Mean: 21.3, Amplitude: 0.6, Period: 90 * time.Second}, Noise: 0.02,
				Latency: aboutFifty(), FailProbability: 0.1,
				Failures: []string{"bad frame", "read timeout"},
			},
			{
				Info:   sensors.Info{ID: "S1", Name: "intake", Unit: "kPa", Decimals: 2},
				Signal: simulated.Sine{Mean: 47.5, Amplitude: 1.8, Period: 40 * time.Second, Phase: 0.2}, Noise: 0.05,
				Latency: aboutFifty(), FailProbability: 0.5,
				Failures: []string{"bad frame", "short read", "bus busy"},
			},
			{
				Info:   sensors.Info{ID: "S2", Name: "turbine", Unit: "mm/s", Decimals: 2},
				Signal: simulated.Steps{Levels: []float64{7.4, 7.9, 7.1, 8.3}, Dwell: 25 * time.Second}, Noise: 0.04,
				Latency: aboutFifty(), FailProbability: 0.95,
				Failures: []string{"bad checksum", "no answer from device"},
			},
			{
				Info:   sensors.Info{ID: "S3", Name: "coolant", Unit: "bar", Decimals: 2},
				Signal: simulated.Sine{Mean: 4.15, Amplitude: 0.05, Period: 60 * time.Second, Phase: 0.5}, Noise: 0.004,
				Latency: aboutFifty(),
			},
			{
				Info:   sensors.Info{ID: "S4", Name: "exhaust", Unit: "°C", Decimals: 1},
				Signal: simulated.Sine{Mean: 412, Amplitude: 6, Period: 120 * time.Second, Phase: 0.1}, Noise: 0.3,
				Latency:  aboutFifty(),
				Schedule: []simulated.FailPhase{{UntilCall: 15, Probability: 0.9}},
				Failures: []string{"bad frame", "no answer from device"},
			},
		}),
	}
}

// behind puts each sensor behind the same policy.
func behind(p policy.Policy, configs []simulated.Config) []Sensor {
	list := make([]Sensor, len(configs))
	for i, c := range configs {
		list[i] = Sensor{Config: c, Policy: p}
	}
	return list
}

// pipelinePolicy is that of the fourth exercise.
func pipelinePolicy() policy.Policy {
	return policy.Policy{
		Timeout:  250 * time.Millisecond,
		Retry:    retry.Policy{MaxAttempts: 3, BaseDelay: 50 * time.Millisecond, Backoff: retry.Exponential},
		Breaker:  breaker.Settings{FailureThreshold: 5, OpenFor: 3 * time.Second, SuccessesToClose: 2, MaxProbes: 1},
		Strategy: "last-known-good",
	}
}

// aboutFifty is a raw read of about 50 ms.
func aboutFifty() simulated.Latency {
	return simulated.Latency{Median: 50 * time.Millisecond, Sigma: 0.12}
}
