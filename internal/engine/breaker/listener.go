package breaker

import (
	"sync"
	"sync/atomic"
)

// notifier calls the listener for each transition, in order and without the lock of
// the breaker, so that the listener can use the breaker. Transitions are queued. One
// goroutine at a time, the one that has set draining, empties the queue; the others
// leave their transitions to it. A breaker and its successors share one notifier, so
// that the transitions of the first come before those of the next.
type notifier struct {
	waiting atomic.Int64 // how long the queue is, to be read without the lock

	// mu is taken with the lock of a breaker held, never the other way round.
	mu       sync.Mutex
	queue    []notification
	draining bool     // a goroutine is emptying the queue
	latest   *Breaker // the one in force
}

// notification is a transition and its listener.
type notification struct {
	t        Transition
	listener func(Transition)
}

// add puts a transition into the queue. The lock of its breaker is held.
func (q *notifier) add(t Transition, listener func(Transition)) {
	if listener == nil {
		return
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	q.queue = append(q.queue, notification{t, listener})
	q.waiting.Store(int64(len(q.queue)))
}

// claim makes the caller the one who drains, if there is something queued and
// nobody drains yet. A caller that gets true must call drain, and must hold no
// lock then.
func (q *notifier) claim() bool {
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

// next takes the oldest transition off the queue. When there is none it ends
// draining under the same lock, so that no transition stays behind.
func (q *notifier) next() (notification, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.queue) == 0 {
		q.queue, q.draining = nil, false
		return notification{}, false
	}
	first := q.queue[0]
	q.queue = q.queue[1:]
	q.waiting.Store(int64(len(q.queue)))
	return first, true
}

// giveUp ends draining before the queue is empty, and returns the breaker in force.
func (q *notifier) giveUp() *Breaker {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.draining = false
	return q.latest
}

// passTo makes another breaker, the successor of the one in force, use the notifier.
// The only breaker's lock that is held is that of the old one.
func (q *notifier) passTo(next *Breaker) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.latest, next.notifier = next, q
}

// newNotifier is the notifier of a breaker that succeeds no other.
func newNotifier(b *Breaker) *notifier { return &notifier{latest: b} }

// drain calls the listener for all that is queued, including what is added
// meanwhile. mu is not held. If the listener panics or ends the goroutine, the
// rest is reported with the next transition, refusal, failure or probe.
func (b *Breaker) drain() {
	emptied := false
	defer func() {
		if !emptied {
			latest := b.notifier.giveUp()
			latest.mu.Lock()
			latest.shut.Store(nil) // the next refused call then drains the rest
			latest.mu.Unlock()
		}
	}()
	for {
		next, ok := b.notifier.next()
		if !ok {
			emptied = true
			return
		}
		next.listener(next.t)
	}
}

// drainHolding drains for a caller of Acquire. If the listener panics, the caller
// never gets the permit, so it is released here as Neutral: no slot leaks.
func (b *Breaker) drainHolding(p *Permit) {
	returned := false
	defer func() {
		if !returned {
			p.Release(Neutral, nil)
		}
	}()
	b.drain()
	returned = true
}
