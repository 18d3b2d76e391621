package breaker

// The commonest call of an open circuit is the one that it refuses, and nothing
// has to be locked for it: a refusal changes no state, it is only counted. So the
// refusal of the present generation is published for all callers to see.
//
// What is published is a hint, and it errs to one side. Where shut is nil nothing
// is wrong, the call only takes the lock and is decided there; so shut may be
// cleared at any moment. It is set by a refusal that was decided under the lock,
// and cleared by every transition, under the same lock. A caller may still see it
// a moment after: it was then refused at the moment when it looked, before the
// transition, and is counted a little later. The sum of the metrics holds all the
// same, because one number counts the call in the total and in the refusals.

// refuse returns the refusal of a call that needs no lock for it, and counts the
// call; else nil. From the moment on that a probe is due it is nil, and the lock
// decides who is the probe.
func (b *Breaker) refuse() *OpenError {
	refusal := b.shut.Load()
	if refusal == nil || refusal.RetryKnown && b.set.Now() >= refusal.RetryAt {
		return nil
	}
	b.quick.Add(1)
	return refusal
}
