package fault

import "time"

// Slow adds Extra to every attempt.
const Slow Number = 3

func slow() Kind {
	return Kind{
		Name: "slow", Title: "slow", Key: "s", Row: 2,
		Help:    "answers, but later by a fixed time; with a timeout that may mean no answer",
		Default: Fault{Extra: 150 * time.Millisecond},
		Params:  []Param{extra("extra", "extra time", 60_000, 50)},
		Label:   func(f Fault) string { return "slow +" + shortDuration(f.Extra) },
		apply: func(e effects, a *active) effects {
			e.extra += a.Extra
			return e
		},
	}
}
