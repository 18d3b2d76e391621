// Package ring is a fixed-size ring buffer: it keeps the newest items that were pushed,
// up to a limit.
//
// It is not a queue: nothing is taken out. Package stats and those below it use it for
// everything that must not grow with the length of a run.
package ring

import "slices"

// Of keeps the last items that were pushed. The zero value is empty. It grows to
// its limit and then overwrites the oldest. It is not safe for concurrent use.
type Of[T any] struct {
	items []T
	next  int // where the next item goes once the ring is full
}

// Push appends item and drops the oldest beyond limit, which is the same at
// every push.
func (r *Of[T]) Push(item T, limit int) { *r.Next(limit) = item }

// Next is Push of an item that the caller writes to the pointer, all of it: what is there
// is the item that was dropped, or nothing. A large item is then copied once less.
func (r *Of[T]) Next(limit int) *T {
	if len(r.items) < limit {
		return r.grow(limit)
	}
	item := &r.items[r.next]
	if r.next++; r.next == limit { // a division takes longer than all the rest
		r.next = 0
	}
	return item
}

// grow is Next below the limit. It is a separate function so that Next is inlined.
// The capacity doubles, up to the limit.
func (r *Of[T]) grow(limit int) *T {
	n := len(r.items)
	if n == cap(r.items) {
		items := make([]T, n, min(max(2*n, 4), limit))
		copy(items, r.items)
		r.items = items
	}
	r.items = r.items[:n+1]
	return &r.items[n]
}

// Len is how many items there are.
func (r *Of[T]) Len() int { return len(r.items) }

// At is a pointer to an item in the ring, from 0, the oldest, to Len-1, the
// newest.
func (r *Of[T]) At(i int) *T {
	if i += r.next; i >= len(r.items) { // next is 0 until the ring is full
		i -= len(r.items)
	}
	return &r.items[i]
}

// Renew takes out the item that At(i) is, and pushes another one in its place.
func (r *Of[T]) Renew(i int, item T) {
	for ; i < r.Len()-1; i++ {
		*r.At(i) = *r.At(i + 1)
	}
	*r.At(i) = item
}

// Last copies the newest n items, oldest first.
func (r *Of[T]) Last(n int) []T {
	n = min(n, len(r.items))
	if n <= 0 {
		return nil
	}
	first := r.next + len(r.items) - n
	if first >= len(r.items) {
		first -= len(r.items)
	}
	out := make([]T, n)
	copied := copy(out, r.items[first:])
	copy(out[copied:], r.items)
	return out
}

// Clone copies the ring with its items.
func (r Of[T]) Clone() Of[T] {
	r.items = slices.Clone(r.items)
	return r
}

// Newest is a pointer to the item in the ring that was pushed last, or nil
// where there is none.
func (r *Of[T]) Newest() *T {
	if r.Len() == 0 {
		return nil
	}
	return r.At(r.Len() - 1)
}
