package report

import (
	"fmt"
	"reflect"

	"resiltui/internal/engine/fallback"
	"resiltui/internal/scenario"
	"resiltui/internal/sensors"
	"resiltui/internal/words"
)

// strategiesIntro describes the failures that the strategies must handle, with the
// settings in force.
func strategiesIntro(sc *scenario.Scenario, seed uint64) string {
	facing := "once with each strategy on the very same failures and values"
	alike := sameTriples(sc)
	switch {
	case !alike:
		facing = "three times each; settings tell the three apart in more than their strategy, so they do not face the same"
	case !allStrategies(sc):
		facing = "three times each on the very same failures and values, but settings gave some of the three another strategy"
	}
	var fails, policies []statement
	for i := range sc.Sensors {
		s := &sc.Sensors[i]
		name := s.Info.ID
		if alike {
			if name = s.Draws; i%3 > 0 {
				continue
			}
		}
		fails = append(fails, statement{name, failsWords("fail", s.FailProbability), failsWords("fails", s.FailProbability)})
		policies = append(policies, statement{who: name, what: bareWords(s.Policy)})
	}
	return fmt.Sprintf("Five sensors, %s, %s. %s %s Seed %d.", words.Counted(sc.Batches, "batch"), facing,
		inFull(fails, "they ", " "), inFull(policies, "", ": "), seed)
}

// failsWords describe a failure probability: "fail 80 % of the time", "never fail",
// "always fail".
func failsWords(fail string, p float64) string {
	switch p {
	case 0:
		return "never " + fail
	case 1:
		return "always " + fail
	default:
		return fail + " " + words.Rate(p) + " of the time"
	}
}

// sameTriples says whether the three copies of each sensor differ only in their
// strategies.
func sameTriples(sc *scenario.Scenario) bool {
	plain := func(s scenario.Sensor) scenario.Sensor {
		s.Info = sensors.Info{}
		s.Policy.Strategy = ""
		return s
	}
	for i := range sc.Sensors {
		if !reflect.DeepEqual(plain(sc.Sensors[i]), plain(sc.Sensors[i-i%3])) {
			return false
		}
	}
	return true
}

// allStrategies says whether each sensor exists with each strategy.
func allStrategies(sc *scenario.Scenario) bool {
	for i := range sc.Sensors {
		if sc.Sensors[i].Policy.Resolved().Strategy != fallback.Names()[i%3] {
			return false
		}
	}
	return true
}
