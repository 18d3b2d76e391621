package breaker

import (
	"math"
	"time"
)

// window is how CLOSED judges the service by rates: the outcomes that count, in
// a ring or in spans, and the thresholds of their rates. It is of fixed size and
// guarded by the breaker's lock.
type window struct {
	ring  *ring  // of a window by count, else nil
	spans *spans // of a window by time, else nil

	volume   int  // below this many outcomes nothing is judged
	failures rate // 0: not judged
	slow     rate // 0: not judged
}

// newWindow returns the window of complete settings, or nil where they have none.
func newWindow(s *Settings) *window {
	w := &window{volume: s.MinVolume, failures: newRate(s.FailureRate), slow: newRate(s.SlowRate)}
	switch {
	case s.Window.Calls > 0:
		w.ring = newRing(s.Window.Calls)
	case s.Window.Span > 0:
		w.spans = newSpans(s.Window.Span, s.Window.Buckets)
	default:
		return nil
	}
	return w
}

// add takes in the outcome of a call that ended at now, and drops what has to
// leave. A window by count has no use for now.
func (w *window) add(now time.Duration, failed, slow bool) {
	if w.ring != nil {
		w.ring.add(failed, slow)
		return
	}
	w.spans.add(now, failed, slow)
}

// at returns what the window holds at now. It changes nothing.
func (w *window) at(now time.Duration) Sample {
	if w.ring != nil {
		return w.ring.held
	}
	return w.spans.at(now)
}

func (w *window) clear() {
	if w.ring != nil {
		w.ring.clear()
		return
	}
	w.spans.clear()
}

// judge tells which rate of the sample has reached its threshold, if any.
func (w *window) judge(s Sample) (Reason, bool) {
	switch {
	case s.Calls < w.volume:
		return 0, false
	case w.failures.reached(s.Failures, s.Calls):
		return TooHighFailureRate, true
	case w.slow.reached(s.Slow, s.Calls):
		return TooManySlow, true
	}
	return 0, false
}

// failuresMissing returns the least k >= 1 such that k failures, none of them
// slow, reach a threshold if they all come in at now; 0 where no number does.
func (w *window) failuresMissing(now time.Duration) int {
	s := w.at(now)
	up, down := side{limit: w.failures, held: s.Failures}, side{limit: w.slow, held: s.Slow}
	if w.ring != nil {
		up.bits = w.ring.failed
	}
	return w.missing(up, down, s.Calls)
}

// slowMissing is failuresMissing for slow calls that do not fail.
func (w *window) slowMissing(now time.Duration) int {
	s := w.at(now)
	up, down := side{limit: w.slow, held: s.Slow}, side{limit: w.failures, held: s.Failures}
	if w.ring != nil {
		up.bits = w.ring.slow
	}
	return w.missing(up, down, s.Calls)
}

// side is one of the two rates in a forecast.
type side struct {
	limit rate
	held  int      // outcomes of its kind in the window
	bits  []uint64 // of the ring: which outcomes are of its kind
}

// missing returns the least number of outcomes, all of the kind of up and none of
// the kind of down, that reach a threshold; 0 where no number does. There are
// calls in the window.
//
// With such outcomes the one rate never falls and the other never rises. So the
// other is reached as soon as there is the volume, or not at all. In a full ring it
// is never, for there it has been judged as it is; that the oldest outcome would
// leave need not be looked at.
func (w *window) missing(up, down side, calls int) int {
	first := max(1, w.volume-calls)
	if down.limit.reached(down.held, calls+first) {
		return first
	}
	if up.limit == 0 {
		return 0
	}
	k, ok := up.limit.more(up.held, calls)
	if w.ring == nil {
		if !ok {
			return 0
		}
		return max(first, k)
	}
	room := w.ring.size - calls
	if ok && k <= room {
		return max(first, k)
	}
	// The window is full before the rate is reached. From then on only outcomes
	// that take the place of one of another kind raise it.
	lack := up.limit.of(w.ring.size) - up.held - room
	return max(first, room+w.ring.unset(up.bits, lack))
}

// rate is a threshold in millionths, so that it is compared with whole numbers:
// 7 of 100 reach 0.07, which floating-point products may deny. 0 is no threshold.
type rate uint64

const million = 1_000_000

func newRate(share float64) rate { return rate(math.Round(share * million)) }

// reached reports whether part / whole is at least r. whole is not 0.
func (r rate) reached(part, whole int) bool {
	return r > 0 && uint64(part)*million >= uint64(r)*uint64(whole)
}

// of returns the least part of whole that reaches r.
func (r rate) of(whole int) int {
	return int((uint64(r)*uint64(whole) + million - 1) / million)
}

// more returns the least k >= 0 such that part + k of whole + k reach r. ok is
// false where there is none, because r is 1.
func (r rate) more(part, whole int) (k int, ok bool) {
	lack := int64(r)*int64(whole) - million*int64(part)
	switch {
	case lack <= 0:
		return 0, true
	case r == million:
		return 0, false
	}
	share := million - int64(r) // what one more brings
	return int((lack + share - 1) / share), true
}
