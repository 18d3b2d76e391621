package breaker

import "time"

// SavedState is the whole state of a Breaker at one moment, without its settings.
// It never changes, so any number of breakers can be made from it. The zero value
// is that of a breaker at time 0 with no calls. Calls in flight are not part of it:
// a result belongs to the breaker that gave the permit.
type SavedState struct {
	from  *Settings // of the breaker that was saved, never changed; nil in the zero value
	state State
	gen   uint64
	calls Metrics // without calls in flight

	failures []Cause // the latest that a transition would name, oldest first
	length   int     // failures in a row
	window   *window // a copy; nil for none
	good     int     // in HalfOpen: the good probes

	since, latest, delay, grown, lastFailure time.Duration

	refusal *OpenError
	last    Transition
}

// Save returns what the breaker knows. It changes nothing.
func (b *Breaker) Save() SavedState {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.save()
}

func (b *Breaker) save() SavedState {
	calls := b.metrics()
	calls.TotalCalls -= calls.InFlight
	calls.InFlight = 0
	saved := SavedState{
		from: &b.set, state: b.state, gen: b.gen, calls: calls, length: b.failures.length,
		since: b.since, latest: b.latest, delay: b.delay, grown: b.grown, lastFailure: b.lastFailure,
		refusal: b.refusal, last: b.last,
	}
	if b.failures.added > 0 {
		saved.failures = b.failures.causes(b.failures.added)
	}
	if b.window != nil {
		saved.window = b.window.clone()
	}
	if b.probation != nil {
		saved.good = b.probation.good
	}
	return saved
}

// Restore returns a Breaker with the settings s that goes on from saved, or a
// *SettingError. With the settings of the breaker that was saved it is that
// breaker again. With others:
//
//   - the state, its beginning, the metrics, the generation and the last
//     transition stay. So does the delay of a circuit that is open now; another
//     OpenFor, OpenGrowth or OpenMax applies from the next opening on, and the
//     growth then starts again;
//   - failures in a row stay. Where they have already reached a lowered threshold,
//     the circuit stays closed until the next failure, which trips it, or the next
//     success, which clears them;
//   - good probes stay, but one is always missing: where they have already reached
//     a lowered number, the next good probe closes the circuit;
//   - a window keeps the outcomes that the new one has room for, as they were
//     judged when they ended. One by count keeps nothing of one by time, and the
//     other way round. Its rates are judged with the next call.
//
// Restore makes no transition and does not call the listener.
func Restore(s Settings, saved SavedState) (*Breaker, error) {
	b, err := New(s)
	if err != nil {
		return nil, err
	}
	b.state, b.gen, b.calls = saved.state, saved.gen, saved.calls
	b.since, b.delay, b.lastFailure = saved.since, saved.delay, saved.lastFailure
	b.latest = max(b.latest, saved.latest)
	b.refusal, b.last = saved.refusal, saved.last
	if saved.from != nil && saved.from.OpenFor == b.set.OpenFor && saved.from.OpenGrowth == b.set.OpenGrowth && saved.from.OpenMax == b.set.OpenMax {
		b.grown = saved.grown
	}
	for _, c := range saved.failures {
		b.failures.add(c)
	}
	b.failures.length = saved.length
	if b.window != nil && saved.window != nil {
		b.window.takeOver(saved.window, b.latest)
	}
	if b.state == HalfOpen {
		b.probation = &probation{good: min(saved.good, b.set.SuccessesToClose-1)}
	}
	return b, nil
}

// Successor returns a Breaker with the settings s, made as by Restore, that
// replaces b. With a *SettingError, b is unchanged.
//
// The old breaker makes no transition any more. Calls in flight are reported to it:
// they count in its metrics, not in the successor's, and decide nothing. The listeners
// of both get the transitions one by one and in order, as if there were one breaker. A
// call that still comes to the old one, because its caller looked it up before, is let
// through or refused by the state at the time of the change.
func (b *Breaker) Successor(s Settings) (*Breaker, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	next, err := Restore(s, b.save())
	if err != nil {
		return nil, err
	}
	b.retire()
	b.notifier.passTo(next)
	return next, nil
}

// retire puts the breaker into a state that no call can end, without a transition,
// and makes all permits in use belong to an older generation.
func (b *Breaker) retire() {
	b.gen++
	b.shut.Store(nil)
	b.failures.clear()
	b.probation = nil
	switch b.state {
	case Closed:
		b.state = Disabled
	case Open, HalfOpen:
		b.state = ForcedOpen // the error of a refused call stays the same
	}
}
