package tour

import (
	"time"

	"resiltui/internal/engine/breaker"
)

// The sensors of the pipeline that the tour uses: one that often needs retries, and
// one that never fails by itself.
const (
	flaky  = 1 // S1 intake
	steady = 3 // S3 coolant
)

// Scenario is the name of the scenario of the tour, which runs with its default
// seed.
const Scenario = "pipeline"

// facts are the conditions for a step of the tour: what is on the screen, the state
// of the steady sensor, and what happened since the step began.
type facts struct {
	Page     Page
	Selected int
	// Detail says that the details of a sensor are shown, Verdict that a verdict is
	// shown, Verdicts that a verdict exists.
	Detail, Verdict, Verdicts bool
	// Covered, Frozen, Paused and All are obstacles: a dialog on top of the screen,
	// a frozen screen, a paused run, keys that act on all sensors.
	Covered, Frozen, Paused, All bool
	// Hidden says that a filter hides a sensor that the tour needs.
	Hidden bool

	// Bare says that the overview is too small for rows of calls.
	Bare bool

	// State is the circuit of the steady sensor. Crash says that a crash is active
	// on it, Other that another injected fault is, which may never open the
	// circuit.
	State        breaker.State
	Crash, Other bool

	// Counts since the step began: Saved are calls of the flaky sensor that a retry
	// saved, and Failed failed probes of the steady one, both only while they were
	// visible. Closed is how often good probes have closed the circuit of the
	// steady one.
	Saved, Failed, Closed int
	// Looked is how long the page has been shown.
	Looked time.Duration
}

// move is what to do next: a key, empty where the user must only wait, and the text
// for it.
type move struct{ key, words string }

// step explains one topic. Its functions are pure.
type step struct {
	title, text string
	// next is what to do; done says whether it was done; saw describes what was
	// visible.
	next func(f *facts) move
	done func(f *facts) bool
	saw  string
}

// looked is how long a page must be shown until the step counts as done.
const looked = 4 * time.Second

func allSteps() []step {
	return []step{retryStep(), openingStep(), probeStep(), closingStep(), strategyStep(), verdictStep()}
}

func retryStep() step {
	return step{
		title: "a retry",
		text:  "S1, S2 and S4 fail by themselves. A call makes up to 3 attempts: + is one a retry saved, ~ one where all failed.",
		next: func(f *facts) move {
			if m, ok := f.choose(flaky, "S1 intake"); ok {
				return m
			}
			if f.Bare && !f.Detail {
				return move{"enter", "press enter: S1 intake in full, with its calls"}
			}
			return move{words: "watch its row of calls: the next + is seconds away"}
		},
		done: func(f *facts) bool { return f.shows(flaky) && f.Saved > 0 },
		saw:  "a + came: that call failed first, and a retry saved it",
	}
}

func openingStep() step {
	return step{
		title: "an opening",
		text:  "Calls to a dead sensor only cost time. 5 failed calls in a row open the circuit, and it refuses all that follow.",
		next: func(f *facts) move {
			if m, ok := f.crash(); ok {
				return m
			}
			return move{words: "wait: each ~ is a failed call, five in a row open it"}
		},
		done: func(f *facts) bool {
			return f.Crash && (f.State == breaker.Open || f.State == breaker.HalfOpen)
		},
		saw: "it opened: each × is a call that is not sent at all",
	}
}

func probeStep() step {
	return step{
		title: "a failed probe",
		text:  "3 s later one call is let through: a probe. The crash is still on, so it fails, and the circuit opens again.",
		next: func(f *facts) move {
			if !f.Crash {
				m, _ := f.crash()
				return m
			}
			if m, ok := f.choose(steady, "S3 coolant"); ok {
				return m
			}
			if !f.Detail {
				return move{"enter", "press enter: S3 coolant in full, with the reasons"}
			}
			return move{words: "wait for the probe: a ? in the row of states"}
		},
		done: func(f *facts) bool { return f.Detail && f.Failed > 0 },
		saw:  "the probe failed, at the price of one call",
	}
}

func closingStep() step {
	return step{
		title: "N = 2 good probes",
		text:  "One good answer of a mended sensor may be luck. So N good probes in a row close the circuit, and here N = 2.",
		next: func(f *facts) move {
			switch {
			case f.Crash && f.State == breaker.Closed:
				return move{words: "wait until it is OPEN: there is nothing to probe yet"}
			case f.Crash, f.Other:
				return f.healed()
			case f.State == breaker.Closed:
				m, _ := f.crash()
				return m
			}
			return move{words: "wait for two good probes; a bad one would start it over"}
		},
		done: func(f *facts) bool { return f.Closed > 0 },
		saw:  "two good probes closed it; its verdict is for step 6",
	}
}

func strategyStep() step {
	return step{
		title: "a strategy",
		text:  "While it was OPEN, S3 served its last good value. That is one of three strategies: page 4 compares them.",
		next: func(f *facts) move {
			if f.Page != Strategies || f.Detail {
				return move{"4", "press 4: the strategies on the same faults"}
			}
			return move{words: "compare what each delivers, and how far off it is"}
		},
		done: func(f *facts) bool {
			return f.Page == Strategies && !f.Detail && f.Looked >= looked
		},
		saw: "drop: none; last-known-good: old; interpolated: a mean",
	}
}

func verdictStep() step {
	return step{
		title: "the verdict",
		text:  "Was it worth it? When a fault has ended and the circuit is CLOSED again, a verdict counts costs and savings.",
		next: func(f *facts) move {
			switch {
			case f.Verdicts:
				return move{"v", "press v: the last verdict"}
			case f.Other && !f.Crash, f.Crash && f.State != breaker.Closed:
				return f.healed()
			case f.Crash:
				return move{words: "wait until the circuit is OPEN"}
			case f.State != breaker.Closed:
				return move{words: "wait until the circuit is CLOSED: the verdict comes then"}
			}
			m, _ := f.crash()
			return m
		},
		done: func(f *facts) bool { return f.Verdict },
		saw:  "these figures are what to tune the policy by",
	}
}

// shows says whether a sensor is selected and its row of calls is visible.
func (f *facts) shows(sensor int) bool {
	return f.Selected == sensor && (f.Detail || f.overview() && !f.Bare)
}

// overview is true on the page of all sensors, on which every run begins.
func (f *facts) overview() bool { return f.Page == Overview }

// obstacle is the move that removes an obstacle to every step; ok is false where
// there is none.
func (f *facts) obstacle() (m move, ok bool) {
	switch {
	case f.Covered:
		return move{"esc", "press esc: close what lies over the screen"}, true
	case f.Hidden:
		return move{"esc", "press esc: the filter hides what this is about"}, true
	case f.Frozen:
		return move{"z", "press z: the screen is frozen, back to the present"}, true
	case f.Paused:
		return move{"space", "press space: time stands still, let it go on"}, true
	}
	return move{}, false
}

// choose is the move that selects a sensor on the overview; ok is false where it is
// selected already, there or on the detail page.
func (f *facts) choose(sensor int, name string) (m move, ok bool) {
	switch {
	case f.Selected == sensor && (f.Detail || f.overview()):
		return move{}, false
	case !f.overview():
		return move{"1", "press 1: the overview"}, true
	case f.Selected < sensor:
		return move{"right", "press → until " + name + " is selected"}, true
	default:
		return move{"left", "press ← until " + name + " is selected"}, true
	}
}

// crash is the move that leads to a crash of the steady sensor and no other fault;
// ok is false where the crash is active.
func (f *facts) crash() (m move, ok bool) {
	switch {
	case f.Crash:
		return move{}, false
	case f.Other:
		return f.healed(), true
	}
	if m, ok := f.choose(steady, "S3 coolant"); ok {
		return m, true
	}
	if f.All {
		return move{"*", "press *: keys act on one sensor again"}, true
	}
	return move{"c", "press c: S3 coolant crashes"}, true
}

// healed is the move that leads to a steady sensor without faults.
func (f *facts) healed() move {
	if m, ok := f.choose(steady, "S3 coolant"); ok {
		return m
	}
	if f.Other {
		return move{"r", "press r: another fault is on, r ends it"}
	}
	return move{"r", "press r: S3 coolant recovers"}
}
