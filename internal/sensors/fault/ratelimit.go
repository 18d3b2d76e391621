package fault

import (
	"strconv"
	"time"

	"resiltui/internal/sensors"
)

// RateLimit lets Count attempts through in every Period, counted from Start, and
// refuses the others at once with a [sensors.LimitError].
const RateLimit Number = 14

func rateLimit() Kind {
	return Kind{
		Name: "rate-limit", Title: "rate limit", Key: "L",
		Help: "lets some attempts through in every period and refuses the others, saying when to come back; retries wait that long",
		// Half of what a batch every half second asks.
		Default: Fault{Count: 1, Period: time.Second},
		Params: []Param{
			count("reads let through", "reads"),
			period("period", "in every", 0.1, 600, 0.5),
		},
		Label: func(f Fault) string {
			if f.Period == time.Second {
				return "rate limit " + strconv.Itoa(f.Count) + " a s"
			}
			return "rate limit " + strconv.Itoa(f.Count) + " in " + shortDuration(f.Period)
		},
		stage: admitting,
		apply: func(e effects, a *active) effects {
			if wait, ok := a.admit(e.r.At, e.count); !ok {
				e.refusal = sensors.LimitError{After: max(0, wait-e.extra-crashLatency)}
			}
			return e
		},
	}
}

// admit reports whether an attempt is let through, and if not, how long after it
// the next period begins.
func (a *active) admit(at time.Duration, count bool) (wait time.Duration, ok bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	m := &a.counter
	window, used := int64((at-a.Start)/a.Period), 0
	if window <= m.window { // an attempt that came late falls into the newest
		window, used = m.window, m.count
	}
	if used >= a.Count {
		return a.Start + time.Duration(window+1)*a.Period - at, false
	}
	if count {
		m.window, m.count = window, used+1
	}
	return 0, true
}
