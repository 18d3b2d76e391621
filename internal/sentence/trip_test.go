package sentence

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"resiltui/internal/engine/breaker"
)

func TestTheRulesByWhichACircuitOpensAreWordedOnce(t *testing.T) {
	for name, c := range map[string]struct {
		settings breaker.Settings
		want     []TripRule
	}{
		"failures in a row": {
			breaker.Settings{FailureThreshold: 5},
			[]TripRule{{breaker.TooManyFailures, "after 5 failed calls in a row", "5 in a row"}},
		},
		"one failure": {
			breaker.Settings{FailureThreshold: 1},
			[]TripRule{{breaker.TooManyFailures, "after 1 failed call", "1 failure"}},
		},
		"no rule": {breaker.Settings{FailureThreshold: breaker.NoThreshold}, nil},
		"rates of a window by count": {
			breaker.Settings{
				FailureThreshold: breaker.NoThreshold, FailureRate: 0.5, SlowRate: 0.8, SlowCall: 200 * time.Millisecond,
				Window: breaker.Window{Calls: 20}, MinVolume: 20,
			},
			[]TripRule{
				{breaker.TooHighFailureRate, "when 50 % of 20 calls fail", "50 % of 20 calls"},
				{breaker.TooManySlow, "when 80 % of 20 calls take longer than 200 ms", "80 % over 200 ms"},
			},
		},
		"a window that is judged before it is full": {
			breaker.Settings{FailureRate: 0.5, Window: breaker.Window{Calls: 20}, MinVolume: 10},
			[]TripRule{{breaker.TooHighFailureRate, "when 50 % of the last 10 to 20 calls fail", "50 % of 20 calls"}},
		},
		"failures in a row, and rates of a window by time": {
			breaker.Settings{FailureThreshold: 3, FailureRate: 0.125, Window: breaker.Window{Span: 1500 * time.Millisecond}, MinVolume: 3},
			[]TripRule{
				{breaker.TooManyFailures, "after 3 failed calls in a row", "3 in a row"},
				{breaker.TooHighFailureRate, "when 12.5 % of the calls of 1.5 s, if there are 3, fail", "12.5 % of 1.5 s"},
			},
		},
	} {
		if diff := cmp.Diff(c.want, TripRules(&c.settings, "failed call")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
