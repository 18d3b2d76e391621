package simulated

import (
	"sync"
	"time"

	"resiltui/internal/sensors"
)

// firstOutcome remembers the outcome of the first attempt of the newest call. The
// naive pipeline asks for the outcome of the same attempt, and so does the code
// that computes what a refused call would have sent. The outcome is a pure
// function of the request, so it is never out of date. The zero value is empty;
// it is safe for concurrent use.
type firstOutcome struct {
	mu      sync.Mutex
	known   bool // guarded by mu, as all of these
	request sensors.Request
	latency time.Duration // a simulated sensor never hangs
	err     error
	// truth is the true value at the time answered, when the latest first
	// attempt with a reading was answered. It is asked for when that answer is
	// judged.
	answered time.Duration // 0 for none yet
	truth    float64
}

// keep remembers the plan of a request, if it is a first attempt, and the true
// value behind its reading, if it has one.
func (f *firstOutcome) keep(r sensors.Request, p *sensors.Plan, truth float64) {
	if r.Attempt != 1 {
		return
	}
	f.mu.Lock()
	f.known, f.request, f.latency, f.err = true, r, p.Latency, p.Err
	if p.Reading.At > 0 {
		f.answered, f.truth = p.Reading.At, truth
	}
	f.mu.Unlock()
}

// truthAt is the true value at a time, where it is remembered.
func (f *firstOutcome) truthAt(at time.Duration) (value float64, ok bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.truth, at > 0 && at == f.answered
}

// of is the outcome of a request, where it is remembered.
func (f *firstOutcome) of(r sensors.Request) (p sensors.Plan, ok bool) {
	if r.Attempt != 1 {
		return sensors.Plan{}, false
	}
	f.mu.Lock()
	ok = f.known && f.request == r
	if ok {
		p.Latency, p.Err = f.latency, f.err
	}
	f.mu.Unlock()
	return p, ok
}
