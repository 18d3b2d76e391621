package fault

import "time"

// Flap is a crash for the first half of every Period, counted from Start.
const Flap Number = 5

func flap() Kind {
	return Kind{
		Name: "flap", Title: "flap", Key: "p", Row: 5,
		Help:    "is down for half of every period and works for the other half; a circuit opens and closes with it",
		Default: Fault{Period: 6 * time.Second},
		Params:  []Param{period("period", "down and up in", 0.1, 600, 1)},
		Label:   func(f Fault) string { return "flap " + shortDuration(f.Period) },
		apply: func(e effects, a *active) effects {
			if (e.r.At-a.Start)%a.Period < a.Period/2 {
				e.refusal = errRefused
			}
			return e
		},
	}
}
