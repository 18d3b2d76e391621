package report

import (
	"fmt"
	"reflect"
	"strings"

	"resiltui/internal/scenario"
	"resiltui/internal/sensors"
)

// plainWords says what N = 2 costs where nothing is lucky.
func (r *BreakerReport) plainWords() string {
	one, two, ok := pair(r.Runs)
	if !ok {
		return sameRuns
	}
	text := fmt.Sprintf("With N = %d the circuit closes %s; with N = %d %s.",
		one.HalfOpenSuccessThreshold, closedAt(one), two.HalfOpenSuccessThreshold, closedAt(two))
	switch later := later(one, two); {
	case !r.alike:
		text += " " + unlike
	case later != nil && *later >= 0:
		more := "the second probe"
		if one.HalfOpenSuccessThreshold != 1 || two.HalfOpenSuccessThreshold != 2 {
			more = "waiting for " + plural(two.HalfOpenSuccessThreshold, "good probe", "good probes")
		}
		text += fmt.Sprintf(" Where a good probe means what it says, %s costs %s.", more, secondsCell(later, 2).Text)
	}
	return text
}

// unlike stands where a difference between two runs is not that of N alone.
const unlike = "The two differ in more than N, so what comes of it is not told apart."

// alike says whether all that tells two sensors apart is how many good probes close
// their circuits. Where a sensor fails by chance, the two have draws of their own.
func alike(pair []scenario.Sensor) bool {
	a, b := pair[0], pair[1]
	if a.FailProbability > 0 || a.Latency.Sigma > 0 {
		return false
	}
	a.Info, b.Info = sensors.Info{}, sensors.Info{}
	a.Policy.Breaker.SuccessesToClose, b.Policy.Breaker.SuccessesToClose = 0, 0
	return reflect.DeepEqual(a, b)
}

// luckyWords says what N = 2 buys where one answer is luck.
func (r *BreakerReport) luckyWords() string { return ofLuck(r.Lucky.Runs, r.luckyAlike) }

// drawnWords says the same of the crash that the seed draws, where the lucky answer
// may come before the circuit opens, or never.
func (r *BreakerReport) drawnWords() string { return ofLuck(r.Drawn.Runs, r.alike) }

func ofLuck(runs []BreakerRun, alike bool) string {
	one, two, ok := pair(runs)
	if !ok {
		return sameRuns
	}
	text := fmt.Sprintf("N = %d %s, sends %s in all and closes for good %s. N = %d %s, sends %d and closes for good %s.",
		one.HalfOpenSuccessThreshold, falsely(one), plural(int(one.FailedRequests), "failing request", "failing requests"), closedAt(one),
		two.HalfOpenSuccessThreshold, falsely(two), two.FailedRequests, closedAt(two))
	if !alike {
		return text + " " + unlike
	}
	if one.ClosedForGoodAtSeconds != nil && two.ClosedForGoodAtSeconds != nil &&
		*two.ClosedForGoodAtSeconds <= *one.ClosedForGoodAtSeconds && two.FailedRequests < one.FailedRequests {
		text += " The second probe does not believe one lucky answer: here the careful setting is also the faster one."
	}
	return text
}

// sameRuns stands where there is nothing to compare.
const sameRuns = "Both runs ask for the same number of good probes, so there is nothing to compare."

// pair is the two runs that are compared, if they differ.
func pair(runs []BreakerRun) (one, two *BreakerRun, ok bool) {
	if len(runs) != 2 || runs[0].HalfOpenSuccessThreshold == runs[1].HalfOpenSuccessThreshold {
		return nil, nil, false
	}
	return &runs[0], &runs[1], true
}

func closedAt(run *BreakerRun) string {
	if len(run.Transitions) == 0 {
		return "not at all, since it never opens"
	}
	if run.ClosedForGoodAtSeconds == nil {
		return "not at all"
	}
	return "at " + secondsCell(run.ClosedForGoodAtSeconds, 2).Text
}

// later is how many seconds after the first run the second one closes for good; nil
// where one of them does not.
func later(one, two *BreakerRun) *float64 {
	if one.ClosedForGoodAtSeconds == nil || two.ClosedForGoodAtSeconds == nil {
		return nil
	}
	return ptr(micro(*two.ClosedForGoodAtSeconds - *one.ClosedForGoodAtSeconds))
}

// falsely says when the circuit believed a probe that it should not have.
func falsely(run *BreakerRun) string {
	if run.ClosedFalsely == 0 {
		return "never closes falsely"
	}
	at := make([]string, len(run.ClosedFalselyAtSeconds))
	for i, s := range run.ClosedFalselyAtSeconds {
		at[i] = secondsCell(&s, 2).Text
	}
	return "closes falsely at " + strings.Join(at, " and ")
}
