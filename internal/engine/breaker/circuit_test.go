package breaker

import (
	"testing"
	"time"
)

// In every state, with a window and without.
func TestACircuitSaysWhatTheSnapshotSays(t *testing.T) {
	for name, s := range map[string]Settings{
		"failures in a row": {FailureThreshold: 3, SuccessesToClose: 2},
		"rates":             {FailureThreshold: 5, FailureRate: 0.5, Window: Window{Span: 10 * time.Second}, MinVolume: 4},
	} {
		t.Run(name, func(t *testing.T) {
			now, seen := time.Duration(0), make(map[State]bool)
			s.Now, s.OpenFor = func() time.Duration { return now }, time.Second
			b, err := New(s)
			if err != nil {
				t.Fatal(err)
			}
			for i := range 40 {
				now += 300 * time.Millisecond
				if permit, err := b.Acquire(); err == nil {
					compareCircuit(t, b, seen)
					o := Success
					if i < 20 {
						o = Failure
					}
					permit.Release(o, nil)
				}
				compareCircuit(t, b, seen)
			}
			for _, act := range []func(){b.ForceOpen, b.Disable} {
				act()
				compareCircuit(t, b, seen)
			}
			if len(seen) != 5 {
				t.Errorf("seen %v, want all states", seen)
			}
		})
	}
}

// compareCircuit compares a Circuit with the one in a Snapshot, and both with the
// settings beside it.
func compareCircuit(t *testing.T, b *Breaker, seen map[State]bool) {
	t.Helper()
	c, s := b.Circuit(), b.Snapshot()
	if c != s.Circuit {
		t.Errorf("%+v, and in the snapshot %+v", c, s.Circuit)
	}
	missing := 0
	if c.State == HalfOpen {
		missing = s.SuccessesToClose - c.Good
	}
	if c.GoodToClose != missing {
		t.Errorf("%d more good probes of %+v close it, want %d", c.GoodToClose, c, missing)
	}
	if c.State == Closed && s.MinVolume == 0 && c.FailuresToTrip != s.FailureThreshold-c.Failures {
		t.Errorf("%d more failures of %+v trip it", c.FailuresToTrip, c)
	}
	seen[c.State] = true
}
