package report

import (
	"fmt"
	"reflect"
	"strings"

	"resiltui/internal/scenario"
	"resiltui/internal/sensors"
	"resiltui/internal/words"
)

// breakerIntro describes the calls and the breakers, with the settings in force.
func breakerIntro(sc *scenario.Scenario) string {
	behind := grouped(ofEach(sc, breakerWords), "", ": ")
	out := fmt.Sprintf("%s of a service, one every %s, behind %s. N good probes in a row close it.",
		words.Counted(sc.Batches, "call"), words.Spoken(sc.Interval), behind)
	var rates []string
	of := map[string][]string{}
	for i := range sc.Sensors {
		s := &sc.Sensors[i]
		if s.FailProbability == 0 {
			continue
		}
		rate := words.Rate(s.FailProbability)
		if of[rate] == nil {
			rates = append(rates, rate)
		}
		of[rate] = append(of[rate], s.Info.ID)
	}
	for _, rate := range rates {
		out += fmt.Sprintf(" Beside the crash, %s of the requests of %s fail by chance.", rate, listed(of[rate]))
	}
	return out
}

// plainWords says what N = 2 costs where no request is answered by luck.
func (r *BreakerReport) plainWords() string {
	one, two, ok := pair(r.Runs)
	if !ok {
		return sameRuns
	}
	text := fmt.Sprintf("With N = %d %s; with N = %d %s.",
		one.HalfOpenSuccessThreshold, one.circuit("the circuit"), two.HalfOpenSuccessThreshold, two.circuit("it"))
	switch later := later(one, two); {
	case !r.alike:
		text += " " + unlike
	case later != nil && *later >= 0:
		more := "the second probe"
		if one.HalfOpenSuccessThreshold != 1 || two.HalfOpenSuccessThreshold != 2 {
			more = "waiting for " + words.Counted(two.HalfOpenSuccessThreshold, "good probe")
		}
		text += fmt.Sprintf(" Where a good probe means what it says, %s costs %s.", more, secondsCell(later, 2).Text)
	}
	return text
}

// unlike is the text where two runs differ in more than N.
const unlike = "More than N tells the two apart, so the difference is not that of the second probe alone."

// alike says whether two sensors differ only in the number of good probes that
// close their circuits. Where a sensor fails at random, the two sensors have
// different random numbers.
func alike(pair []scenario.Sensor) bool {
	a, b := pair[0], pair[1]
	if a.FailProbability > 0 || a.Latency.Sigma > 0 {
		return false
	}
	a.Info, b.Info = sensors.Info{}, sensors.Info{}
	a.Policy.Breaker.SuccessesToClose, b.Policy.Breaker.SuccessesToClose = 0, 0
	return reflect.DeepEqual(a, b)
}

// luckyWords says what N = 2 gains where one request is answered by luck.
func (r *BreakerReport) luckyWords() string { return ofLuck(r.Lucky.Runs, r.luckyAlike) }

// drawnWords says the same of the random crash. There the lucky answer may come
// before the circuit opens, or never.
func (r *BreakerReport) drawnWords() string { return ofLuck(r.Drawn.Runs, r.alike) }

func ofLuck(runs []BreakerRun, alike bool) string {
	one, two, ok := pair(runs)
	if !ok {
		return sameRuns
	}
	text := one.story() + " " + two.story()
	if !alike {
		return text + " " + unlike
	}
	if one.ClosedForGoodAtSeconds != nil && two.ClosedForGoodAtSeconds != nil &&
		*two.ClosedForGoodAtSeconds <= *one.ClosedForGoodAtSeconds && two.FailedRequests < one.FailedRequests {
		text += " The second probe does not believe one lucky answer: here the careful setting is also the faster one."
	}
	return text
}

// sameRuns is the text where there is nothing to compare.
const sameRuns = "Both runs ask for the same number of good probes, so there is nothing to compare."

// pair returns the two runs to compare; ok is false where they have the same N.
func pair(runs []BreakerRun) (one, two *BreakerRun, ok bool) {
	if len(runs) != 2 || runs[0].HalfOpenSuccessThreshold == runs[1].HalfOpenSuccessThreshold {
		return nil, nil, false
	}
	return &runs[0], &runs[1], true
}

// circuit describes what the circuit does; it is the subject of the sentence: "the
// circuit closes at 9.05 s".
func (run *BreakerRun) circuit(it string) string {
	switch {
	case run.off:
		return "there is no circuit, since the breaker is off"
	case len(run.Transitions) == 0:
		return it + " never opens"
	case run.ClosedForGoodAtSeconds == nil:
		return it + " does not close for good"
	default:
		return it + " closes at " + secondsCell(run.ClosedForGoodAtSeconds, 2).Text
	}
}

// story describes a run with the lucky service in one sentence.
func (run *BreakerRun) story() string {
	sends := "no failing request"
	if run.FailedRequests > 0 {
		sends = words.Counted(int(run.FailedRequests), "failing request")
	}
	n := fmt.Sprintf("N = %d ", run.HalfOpenSuccessThreshold)
	switch {
	case run.off:
		return n + "has no circuit, since the breaker is off, and sends " + sends + "."
	case len(run.Transitions) == 0:
		return n + "never opens and sends " + sends + "."
	case run.ClosedForGoodAtSeconds == nil:
		return fmt.Sprintf("%s%s, sends %s in all and does not close for good.", n, falsely(run), sends)
	default:
		return fmt.Sprintf("%s%s, sends %s in all and closes for good at %s.", n, falsely(run), sends, secondsCell(run.ClosedForGoodAtSeconds, 2).Text)
	}
}

// later is how many seconds after the first run the second run closes for the last
// time; nil where one of them does not.
func later(one, two *BreakerRun) *float64 {
	if one.ClosedForGoodAtSeconds == nil || two.ClosedForGoodAtSeconds == nil {
		return nil
	}
	return ptr(micro(*two.ClosedForGoodAtSeconds - *one.ClosedForGoodAtSeconds))
}

// falsely says when the circuit closed too early, after a probe that succeeded by
// luck.
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
