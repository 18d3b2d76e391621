package report

import (
	"fmt"
	"strings"

	"resiltui/internal/words"
)

// plainWords says what N = 2 costs where nothing is lucky.
func (r *BreakerReport) plainWords() string {
	one, two, ok := pair(r.Runs)
	if !ok {
		return sameRuns
	}
	return fmt.Sprintf("With N = %d the circuit closes %s; with N = %d %s. Where a good probe means what it says, the second probe costs %s.",
		one.HalfOpenSuccessThreshold, closedAt(one), two.HalfOpenSuccessThreshold, closedAt(two), later(one, two))
}

// luckyWords says what N = 2 buys where one answer is luck.
func (r *BreakerReport) luckyWords() string {
	one, two, ok := pair(r.Lucky.Runs)
	if !ok {
		return sameRuns
	}
	text := fmt.Sprintf("N = %d %s, sends %s in all and closes for good %s. N = %d %s, sends %d and closes for good %s.",
		one.HalfOpenSuccessThreshold, falsely(one), words.Counted(int(one.FailedRequests), "failing request"), closedAt(one),
		two.HalfOpenSuccessThreshold, falsely(two), two.FailedRequests, closedAt(two))
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

func later(one, two *BreakerRun) string {
	if one.ClosedForGoodAtSeconds == nil || two.ClosedForGoodAtSeconds == nil {
		return "an unknown time"
	}
	return secondsCell(ptr(micro(*two.ClosedForGoodAtSeconds-*one.ClosedForGoodAtSeconds)), 2).Text
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
