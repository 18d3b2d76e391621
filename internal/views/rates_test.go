package views

import (
	"testing"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/stats"
)

func TestTheForecastOfAWindowSaysHowNearItIs(t *testing.T) {
	for name, c := range map[string]struct {
		rules       breaker.Settings
		circuit     breaker.Circuit
		text, short string
	}{
		"failures": {
			breaker.Settings{MinVolume: 10, FailureRate: 0.5},
			breaker.Circuit{Sample: breaker.Sample{Calls: 50, Failures: 21}, FailuresToTrip: 3},
			"42 % of 50 %, 3 more failures trip it", "42 % of 50 %, 3 trip",
		},
		"too few": {
			breaker.Settings{MinVolume: 10, FailureRate: 0.5},
			breaker.Circuit{Sample: breaker.Sample{Calls: 4, Failures: 4}, FailuresToTrip: 6},
			"4 of 10 calls counted, 6 more failures trip it", "4 of 10 counted",
		},
		"empty": {breaker.Settings{MinVolume: 10, SlowRate: 0.5}, breaker.Circuit{}, "0 of 10 calls counted", "0 of 10 counted"},
		"slow alone": {
			breaker.Settings{MinVolume: 10, SlowRate: 0.8},
			breaker.Circuit{Sample: breaker.Sample{Calls: 10, Slow: 5}},
			"slow 50 % of 80 %", "slow 50 % of 80 %",
		},
		"slow nearer": {
			breaker.Settings{MinVolume: 10, FailureRate: 0.5, SlowRate: 0.8},
			breaker.Circuit{Sample: breaker.Sample{Calls: 10, Slow: 7, Failures: 1}, FailuresToTrip: 1},
			"slow 70 % of 80 %, 1 more failure trips it", "1 more trips it",
		},
		"slow calls trip it first": {
			breaker.Settings{MinVolume: 10, FailureRate: 0.5, SlowRate: 0.8},
			breaker.Circuit{Sample: breaker.Sample{Calls: 10, Slow: 6}, FailuresToTrip: 5, SlowToTrip: 2},
			"slow 60 % of 80 %, 2 more slow calls trip it", "2 slow trip it",
		},
		"slow calls trip it first, too few": {
			breaker.Settings{MinVolume: 10, SlowRate: 0.8},
			breaker.Circuit{Sample: breaker.Sample{Calls: 9, Slow: 9}, FailuresToTrip: 5, SlowToTrip: 1},
			"9 of 10 calls counted, 1 more slow call trips it", "1 slow trips it",
		},
		"as many of either": {
			breaker.Settings{MinVolume: 10, FailureRate: 0.5, SlowRate: 0.5},
			breaker.Circuit{Sample: breaker.Sample{Calls: 10, Slow: 4, Failures: 4}, FailuresToTrip: 1, SlowToTrip: 1},
			"40 % of 50 %, 1 more failure trips it", "40 % of 50 %, 1 trip",
		},
	} {
		c.rules.Window.Calls = 50
		v := stats.SensorView{Circuit: c.circuit}
		v.Policy.Breaker = c.rules
		if f := ForecastOf(&v, 0); f.Text != c.text || f.Short != c.short {
			t.Errorf("%s: %q, %q", name, f.Text, f.Short)
		}
	}
}
