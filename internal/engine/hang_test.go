package engine_test

import (
	"testing"
	"time"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/policy"
	"resiltui/internal/sensors/fault"
)

// calls are the calls of one sensor, as they ended.
type calls struct{ took []time.Duration }

func (c *calls) Observe(e *event.Event) {
	if e.Kind == event.CallEnded && e.Sensor == 0 {
		c.took = append(c.took, e.Call.Took)
	}
}

func TestABlackHoleWithoutATimeoutEndsTheBatchAllTheSame(t *testing.T) {
	seen := &calls{}
	config := unlimited(pipeline(42, 4, inject(2, lasting(fault.Hang, 0), 0)))
	if err := engine.Play(t.Context(), event.NewHub(seen), config); err != nil {
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
		events, err := l.session.Rehearse(30, map[int]policy.Policy{3: p})
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
