package fault

import "strconv"

// FailFirst fails the first Count attempts that reach the sensor, and then
// ends.
const FailFirst Number = 10

func failFirst() Kind {
	return Kind{
		Name: "fail-first", Title: "fail first", Key: "F",
		Help:    "fails a number of attempts, then works again; this ends by itself",
		Default: Fault{Count: 5}, // more than the attempts of one call
		Params:  []Param{count("attempts that fail", "attempts")},
		Label:   func(f Fault) string { return "fails first " + strconv.Itoa(f.Count) },
		stage:   arriving,
		apply: func(e effects, a *active) effects {
			if a.failsFirst(e.count) {
				e.rate = 1
			}
			return e
		},
		spent: func(a *active) bool {
			a.mu.Lock()
			defer a.mu.Unlock()
			return a.counter.count >= a.Count
		},
	}
}

// failsFirst reports whether the attempt is one of the first.
func (a *active) failsFirst(count bool) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.counter.count >= a.Count {
		return false
	}
	if count {
		a.counter.count++
	}
	return true
}
