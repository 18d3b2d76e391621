package breaker

// ForceOpen refuses every call until ReleaseForced, Disable or Reset. Calls in
// flight run on but no longer decide anything. It counts as an opening, also when
// the circuit was open already. In ForcedOpen it does nothing.
func (b *Breaker) ForceOpen() { b.act(Forced) }

// ReleaseForced ends ForcedOpen. The circuit is then open with a probe due at
// once: the operator says that calls may be tried again, and probes find out
// whether the service has recovered. In every other state it does nothing.
func (b *Breaker) ReleaseForced() { b.act(ForceReleased) }

// Disable lets every call through and judges none, until Enable, ForceOpen or
// Reset. The metrics count on. In Disabled it does nothing.
func (b *Breaker) Disable() { b.act(WasDisabled) }

// Enable ends Disabled: the circuit is closed, with no failures counted. In every
// other state it does nothing.
func (b *Breaker) Enable() { b.act(WasEnabled) }

// Reset closes the circuit, whatever its state: failures, the window, good probes and
// the growth of the delay begin anew, and calls in flight no longer decide anything. It
// is a transition in Closed too. The metrics are kept, because they are about all calls
// since New.
func (b *Breaker) Reset() { b.act(WasReset) }

// act makes an operator's transition, if the present state has it.
func (b *Breaker) act(reason Reason) {
	b.mu.Lock()
	if _, ok := target(b.state, reason); ok {
		b.move(reason, b.now(), nil)
	}
	drain := b.notifier.claim()
	b.mu.Unlock()
	if drain {
		b.drain()
	}
}
