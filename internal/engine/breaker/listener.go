package breaker

// The listener is told outside the lock, so that it can use the breaker, and in
// order: transitions queue up under the lock, and one goroutine at a time, the
// one that has set draining, works the queue off. The others leave theirs to it.

// claim makes the caller the one who drains, if there is something to tell and
// nobody is at it. Whoever is told true must call drain after unlocking mu.
func (b *Breaker) claim() bool {
	if len(b.queue) == 0 || b.draining {
		return false
	}
	b.draining = true
	return true
}

// drain tells the listener what is queued, including what is added meanwhile.
// mu is not held. If the listener panics or ends the goroutine, the rest is told
// with the next transition, refusal, failure or probe.
func (b *Breaker) drain() {
	emptied := false
	defer func() {
		if !emptied {
			b.mu.Lock()
			b.draining = false
			b.shut.Store(nil) // so that the next refusal finds what is left
			b.mu.Unlock()
		}
	}()
	for {
		t, ok := b.nextToTell()
		if !ok {
			emptied = true
			return
		}
		b.set.OnTransition(t)
	}
}

// nextToTell takes the oldest transition off the queue. When there is none it
// gives up draining under the same lock, so that none is left behind.
func (b *Breaker) nextToTell() (Transition, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.queue) == 0 {
		b.queue, b.draining = nil, false
		return Transition{}, false
	}
	t := b.queue[0]
	b.queue = b.queue[1:]
	return t, true
}

// drainHolding drains for a caller of Acquire. Should the listener panic, the
// caller never gets the permit, so it is released here as Neutral: no slot leaks.
func (b *Breaker) drainHolding(p *Permit) {
	told := false
	defer func() {
		if !told {
			p.Release(Neutral, nil)
		}
	}()
	b.drain()
	told = true
}
