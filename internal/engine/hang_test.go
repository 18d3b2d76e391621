package engine_test

import (
	"testing"
	"time"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/scenario"
	"resiltui/internal/sensors/fault"
)

// calls are the calls of one sensor, as they ended.
type calls struct{ took []time.Duration }

func (c *calls) Fold(e *event.Event) {
	if e.Kind == event.CallEnded && e.Sensor == 0 {
		c.took = append(c.took, e.Call.Took)
	}
}

func TestABlackHoleWithoutATimeoutEndsTheBatchAllTheSame(t *testing.T) {
	seen := &calls{}
	s, err := engine.NewSession(engine.Options{
		Hub: event.NewHub(seen), Seed: 42,
		Build: func(seed uint64) (engine.Config, error) {
			c := scenario.Pipeline().Config(seed)
			c.Batches = 4
			for i := range c.Members {
				c.Members[i].Policy.Timeout = 0
			}
			c.Script = []engine.Scripted{{Batch: 2, Command: event.Command{
				Op: event.Inject, Sensors: []int{0}, Fault: fault.Default(fault.Hang), By: "script",
			}}}
			return c, nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(seen.took) != 4 || seen.took[1] < 60*time.Second || seen.took[1] > 61*time.Second {
		t.Errorf("three attempts of 20 s: %v", seen.took)
	}
}

func TestARehearsalOfABlackHoleWithoutATimeoutEnds(t *testing.T) {
	rehearsable(t, pipeline(42, 40, inject(20, lasting(fault.Hang, 0), 3)), func(l *live) {
		p := layers()
		p.Timeout = 0
		events, err := l.session.Rehearse(30, map[int]engine.Policy{3: p})
		if err != nil {
			t.Fatal(err)
		}
		longest := time.Duration(0)
		for i := range events {
			if e := &events[i]; e.Kind == event.CallEnded && e.Sensor == 3 {
				longest = max(longest, e.Call.Took)
			}
		}
		if longest < 60*time.Second || longest > 61*time.Second {
			t.Errorf("three attempts of 20 s: %v", longest)
		}
	})
}
