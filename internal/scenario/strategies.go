package scenario

import (
	"fmt"
	"time"

	"resiltui/internal/engine/fallback"
	"resiltui/internal/engine/policy"
	"resiltui/internal/engine/retry"
	"resiltui/internal/sensors"
	"resiltui/internal/sensors/simulated"
)

// Strategies is the third exercise: the same five sensors with each of the
// three degradation strategies, side by side. The three of a sensor share its
// draws, so they get the same failures and the same values, reading by reading.
// There is no retry and no breaker, so the strategy handles every failure.
func Strategies() Scenario {
	s := Scenario{
		Name:     "strategies",
		See:      "drop, last-known-good and interpolated, side by side on the same failures",
		Seed:     DefaultSeed,
		Interval: DefaultInterval,
		Batches:  10,
	}
	short := map[string]string{
		fallback.NameDrop: "drop", fallback.NameLastKnownGood: "last good", fallback.NameInterpolated: "interpolated",
	}
	for i := range 5 {
		for _, name := range fallback.Names() {
			s.Sensors = append(s.Sensors, Sensor{
				Config: strategySensor(i, short[name]),
				Policy: policy.Policy{
					Retry: retry.Policy{MaxAttempts: 1}, BreakerOff: true, Strategy: name,
				},
			})
		}
	}
	return s
}

// strategySensor is sensor i of the exercise: S1 and S3 fail four times in
// five, the others one time in ten.
func strategySensor(i int, name string) simulated.Config {
	signals := []simulated.Signal{
		simulated.Sine{Mean: 21.3, Amplitude: 0.6, Period: 90 * time.Second},
		simulated.Sine{Mean: 47.5, Amplitude: 1.8, Period: 12 * time.Second, Phase: 0.2},
		simulated.Steps{Levels: []float64{7.4, 7.9, 7.1, 8.3}, Dwell: 2 * time.Second},
		simulated.Sine{Mean: 4.15, Amplitude: 0.05, Period: 60 * time.Second, Phase: 0.5},
		simulated.Sine{Mean: 412, Amplitude: 6, Period: 30 * time.Second, Phase: 0.1},
	}
	units := []string{"°C", "kPa", "mm/s", "bar", "°C"}
	fail := 0.1
	if i == 1 || i == 3 {
		fail = 0.8
	}
	id := fmt.Sprintf("S%d", i)
	return simulated.Config{
		Info:  sensors.Info{ID: id + " " + name, Unit: units[i], Decimals: 2},
		Draws: id, Signal: signals[i], Noise: 0.01,
		Latency:         simulated.Latency{Median: 50 * time.Millisecond},
		FailProbability: fail,
	}
}
