package breaker

import (
	"math/rand/v2"
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

// By time each outcome leaves when its bucket does, wherever it was before. The
// cases are drawn evenly: what matters here happens where buckets are many.
func TestSpansTakeOverWhatIsNotOver(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	spansOf := func() *spans { return newSpans(time.Duration(1+rnd.IntN(60)), 2+rnd.IntN(11)) }
	for range 2000 {
		from, to := spansOf(), spansOf()
		var now time.Duration
		for range rnd.IntN(60) {
			now += time.Duration(rnd.IntN(4))
			from.add(now, rnd.IntN(2) == 1, rnd.IntN(2) == 1)
		}
		now += time.Duration(rnd.IntN(10))
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
	}
}

func TestASavedStateDoesNotChangeWithItsBreaker(t *testing.T) {
	for name, s := range map[string]Settings{"by count": byCount(4, 4, 1), "by time": byTime(4, 1)} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, s)
			r.call(Failure)
			r.call(Success)
			saved := r.Save()
			for range 40 { // the places of what was saved are all taken
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
				r.clock.set(10 * time.Second) // by time, both leave now
				for range 4 {
					p, _ := b.Acquire()
					p.Release(Success, nil)
				}
				if got := b.Snapshot().Sample; got != (Sample{Calls: 4}) {
					t.Errorf("four successes later it holds %+v", got)
				}
				if m := b.Metrics(); m.TotalCalls != 6 || m.InFlight != 0 {
					t.Errorf("%+v", m)
				}
				r.clock.set(0)
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

func TestAProbeOfThePhaseBeforeEndsAtTheOldBreakerToo(t *testing.T) {
	s := Settings{FailureThreshold: 1, MaxProbes: 2, SuccessesToClose: 2, ProbeTimeout: time.Second}
	r := newRig(t, s)
	r.trip()
	first, second := r.probe(), r.probe()
	first.Release(Failure, errDown)
	next := r.follow(s)
	second.Release(Success, nil)
	next.in(Open)
	r.counts(Metrics{TotalCalls: 3, SuccessCalls: 1, FailureCalls: 2, CircuitOpenCount: 2, ProbeFailCount: 1})
}
