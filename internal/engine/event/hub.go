package event

import "sync"

// Observer receives every event, in order, as it is published. Observe is called
// with the hub's lock held, so its calls never overlap, and it must neither
// block nor publish. The event may be used only during the call: an observer that
// keeps it copies it.
type Observer interface {
	Observe(e *Event)
}

// Hub distributes events without ever waiting for a reader. Observers see every
// event. Subscribers get a signal that something is new; one that falls behind
// learns how many events it missed. All methods are safe for concurrent use.
type Hub struct {
	mu        sync.Mutex
	seq       uint64 // number of the last event of this run
	observers []Observer
	subs      []*Subscription

	// published is the event that Publish passes to the observers. Keeping it here
	// saves one allocation per event.
	published Event
}

// RingSize is how many events a subscriber may be behind before it misses
// some.
const RingSize = 4096

// NewHub returns a hub that passes every event to the given observers.
func NewHub(observers ...Observer) *Hub {
	return &Hub{observers: observers}
}

// Publish numbers e, passes it to the observers, and signals the subscribers. RunStarted starts
// the numbering anew.
func (h *Hub) Publish(e Event) {
	h.mu.Lock()
	defer h.mu.Unlock() // also where an observer panics: readers must not hang
	h.published = e
	h.distribute(&h.published)
}

// PublishInPlace is Publish for an event that the caller owns and does not use during the
// call: it is numbered in place, and copied only for subscribers.
func (h *Hub) PublishInPlace(e *Event) {
	h.mu.Lock()
	defer h.mu.Unlock() // see Publish
	h.distribute(e)
}

// distribute is called with mu held.
func (h *Hub) distribute(e *Event) {
	if e.Kind == RunStarted {
		h.seq = 0
	}
	h.seq++
	e.Seq = h.seq
	for _, o := range h.observers {
		o.Observe(e)
	}
	for _, s := range h.subs {
		if s.wants == nil || s.wants(e) {
			s.ring[s.written%RingSize] = *e
			s.written++
		}
		select {
		case s.signal <- struct{}{}:
		default: // a signal is already waiting
		}
	}
}

// Read calls fn while no event is published, so that fn can take a consistent copy
// of what the observers know. fn must be short: the engine waits.
func (h *Hub) Read(fn func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	fn()
}

// Subscription is one reader's place in the stream. It is used by one
// goroutine at a time, Close excepted.
type Subscription struct {
	hub    *Hub
	wants  func(*Event) bool // nil wants all
	signal chan struct{}

	// Guarded by hub.mu. ring holds the last events; written counts all that were ever
	// put there, so event n is at ring[n%RingSize]. next is the first not yet read.
	ring          []Event
	written, next uint64
	closed        bool
}

// Subscribe starts a subscription at the present; what the observers know at
// that moment is the reader's initial state. Close it when done.
func (h *Hub) Subscribe() *Subscription { return h.SubscribeTo(nil) }

// SubscribeTo is Subscribe for the events that wants is true for; nil is all. The others
// only signal that there is something new. wants must be short: the engine waits.
func (h *Hub) SubscribeTo(wants func(*Event) bool) *Subscription {
	h.mu.Lock()
	defer h.mu.Unlock()
	s := &Subscription{hub: h, wants: wants, signal: make(chan struct{}, 1), ring: make([]Event, RingSize)}
	h.subs = append(h.subs, s)
	return s
}

// C holds one value while there are events since the last Drain, however many.
// It is never closed: select on a context as well.
func (s *Subscription) C() <-chan struct{} { return s.signal }

// Drain appends the events since the last Drain to dst and says how many more
// were lost because the reader was too slow.
func (s *Subscription) Drain(dst []Event) (events []Event, lost uint64) {
	h := s.hub
	h.mu.Lock()
	defer h.mu.Unlock()
	if s.closed {
		return dst, 0
	}
	select {
	case <-s.signal: // a reader that drains without waiting must not be woken for nothing
	default:
	}
	if s.written > RingSize && s.next < s.written-RingSize {
		lost = s.written - RingSize - s.next
		s.next += lost
	}
	for ; s.next < s.written; s.next++ {
		dst = append(dst, s.ring[s.next%RingSize])
	}
	return dst, lost
}

// Close ends the subscription: Drain gives nothing from then on. It may be
// called more than once.
func (s *Subscription) Close() {
	h := s.hub
	h.mu.Lock()
	defer h.mu.Unlock()
	s.closed = true
	for i, other := range h.subs {
		if other == s {
			h.subs = append(h.subs[:i:i], h.subs[i+1:]...)
			return
		}
	}
}
