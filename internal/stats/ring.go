package stats

import "slices"

// ring keeps the last items that were pushed. The zero value is empty. It
// grows to its limit and then overwrites the oldest.
type ring[T any] struct {
	items []T
	next  int // where the next item goes once the ring is full
}

// push appends item and drops the oldest beyond limit, which is the same at
// every push.
func (r *ring[T]) push(item T, limit int) {
	if len(r.items) < limit {
		r.add(item, limit)
		return
	}
	r.items[r.next] = item
	if r.next++; r.next == limit { // a division takes longer than all the rest
		r.next = 0
	}
}

// add is push where there is room below the limit: apart, so that push is inlined.
// The room doubles, to no more than the limit.
func (r *ring[T]) add(item T, limit int) {
	if n := len(r.items); n == cap(r.items) {
		items := make([]T, n, min(max(2*n, 4), limit))
		copy(items, r.items)
		r.items = items
	}
	r.items = append(r.items, item)
}

// len is how many items there are.
func (r *ring[T]) len() int { return len(r.items) }

// at is an item in its place, from 0, the oldest, to len-1, the newest.
func (r *ring[T]) at(i int) *T {
	if i += r.next; i >= len(r.items) { // next is 0 until the ring is full
		i -= len(r.items)
	}
	return &r.items[i]
}

// last copies the newest n items, oldest first.
func (r *ring[T]) last(n int) []T {
	n = min(n, len(r.items))
	if n <= 0 {
		return nil
	}
	out := make([]T, 0, n)
	for i := r.len() - n; i < r.len(); i++ {
		out = append(out, *r.at(i))
	}
	return out
}

// clone copies the ring with its items.
func (r ring[T]) clone() ring[T] {
	r.items = slices.Clone(r.items)
	return r
}

// newest is the item that was pushed last, in its place, or nil where there is
// none.
func (r *ring[T]) newest() *T {
	if r.len() == 0 {
		return nil
	}
	return r.at(r.len() - 1)
}
