package differential

import (
	"errors"
	"math"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"resiltui/internal/engine/breaker"
)

var (
	errDown    = errors.New("connection refused")
	errNeutral = errors.New("says nothing")
)

// settings are the same for ours and the peer. probes is how many good probes
// close the circuit, and how many may be out: the peers have one number for both.
type settings struct {
	threshold int
	probes    int
	openFor   time.Duration
	// rate is the share of failures that opens the circuit, in place of the
	// threshold, once volume calls have ended; 0 is none.
	rate   float64
	volume int
}

// window is so long that no call of a sequence leaves it: how finely a rolling
// window is cut is each library's own affair.
const window = time.Hour

// peer is the other library's breaker.
type peer interface {
	// acquire asks for a call; where ok, end gives its error, nil for a success.
	acquire() (end func(error), ok bool)
	// state is closed, open or half-open, the last also where it is open and a
	// probe is due: when a breaker notices that its delay is over differs.
	state() string
}

// quirks say where a peer is known to differ, by the rows of
// docs/conformance.md.
type quirks struct {
	// noNeutral: there is no neutral outcome (A4).
	noNeutral bool
	// lateCounts: results of an older generation count (A6, C1).
	lateCounts bool
	// moreProbes: a probe that ends well frees its slot for one that is not
	// needed any more (B3).
	moreProbes bool
	// rates: sequences are about failure rates. The peer rounds them to hundredths
	// and opens the circuit at 38 of 51, which is less than 75 %. No row: half a
	// hundredth is within what a rate is chosen by.
	rates bool
	// strictDelay: at exactly the delay the probe is still refused. No row: both
	// are right, but they differ.
	strictDelay bool
}

// call is one that both let through.
type call struct {
	gen    uint64
	ours   breaker.Permit
	theirs func(error)
}

// run is one sequence.
type run struct {
	quirks
	set    settings
	ours   *breaker.Breaker
	theirs peer
	calls  []*call
	seen   *coverage
}

// coverage shows that the sequences went everywhere.
type coverage struct {
	steps, refused, opened, halfOpened, closed int
	late, twice, atDelay, skipped              int
}

// compare runs sequences until enough steps are made.
func compare(t *testing.T, q quirks, build func(settings) peer) {
	t.Helper()
	var seen coverage
	synctest.Test(t, func(t *testing.T) {
		// rapid asks a *testing.T for its deadline, which a bubble does not allow.
		hidden := struct{ testing.TB }{t}
		for seen.steps < *wantSteps && !t.Failed() {
			rapid.Check(hidden, func(t *rapid.T) { sequence(t, q, build, &seen) })
		}
	})
	t.Logf("%+v", seen)
	if t.Failed() {
		return
	}
	for name, n := range map[string]int{
		"refusals": seen.refused, "openings": seen.opened, "half-openings": seen.halfOpened,
		"closings": seen.closed, "late results": seen.late, "calls at exactly the delay": seen.atDelay,
	} {
		if n < *wantSteps/1000 {
			t.Errorf("only %d %s in %d steps", n, name, seen.steps)
		}
	}
}

func sequence(t *rapid.T, q quirks, build func(settings) peer, seen *coverage) {
	set := settings{
		threshold: rapid.IntRange(1, 4).Draw(t, "threshold"),
		probes:    rapid.IntRange(1, 4).Draw(t, "probes"),
		openFor:   4,
	}
	trip := breaker.Settings{FailureThreshold: set.threshold}
	if q.rates {
		set.rate = rapid.SampledFrom([]float64{0.25, 0.5, 0.75, 1}).Draw(t, "rate")
		set.volume = rapid.IntRange(1, 6).Draw(t, "volume")
		trip = breaker.Settings{
			FailureThreshold: breaker.NoThreshold, Window: breaker.Window{Span: window},
			MinVolume: set.volume, FailureRate: set.rate,
		}
	}
	start := time.Now()
	ours, err := breaker.New(breaker.Settings{
		FailureThreshold: trip.FailureThreshold,
		Window:           trip.Window,
		MinVolume:        trip.MinVolume,
		FailureRate:      trip.FailureRate,
		OpenFor:          set.openFor,
		SuccessesToClose: set.probes,
		MaxProbes:        set.probes,
		Now:              func() time.Duration { return time.Since(start) },
		OnTransition: func(tr breaker.Transition) {
			switch tr.To {
			case breaker.Open:
				seen.opened++
			case breaker.HalfOpen:
				seen.halfOpened++
			case breaker.Closed:
				seen.closed++
			}
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	r := &run{quirks: q, set: set, ours: ours, theirs: build(set), seen: seen}
	t.Repeat(map[string]func(*rapid.T){
		"call":     r.call,
		"acquire":  r.acquire,
		"acquire2": r.acquire, // twice, so that calls pile up
		"end":      r.end,
		"end2":     r.end,
		"wait":     r.wait,
		"read":     r.check,
		"":         r.check,
	})
}

// atDelay reports whether the delay is over at this very moment.
func (r *run) atDelay() bool {
	s := r.ours.Snapshot()
	return s.State == breaker.Open && s.At == s.ProbeAt
}

// ask acquires a call of both. It returns nil where it was refused, or where
// the peer's answer is known to differ.
func (r *run) ask(t *rapid.T) *call {
	r.seen.steps++
	s := r.ours.Snapshot()
	if r.atDelay() {
		r.seen.atDelay++
		if r.strictDelay {
			if _, ok := r.theirs.acquire(); ok {
				t.Fatal("the peer admits at exactly the delay: it is no longer an exception")
			}
			return nil
		}
	}
	if r.moreProbes && s.State == breaker.HalfOpen && s.Good > 0 && s.ProbesInFlight > 0 &&
		s.Good+s.ProbesInFlight >= s.SuccessesToClose {
		r.seen.skipped++ // row B3
		return nil
	}
	permit, err := r.ours.Acquire()
	end, ok := r.theirs.acquire()
	if ok != (err == nil) {
		t.Fatalf("ours: %v; the peer lets it through: %v", err, ok)
	}
	if !ok {
		r.seen.refused++
		return nil
	}
	return &call{gen: r.ours.Snapshot().Generation, ours: permit, theirs: end}
}

// roundedUp is true where one more call makes a rate that reaches the limit only
// when it is rounded to hundredths.
func roundedUp(s breaker.Snapshot, failure bool) bool {
	failed := s.Sample.Failures
	if failure {
		failed++
	}
	rate := float64(failed) / float64(s.Sample.Calls+1)
	return rate < s.FailureRate && math.Round(rate*100)/100 >= s.FailureRate
}

// finish ends a call of both.
func (r *run) finish(t *rapid.T, c *call) {
	r.seen.steps++
	outcomes := []error{nil, errDown, errDown, errNeutral}
	if r.noNeutral {
		outcomes = outcomes[:3] // row A4
	}
	err := rapid.SampledFrom(outcomes).Draw(t, "outcome")
	s := r.ours.Snapshot()
	if r.rates && s.State == breaker.Closed && roundedUp(s, err != nil) {
		r.seen.skipped++
		if err != nil { // the other outcome is more than a hundredth away
			err = nil
		} else {
			err = errDown
		}
	}
	late := c.gen != s.Generation
	if late {
		r.seen.late++
	}
	switch err {
	case nil:
		c.ours.Release(breaker.Success, nil)
	case errNeutral:
		c.ours.Release(breaker.Neutral, nil)
	default:
		c.ours.Release(breaker.Failure, err)
	}
	if rapid.IntRange(0, 9).Draw(t, "twice") == 9 {
		r.seen.twice++ // row A7: ours takes it for one, so the peer is told once
		c.ours.Release(breaker.Success, nil)
	}
	if late && r.lateCounts && s.State != breaker.Open {
		r.seen.skipped++ // rows A6 and C1: the peer is not told
		return
	}
	c.theirs(err)
}

// call is a whole call.
func (r *run) call(t *rapid.T) {
	if c := r.ask(t); c != nil {
		r.finish(t, c)
	}
}

func (r *run) acquire(t *rapid.T) {
	if c := r.ask(t); c != nil {
		r.calls = append(r.calls, c)
	}
}

func (r *run) end(t *rapid.T) {
	if len(r.calls) == 0 {
		t.Skip("no call is out")
	}
	i := rapid.IntRange(0, len(r.calls)-1).Draw(t, "which")
	c := r.calls[i]
	r.calls = slices.Delete(r.calls, i, i+1)
	r.finish(t, c)
}

func (r *run) wait(t *rapid.T) {
	r.seen.steps++
	time.Sleep(time.Duration(rapid.IntRange(1, 5).Draw(t, "wait")))
}

// check compares the states. It must change nothing, so it may come twice.
func (r *run) check(t *rapid.T) {
	if r.strictDelay && r.atDelay() {
		if got := r.theirs.state(); got != "open" {
			t.Fatalf("the peer is %s at exactly the delay: it is no longer an exception", got)
		}
		return
	}
	s := r.ours.Snapshot()
	want := map[breaker.State]string{breaker.Closed: "closed", breaker.Open: "open", breaker.HalfOpen: "half-open"}[s.State]
	if s.ProbeDue {
		want = "half-open"
	}
	if got := r.theirs.state(); got != want {
		t.Fatalf("ours is %s, the peer %s\n%+v", want, got, s)
	}
}
