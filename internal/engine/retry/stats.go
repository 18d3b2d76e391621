package retry

import (
	"math"
	"sync"
	"sync/atomic"
	"time"
)

// Outcome is how a call ended.
type Outcome uint8

// The outcomes. Every call has exactly one.
const (
	// Succeeded is a success of the first attempt.
	Succeeded Outcome = iota
	// Saved is a success after at least one failed attempt.
	Saved
	// Exhausted is a call whose attempts ran out, or that the Budget ended
	// earlier.
	Exhausted
	// Propagated is a call ended at once by an error that is not retried, by
	// its caller's cancel, or by a panic.
	Propagated

	outcomes = iota
)

// Stats counts the calls of one name. The zero value is empty and has no name.
// It is of fixed size and safe for concurrent use; it must not be copied after
// first use.
//
// A call is counted when it ends, together with its last attempt; an earlier
// attempt is counted when the wait after it is over. So at any moment, and not
// only when all calls have ended, calls = successes + permanent failures +
// propagated, and retries = attempts - calls counts the retries begun.
type Stats struct {
	name string // set before first use, never after

	// The calls whose first attempt succeeded, each of which is one attempt and one
	// Succeeded. They are by far the most, and a single atomic number needs no
	// lock.
	first atomic.Uint64

	// The rest has a mutex instead of atomics, so that a summary is of one moment
	// and no share can exceed 1. None of it is in first.
	mu       sync.Mutex
	ends     [outcomes]uint64
	attempts uint64
	failed   uint64 // of attempts
	delay    time.Duration
}

// NewStats returns empty statistics whose Summary carries the name.
func NewStats(name string) *Stats { return &Stats{name: name} }

// RecordAttempt counts one attempt and the wait that followed it, 0 or less for
// none. The end of its call is counted with RecordCall. Do calls both by itself.
func (s *Stats) RecordAttempt(success bool, delay time.Duration) {
	s.mu.Lock()
	s.addAttempt(success, delay)
	s.mu.Unlock()
}

// RecordCall counts the end of a call whose attempts were counted with
// RecordAttempt. An Outcome that is none of the constants is not counted.
func (s *Stats) RecordCall(o Outcome) {
	if o >= outcomes {
		return
	}
	s.mu.Lock()
	s.ends[o]++
	s.mu.Unlock()
}

// recordLast is RecordAttempt and RecordCall in one step.
func (s *Stats) recordLast(o Outcome, delay time.Duration) {
	if o == Succeeded { // at the first attempt, so nobody has waited
		s.first.Add(1)
		return
	}
	s.mu.Lock()
	s.addAttempt(o == Saved, delay)
	s.ends[o]++
	s.mu.Unlock()
}

// addAttempt is called with mu held. The sum of delays stops at the longest
// Duration.
func (s *Stats) addAttempt(success bool, delay time.Duration) {
	s.attempts++
	if !success {
		s.failed++
	}
	if delay > 0 {
		s.delay += min(delay, math.MaxInt64-s.delay)
	}
}

// SuccessRate is the share of calls that succeeded, from 0 to 1, rounded to
// 1e-6. ok is false where no call has ended, and there is no rate.
func (s *Stats) SuccessRate() (rate float64, ok bool) {
	r := s.Summary().SuccessRate
	if r == nil {
		return 0, false
	}
	return *r, true
}

// Summary is all figures at one moment. Rates are fractions, and they and the
// seconds are rounded to 1e-6. A rate is nil where its denominator is 0: JSON
// null, and n/a in text.
type Summary struct {
	Name string `json:"name"`
	// TotalCalls = Successes + PermanentFailures + Propagated.
	TotalCalls uint64 `json:"totalCalls"`
	// Successes are the calls that succeeded, SuccessfulRetries included.
	Successes uint64 `json:"successes"`
	// TotalAttempts = TotalCalls + Retries.
	TotalAttempts uint64 `json:"totalAttempts"`
	Retries       uint64 `json:"retries"`
	// FailedAttempts = TotalAttempts - Successes.
	FailedAttempts uint64 `json:"failedAttempts"`
	// SuccessfulRetries are the calls that succeeded after at least one failed
	// attempt.
	SuccessfulRetries uint64 `json:"successfulRetries"`
	// PermanentFailures are the calls whose attempts ran out, or whose next attempt
	// the Budget refused.
	PermanentFailures uint64 `json:"permanentFailures"`
	// Propagated are the calls ended by an error that is not retried, by the
	// caller's cancel or by a panic.
	Propagated uint64 `json:"propagated"`
	// TotalDelaySeconds is the time spent waiting between attempts.
	TotalDelaySeconds float64 `json:"totalDelaySeconds"`
	// SuccessRate = Successes / TotalCalls.
	SuccessRate *float64 `json:"successRate"`
	// RetrySuccessRate = SuccessfulRetries / (SuccessfulRetries +
	// PermanentFailures): of the calls that needed a retry, the share it saved.
	RetrySuccessRate *float64 `json:"retrySuccessRate"`
	// RetryRate = Retries / TotalCalls. It is the only rate that can exceed 1:
	// it is the mean number of retries of a call.
	RetryRate *float64 `json:"retryRate"`
	// AverageDelayPerPermanentFailureSeconds = TotalDelaySeconds /
	// PermanentFailures.
	AverageDelayPerPermanentFailureSeconds *float64 `json:"averageDelayPerPermanentFailureSeconds"`
}

// Summary returns all figures as they are now.
func (s *Stats) Summary() Summary {
	s.mu.Lock()
	ends, attempts, failed, delay := s.ends, s.attempts, s.failed, s.delay
	first := s.first.Load()
	s.mu.Unlock()
	ends[Succeeded] += first
	attempts += first

	successes := ends[Succeeded] + ends[Saved]
	calls := successes + ends[Exhausted] + ends[Propagated]
	// With RecordCall called from outside there may be fewer attempts than
	// calls.
	retries := attempts - min(attempts, calls)
	seconds := delay.Seconds()
	return Summary{
		Name:              s.name,
		TotalCalls:        calls,
		Successes:         successes,
		TotalAttempts:     attempts,
		Retries:           retries,
		FailedAttempts:    failed,
		SuccessfulRetries: ends[Saved],
		PermanentFailures: ends[Exhausted],
		Propagated:        ends[Propagated],
		TotalDelaySeconds: round6(seconds),

		SuccessRate:      ratio(float64(successes), calls),
		RetrySuccessRate: ratio(float64(ends[Saved]), ends[Saved]+ends[Exhausted]),
		RetryRate:        ratio(float64(retries), calls),

		AverageDelayPerPermanentFailureSeconds: ratio(seconds, ends[Exhausted]),
	}
}

// ratio is a/b rounded to 1e-6, and nil where b is 0.
func ratio(a float64, b uint64) *float64 {
	if b == 0 {
		return nil
	}
	r := round6(a / float64(b))
	return &r
}

// round6 rounds to 1e-6, so that the same figures print the same on every
// processor.
func round6(x float64) float64 { return math.Round(x*1e6) / 1e6 }
