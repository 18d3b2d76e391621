package stats

import (
	"encoding/json"
	"slices"
	"sync"
	"testing"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/event/eventtest"
	"resiltui/internal/engine/policy"
)

// E3: no initial state.
func TestBugE3TheSnapshotAtSubscriptionIsTheInitialState(t *testing.T) {
	r := newRig(2)
	first := r.Subscribe() // so that there is something in the ring to be told again
	defer first.Close()
	r.Call(time.Second, eventtest.Live(50*ms))
	r.Call(2*time.Second, eventtest.Failed(1))
	r.Change(3*time.Second, event.Change{From: breaker.Closed, To: breaker.Open, Count: 5})

	sub := r.Subscribe()
	defer sub.Close()
	s := r.all()
	if v := s.Sensors[0]; s.Version != 4 || s.Run == nil || v.Calls != 2 || v.Circuit.State != breaker.Open || len(s.Lines) != 2 {
		t.Errorf("the late reader begins with %+v", s)
	}
	if events, lost := sub.Drain(nil); len(events) != 0 || lost != 0 {
		t.Errorf("it is told %d events again", len(events))
	}
	r.Call(4*time.Second, eventtest.FastFail())
	events, _ := sub.Drain(nil)
	if len(events) != 1 || events[0].Seq != s.Version+1 {
		t.Errorf("it goes on with %v", events)
	}
}

// E3, while the engine runs: no event falls between snapshot and stream.
func TestBugE3NothingIsMissingBetweenSnapshotAndStream(t *testing.T) {
	r := newRig(1)
	const n = 2000
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := range n {
			r.Call(time.Duration(i)*ms, eventtest.Live(ms))
		}
	})
	for range 4 {
		wg.Go(func() {
			sub := r.Subscribe()
			defer sub.Close()
			s := r.all()
			var next uint64
			for next <= n { // the run's start is number 1
				events, lost := sub.Drain(nil)
				if lost > 0 {
					t.Errorf("lost %d", lost)
				}
				for _, e := range events {
					if next == 0 && e.Seq > s.Version+1 {
						t.Errorf("the snapshot is of event %d, the stream begins with %d", s.Version, e.Seq)
					}
					next = e.Seq
				}
				if len(events) == 0 && s.Version == n+1 {
					return // subscribed when all was over
				}
				if next <= n {
					<-sub.C()
				}
			}
		})
	}
	wg.Wait()
	if v := r.all().Sensors[0]; v.Calls != n {
		t.Errorf("%d calls, want %d", v.Calls, n)
	}
}

// text is everything that a snapshot says.
func text(t *testing.T, s Snapshot) string {
	t.Helper()
	// A policy is a value that nobody writes to, with functions in it.
	bare := func(s event.Sensor) event.Sensor {
		s.Policy = policy.Policy{}
		return s
	}
	run, sensors := *s.Run, slices.Clone(s.Sensors)
	run.Sensors = slices.Clone(run.Sensors)
	for i := range run.Sensors {
		run.Sensors[i] = bare(run.Sensors[i])
	}
	for i := range sensors {
		sensors[i].Sensor = bare(sensors[i].Sensor)
	}
	s.Run, s.Sensors = &run, sensors
	b, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestAnOldSnapshotDoesNotChange(t *testing.T) {
	r := newRig(1)
	r.Churn(0, 30)
	r.Fault(event.FaultBegan, 3*time.Second, event.Fault{Label: "stuck"})
	old := r.all()
	before := text(t, old)
	r.Churn(30, 1000) // all rings go round
	r.Start(3)
	if after := text(t, old); after != before {
		t.Errorf("was\n%s\nis\n%s", before, after)
	}
}

func TestASnapshotIsReadWhileTheAggregatorCountsOn(t *testing.T) {
	r := newRig(1)
	r.Churn(0, 10)
	var wg sync.WaitGroup
	wg.Go(func() { r.Churn(10, 600) })
	var version uint64
	for range 50 {
		s := r.all()
		text(t, s) // reads every byte of it, without the lock
		if s.Version < version {
			t.Errorf("version %d after %d", s.Version, version)
		}
		version = s.Version
	}
	wg.Wait()
}
