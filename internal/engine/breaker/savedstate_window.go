package breaker

import (
	"slices"
	"time"
)

// clone returns a copy that shares nothing with w.
func (w *window) clone() *window {
	c := *w
	if w.ring != nil {
		r := *w.ring
		r.failed, r.slow = slices.Clone(r.failed), slices.Clone(r.slow)
		c.ring = &r
	}
	if w.spans != nil {
		s := *w.spans
		s.list = slices.Clone(s.list)
		c.spans = &s
	}
	return &c
}

// takeOver fills an empty window with what old holds at now, as far as the two are
// of one kind.
func (w *window) takeOver(old *window, now time.Duration) {
	switch {
	case w.ring != nil && old.ring != nil:
		w.ring.takeOver(old.ring)
	case w.spans != nil && old.spans != nil:
		w.spans.takeOver(old.spans, now)
	}
}

// takeOver adds the outcomes of old, oldest first; the latest stay. Of the same
// size it is a copy, place by place.
func (r *ring) takeOver(old *ring) {
	if r.size == old.size {
		copy(r.failed, old.failed)
		copy(r.slow, old.slow)
		r.next, r.held = old.next, old.held
		return
	}
	first := 0
	if old.held.Calls == old.size {
		first = old.next
	}
	for i := range old.held.Calls {
		at := (first + i) % old.size
		word, bit := at/64, at%64
		r.add(old.failed[word]>>bit&1 == 1, old.slow[word]>>bit&1 == 1)
	}
}

// takeOver adds the buckets of old, oldest first, without those that are over. A
// bucket that began less than a width after the one before is added to that.
func (s *spans) takeOver(old *spans, now time.Duration) {
	for i := range old.used {
		b := old.list[old.index(i)]
		if s.over(&b, now) {
			continue
		}
		if s.used == 0 || b.began-s.list[s.index(s.used-1)].began >= s.width {
			s.list[s.index(s.used)] = bucket{began: b.began}
			s.used++
		}
		s.list[s.index(s.used-1)].sum.merge(b.sum)
		s.held.merge(b.sum)
	}
}

// merge counts the calls of o too.
func (s *Sample) merge(o Sample) {
	s.Calls += o.Calls
	s.Failures += o.Failures
	s.Slow += o.Slow
}
