package stats

import (
	"testing"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/fallback"
	"resiltui/internal/scenario"
	"resiltui/internal/sensors/fault"
)

// The fifteen sensors of the scenario are five, with a strategy each.
func TestADrawThatThreeStrategiesFaceIsCountedOnce(t *testing.T) {
	const batches = 60
	errors := event.Command{Op: event.Inject, Fault: fault.Default(fault.Errors), By: "a script"} // on all of them
	aggregator := New(WithCounterfactuals())
	scenarioInto(t, event.NewHub(aggregator), scenario.Strategies(), 42, batches, engine.Scripted{Batch: 20, Command: errors})
	snap := aggregator.Snapshot(Query{Strategies: true, Columns: batches})
	for i, v := range snap.Strategies {
		if v.Counts.Calls() != 5*batches || v.Compared != 5 {
			t.Errorf("%s: %d calls are counted, and %d sensors compared, not %d and 5", v.Name, v.Counts.Calls(), v.Compared, 5*batches)
		}
		for k, own := range v.Sensors {
			if want := k%3 != i; own.Aside != want {
				t.Errorf("%s of %s: aside %v", v.Name, snap.Sensors[k].ID, own.Aside)
			}
			if other := v.Sensors[k-k%3+i]; own.Counts != other.Counts {
				t.Errorf("%s: %s and %s face other calls: %+v and %+v", v.Name, snap.Sensors[k].ID, snap.Sensors[k-k%3+i].ID, own.Counts, other.Counts)
			}
		}
	}
	if dropped := snap.Strategies[0].Counts.Dropped; dropped < 100 {
		t.Errorf("only %d failures: the run says too little", dropped)
	}
}

func TestEverySensorStandsForAStrategyWhicheverItHas(t *testing.T) {
	for _, c := range []struct {
		names [3]string
		want  answering
	}{
		{[3]string{fallback.NameDrop, fallback.NameLastKnownGood, fallback.NameInterpolated}, answering{0, 1, 2}},
		{[3]string{fallback.NameInterpolated, fallback.NameDrop, fallback.NameLastKnownGood}, answering{1, 2, 0}},
		{[3]string{fallback.NameInterpolated, fallback.NameInterpolated, fallback.NameInterpolated}, answering{1, 2, 0}},
		{[3]string{fallback.NameDrop, fallback.NameDrop, fallback.NameLastKnownGood}, answering{0, 2, 1}},
	} {
		s := scenario.Strategies()
		s.Sensors = s.Sensors[:3]
		for i := range s.Sensors {
			s.Sensors[i].Policy.Strategy = c.names[i]
		}
		aggregator := New(WithCounterfactuals())
		scenarioInto(t, event.NewHub(aggregator), s, 1, 1)
		if got := aggregator.answering(); len(got) != 1 || got[0] != c.want {
			t.Errorf("%v: %v, want %v", c.names, got, c.want)
		}
		// Two of them are no row of three: each has an answer of its own.
		s.Sensors = s.Sensors[:2]
		scenarioInto(t, event.NewHub(aggregator), s, 1, 1)
		if got := aggregator.answering(); len(got) != 2 || got[0] != (answering{0, 0, 0}) || got[1] != (answering{1, 1, 1}) {
			t.Errorf("of two: %v", got)
		}
	}
}
