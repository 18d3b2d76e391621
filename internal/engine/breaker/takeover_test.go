package breaker

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// What a ring of another size takes over are the latest outcomes, in their order:
// it then goes on as one that was fed them itself.
func TestARingTakesOverTheLatestOutcomesInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.IntRange(1, 70)
		from, to := newRing(size.Draw(t, "from")), newRing(size.Draw(t, "to"))
		outcomes := rapid.SliceOfN(rapid.IntRange(0, 3), 0, 150).Draw(t, "outcomes")
		for _, o := range outcomes {
			from.add(o&1 == 1, o&2 == 2)
		}
		to.takeOver(from)
		like := newRing(to.size)
		for _, o := range outcomes[max(0, len(outcomes)-from.size):] {
			like.add(o&1 == 1, o&2 == 2)
		}
		for i := range to.size + 1 { // until all has left again, one by one
			if to.held != like.held {
				t.Fatalf("%d outcomes later it holds %+v, want %+v", i, to.held, like.held)
			}
			to.add(false, false)
			like.add(false, false)
		}
	})
}

// By time each outcome leaves when its bucket does, wherever it was before.
func TestSpansTakeOverWhatIsNotOver(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		buckets := rapid.IntRange(2, 12)
		from := newSpans(time.Duration(rapid.IntRange(1, 60).Draw(t, "from")), buckets.Draw(t, "buckets"))
		to := newSpans(time.Duration(rapid.IntRange(1, 60).Draw(t, "to")), buckets.Draw(t, "other buckets"))
		var now time.Duration
		for _, o := range rapid.SliceOfN(rapid.IntRange(0, 15), 0, 60).Draw(t, "outcomes") {
			now += time.Duration(o / 4)
			from.add(now, o&1 == 1, o&2 == 2)
		}
		now += time.Duration(rapid.IntRange(0, 10).Draw(t, "wait"))
		to.takeOver(from, now)
		// The model: each of the old buckets, in the first of the new that is not
		// yet a width old.
		var model []bucket
		for i := range from.used {
			b := from.list[from.index(i)]
			if now-b.began >= to.span {
				continue
			}
			if n := len(model); n > 0 && b.began-model[n-1].began < to.width {
				m := &model[n-1].sum
				*m = Sample{m.Calls + b.sum.Calls, m.Failures + b.sum.Failures, m.Slow + b.sum.Slow}
				continue
			}
			model = append(model, b)
		}
		for later := now; later < now+70; later++ {
			var want Sample
			for _, b := range model {
				if later-b.began < to.span {
					want = Sample{want.Calls + b.sum.Calls, want.Failures + b.sum.Failures, want.Slow + b.sum.Slow}
				}
			}
			if got := to.at(later); got != want {
				t.Fatalf("at %d it holds %+v, want %+v", later, got, want)
			}
		}
	})
}

func TestAMementoDoesNotChangeWithItsBreaker(t *testing.T) {
	for name, s := range map[string]Settings{"by count": byCount(4, 4, 1), "by time": byTime(4, 1)} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, s)
			r.call(Failure)
			r.call(Success)
			saved := r.Save()
			for range 4 {
				r.clock.advance(3 * time.Second)
				r.call(Success)
			}
			r.clock.set(0)
			for range 2 { // nor with a breaker that was made from it
				b, err := Restore(r.Settings(), saved)
				if err != nil {
					t.Fatal(err)
				}
				if got := b.Snapshot().Sample; got != (Sample{Calls: 2, Failures: 1}) {
					t.Errorf("it holds %+v", got)
				}
				for range 3 {
					p, _ := b.Acquire()
					p.Release(Failure, errDown)
				}
				if m := b.Metrics(); m.TotalCalls != 5 || m.InFlight != 0 {
					t.Errorf("%+v", m)
				}
			}
		})
	}
}

// Probes of a breaker that is replaced, and of a phase before, end at the old one
// and decide nothing anywhere.
func TestProbesInFlightEndAtTheOldBreaker(t *testing.T) {
	s := Settings{FailureThreshold: 1, MaxProbes: 2, SuccessesToClose: 2, ProbeTimeout: time.Second}
	r := newRig(t, s)
	r.trip()
	before := r.probe()
	r.Reset()
	r.trip()
	probe := r.probe()
	next := r.follow(s)
	told := len(r.seen)
	if got := next.Snapshot(); got.State != HalfOpen || got.ProbesInFlight != 0 {
		t.Errorf("%+v", got)
	}
	r.clock.advance(time.Hour)
	before.Release(Failure, errDown)
	probe.Release(Failure, errDown)
	if diff := cmp.Diff(told, len(r.seen)+len(next.seen)); diff != "" {
		t.Errorf("they make a transition: %v, %v", r.seen, next.seen)
	}
	next.in(HalfOpen)
	if m := r.Metrics(); m.FailureCalls != 4 || m.InFlight != 0 {
		t.Errorf("%+v", m)
	}
}
