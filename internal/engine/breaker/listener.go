package breaker

import (
	"sync"
	"sync/atomic"
)

// teller hands transitions to the listener outside the lock of the breaker, so that
// it can use the breaker, and in order: transitions queue up, and one goroutine at a
// time, the one that has set draining, works the queue off. The others leave theirs
// to it. A breaker and those that take its place share one teller, because what the
// first one did is told before what the next one does.
type teller struct {
	waiting atomic.Int64 // how long the queue is, to be read without the lock

	// mu is taken with the lock of a breaker held, never the other way round.
	mu       sync.Mutex
	queue    []telling
	draining bool     // somebody is telling them
	latest   *Breaker // the one in force
}

// telling is a transition and who is to hear of it.
type telling struct {
	t        Transition
	listener func(Transition)
}

// add puts a transition into the queue. The lock of its breaker is held.
func (q *teller) add(t Transition, listener func(Transition)) {
	if listener == nil {
		return
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	q.queue = append(q.queue, telling{t, listener})
	q.waiting.Store(int64(len(q.queue)))
}

// claim makes the caller the one who drains, if there is something to tell and
// nobody is at it. Whoever is told true must call drain without any lock.
func (q *teller) claim() bool {
	if q.waiting.Load() == 0 {
		return false
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.queue) == 0 || q.draining {
		return false
	}
	q.draining = true
	return true
}

// next takes the oldest transition off the queue. When there is none it gives up
// draining under the same lock, so that none is left behind.
func (q *teller) next() (telling, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.queue) == 0 {
		q.queue, q.draining = nil, false
		return telling{}, false
	}
	first := q.queue[0]
	q.queue = q.queue[1:]
	q.waiting.Store(int64(len(q.queue)))
	return first, true
}

// giveUp ends draining before the queue is empty, and returns the breaker in force.
func (q *teller) giveUp() *Breaker {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.draining = false
	return q.latest
}

// passTo makes the teller that of another breaker, which takes the place of the one
// before. No lock of a breaker but that of the old one is held.
func (q *teller) passTo(next *Breaker) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.latest, next.tell = next, q
}

// newTeller is the teller of a breaker that takes nobody's place.
func newTeller(b *Breaker) *teller { return &teller{latest: b} }

// drain tells the listener what is queued, including what is added meanwhile.
// mu is not held. If the listener panics or ends the goroutine, the rest is told
// with the next transition, refusal, failure or probe.
func (b *Breaker) drain() {
	emptied := false
	defer func() {
		if !emptied {
			latest := b.tell.giveUp()
			latest.mu.Lock()
			latest.shut.Store(nil) // so that the next refusal finds what is left
			latest.mu.Unlock()
		}
	}()
	for {
		next, ok := b.tell.next()
		if !ok {
			emptied = true
			return
		}
		next.listener(next.t)
	}
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
