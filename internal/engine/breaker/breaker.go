package breaker

import (
	"math"
	"sync"
	"sync/atomic"
	"time"
)

// Breaker is a circuit breaker for one service. Make it with New. All methods
// are safe for concurrent use. It must not be copied.
type Breaker struct {
	set Settings // complete and never changed

	// The refusal of an open circuit takes no lock; see gate.go.
	shut  atomic.Pointer[OpenError] // what refuses at once; written with mu held
	quick atomic.Uint64             // calls that it refused; not in calls

	// mu guards everything below. It is held for a few instructions at a time,
	// never while a caller's function or the listener runs.
	mu    sync.Mutex
	state State
	gen   uint64  // how many transitions there were; a permit is of one generation
	calls Metrics // all but InFlight, which follows from the rest, and quick

	window    *window    // in Closed: the sample of the rates, else empty; nil for none
	probation *probation // in HalfOpen: the probes; else nil
	refusal   *OpenError // where calls are refused: their error; made once a generation

	since  time.Duration // when the state began
	latest time.Duration // the latest time seen: no time here is before it
	delay  time.Duration // in Open: how long it lasts, counted from since
	grown  time.Duration // the last delay without jitter; 0 once closed

	lastFailure time.Duration
	last        Transition // the latest one; empty while gen is 0

	notifier *notifier // calls the listener; not changed once the breaker is in use

	failures streak // in Closed: the failures in a row; last, because it is large
}

// New returns a Breaker in Closed, or a *SettingError if s is not valid.
func New(s Settings) (*Breaker, error) {
	if err := s.Validate(); err != nil {
		return nil, err
	}
	s = s.withDefaults()
	now := s.Now()
	b := &Breaker{set: s, window: newWindow(&s), since: now, latest: now}
	b.notifier = newNotifier(b)
	return b, nil
}

// Settings returns the rules of the breaker with all defaults filled in.
func (b *Breaker) Settings() Settings { return b.set }

// Acquire asks for a call to the service. The error is nil, and the call must be
// reported with Release on the permit; or it is an *OpenError, which matches
// ErrOpen, and the service must not be called. Acquire is where Open turns into
// HalfOpen and where probes that timed out are noticed. It never waits and
// allocates only with a transition.
func (b *Breaker) Acquire() (Permit, error) {
	if refusal := b.refuse(); refusal != nil {
		return Permit{}, refusal
	}
	var p Permit
	err := b.admit(&p)
	return p, err
}

// admit is Acquire for a call that refuse has not refused. The permit, which is
// the zero value until then, is made in its place: copying it takes longer than
// making it.
func (b *Breaker) admit(p *Permit) error {
	b.mu.Lock()
	b.calls.TotalCalls++
	if b.state == Closed || b.state == Disabled {
		p.b, p.gen = b, b.gen
		if b.set.SlowCall > 0 {
			p.began = b.now()
		}
		b.mu.Unlock()
		return nil
	}
	refusal := b.acquireProbe(p)
	drain := b.notifier.claim()
	b.mu.Unlock()
	if drain {
		b.drainHolding(p)
	}
	if refusal != nil {
		return refusal
	}
	return nil
}

// acquireProbe decides about a call in a state that does not let every call
// through.
func (b *Breaker) acquireProbe(p *Permit) *OpenError {
	now := b.now()
	switch b.state {
	case Open:
		if now-b.since >= b.delay {
			b.move(ProbeDue, now, nil)
		}
	case HalfOpen:
		b.expireProbes(now)
	}
	if b.state == HalfOpen && b.probation.room(&b.set) {
		*p = Permit{b: b, gen: b.gen, probation: b.probation, id: b.probation.begin(now), began: now}
		return nil
	}
	b.calls.FastFailCount++
	if b.state != HalfOpen {
		b.shut.Store(b.refusal)
	}
	return b.refusal
}

// expireProbes reopens the circuit if a probe of this half-open phase is older
// than ProbeTimeout. Every probe that old counts as failed.
func (b *Breaker) expireProbes(now time.Duration) {
	n := b.probation.late(now, b.set.ProbeTimeout)
	if n == 0 {
		return
	}
	b.probation.writeOff(n)
	b.calls.FailureCalls += uint64(n)
	b.calls.ProbeFailCount += uint64(n)
	b.lastFailure = now
	causes := make([]Cause, min(n, maxCauses))
	for i := range causes {
		causes[i] = Cause{At: now, Err: ErrProbeTimeout}
	}
	b.move(ProbeTimedOut, now, causes)
}

// finish counts the result of a call in the metrics, and judges it if it is of
// the current generation.
func (b *Breaker) finish(p *Permit, o Outcome, err error) {
	var now time.Duration // needed, and read, for failures, probes and times only
	if p.probation != nil || o != Neutral && (o != Success || b.set.timed()) {
		now = b.now()
	}
	if p.probation != nil {
		if p.gen == b.gen {
			b.expireProbes(now)
		}
		if !p.probation.end(p.id) {
			return // written off: it has been counted as a failure
		}
	}
	b.count(o, now)
	if p.gen != b.gen {
		// latest may now be past RetryAt, which refuse would not see if the clock
		// then goes back.
		b.shut.Store(nil)
		return
	}
	slow := b.set.SlowCall > 0 && now-p.began > b.set.SlowCall
	switch b.state {
	case Closed:
		b.judgeCall(o, slow, Cause{At: now, Err: err})
	case HalfOpen:
		b.judgeProbe(o, slow, Cause{At: now, Err: err})
	}
}

func (b *Breaker) count(o Outcome, now time.Duration) {
	switch o {
	case Success:
		b.calls.SuccessCalls++
	case Neutral:
		b.calls.IgnoredCalls++
	default:
		b.calls.FailureCalls++
		b.lastFailure = now
	}
}

// judgeCall applies the rules of Closed.
func (b *Breaker) judgeCall(o Outcome, slow bool, c Cause) {
	switch {
	case o == Neutral:
		return
	case o != Success:
		b.failures.add(c)
	case b.window != nil:
		b.failures.end()
	default:
		b.failures.clear()
	}
	if b.window != nil {
		b.window.add(c.At, o != Success, slow)
	}
	if b.set.FailureThreshold > 0 && b.failures.length >= b.set.FailureThreshold {
		b.move(TooManyFailures, c.At, b.failures.causes(b.failures.length))
		return
	}
	if b.window != nil {
		b.judgeRates(o, c.At)
	}
}

// judgeRates applies the rules of the window, after a success too: it may be the
// one that completes the volume.
func (b *Breaker) judgeRates(o Outcome, now time.Duration) {
	sample := b.window.at(now)
	reason, tripped := b.window.judge(sample)
	if !tripped {
		return
	}
	if o == Success && !b.set.timed() {
		now = b.now() // finish has not read it for such a success
	}
	var causes []Cause
	if reason == TooHighFailureRate {
		causes = b.failures.causes(sample.Failures) // the latest, for the oldest leave first
	}
	b.move(reason, now, causes)
}

// judgeProbe applies the rule of HalfOpen. The window plays no part in it.
func (b *Breaker) judgeProbe(o Outcome, slow bool, c Cause) {
	if o == Success && slow {
		o, c.Err = Failure, ErrSlow
	}
	switch o {
	case Success:
		b.calls.ProbeSuccessCount++
		b.probation.good++
		if b.probation.good >= b.set.SuccessesToClose {
			b.move(ProbesSucceeded, c.At, nil)
		}
	case Neutral:
	default:
		b.calls.ProbeFailCount++
		b.move(ProbeFailed, c.At, []Cause{c})
	}
}

// move makes a transition. It is the only place where the state changes. A
// transition that the table does not have is a bug of this package, and panics.
func (b *Breaker) move(reason Reason, now time.Duration, causes []Cause) {
	to, ok := target(b.state, reason)
	if !ok {
		panic("breaker: illegal transition: " + reason.String() + " in " + b.state.String())
	}
	t := Transition{Seq: b.gen + 1, At: now, From: b.state, To: to, Reason: reason, Causes: causes}
	switch reason {
	case TooManyFailures:
		t.Failures = b.failures.length
	case TooHighFailureRate:
		t.Limit = b.set.FailureRate
	case TooManySlow:
		t.Limit = b.set.SlowRate
	case ProbesSucceeded:
		t.Good = b.probation.good
	}
	if b.window != nil && b.state == Closed && to == Open {
		t.Sample = b.window.at(now)
	}
	b.enter(to, reason, now)
	if to == Open {
		t.Delay = b.delay
	}
	if t.Opens() {
		b.calls.CircuitOpenCount++
	}
	b.gen = t.Seq
	b.last = t
	b.notifier.add(t, b.set.OnTransition)
}

// enter sets up what belongs to a state, and clears what belonged to the one
// before.
func (b *Breaker) enter(s State, reason Reason, now time.Duration) {
	b.state, b.since = s, now
	b.shut.Store(nil)
	b.failures.clear()
	if b.window != nil {
		b.window.clear()
	}
	b.probation, b.refusal, b.delay = nil, nil, 0
	switch s {
	case Closed:
		b.grown = 0
	case Open:
		if reason != ForceReleased { // after which a probe is due at once
			b.grown = b.set.nextDelay(b.grown)
			b.delay = b.set.jittered(b.grown)
		}
		b.refusal = &OpenError{State: s, Since: now, RetryAt: later(now, b.delay), RetryKnown: true}
	case HalfOpen:
		b.probation = &probation{}
		b.refusal = &OpenError{State: s, Since: now}
	case ForcedOpen:
		b.refusal = &OpenError{State: s, Since: now}
	}
}

// now reads the clock and makes sure that time does not run backwards.
func (b *Breaker) now() time.Duration {
	b.latest = max(b.latest, b.set.Now())
	return b.latest
}

// later returns t + d, or the latest time there is.
func later(t, d time.Duration) time.Duration {
	if t > math.MaxInt64-d {
		return math.MaxInt64
	}
	return t + d
}
