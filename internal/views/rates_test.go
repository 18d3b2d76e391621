package views

import (
	"strings"
	"testing"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/stats"
	"resiltui/internal/words"
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
			"4 of 10 calls counted, 6 more failures trip it", "4 of 10 counted, 6 trip",
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
			"40 % of 50 %, 1 more failure trips it", "40 % of 50 %, 1 trips",
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

func TestTheForecastOfAWindowKeepsWhatTripsItWhereThereIsLittleRoom(t *testing.T) {
	of := func(rules breaker.Settings, c breaker.Circuit) *stats.SensorView {
		v := &stats.SensorView{Circuit: c}
		rules.Window.Calls, rules.MinVolume = 100, 10
		v.Policy.Breaker = rules
		return v
	}
	failures := breaker.Settings{FailureRate: 0.5}
	window := of(failures, breaker.Circuit{Sample: breaker.Sample{Calls: 50, Failures: 21}, FailuresToTrip: 3})
	few := of(failures, breaker.Circuit{Sample: breaker.Sample{Calls: 4, Failures: 4}, FailuresToTrip: 6})
	slow := of(breaker.Settings{SlowCall: 1, SlowRate: 0.8}, breaker.Circuit{Sample: breaker.Sample{Calls: 10, Slow: 6}, SlowToTrip: 2})
	for _, c := range []struct {
		v    *stats.SensorView
		room int
		want string
	}{
		{window, 37, "42 % of 50 %, 3 more failures trip it"},
		{window, 36, "42 % of 50 %, 3 trip"},
		{window, 19, "42 %, 3 trip"},
		{window, 12, "42 %, 3 trip"},
		{few, 45, "4 of 10 counted, 6 trip"},
		{few, 22, "6 more trip it"},
		{slow, 42, "2 slow trip it"},
	} {
		if got := ForecastOf(c.v, 0).In(c.room); got != c.want {
			t.Errorf("in %d cells: %q, not %q", c.room, got, c.want)
		}
	}
	// The column of the page Breakers.
	for rate := range 101 {
		for _, left := range []int{1, 9, 10, 99} {
			v := of(failures, breaker.Circuit{Sample: breaker.Sample{Calls: 100, Failures: rate}, FailuresToTrip: left})
			if got := ForecastOf(v, 0).Brief(16); words.Width(got) > 16 || !strings.Contains(got, " trip") {
				t.Errorf("%d per cent, %d more: %q", rate, left, got)
			}
		}
	}
}
