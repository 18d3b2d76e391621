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
func (r *Of[T]) Push(item T, limit int) {
	if len(r.items) < limit {
		r.grow(item, limit)
		return
	}
	r.items[r.next] = item
	if r.next++; r.next == limit { // a division takes longer than all the rest
		r.next = 0
	}
}

// grow is Push below the limit. It is a separate function so that Push is inlined.
// The capacity doubles, up to the limit.
func (r *Of[T]) grow(item T, limit int) {
	if n := len(r.items); n == cap(r.items) {
		items := make([]T, n, min(max(2*n, 4), limit))
		copy(items, r.items)
		r.items = items
	}
	r.items = append(r.items, item)
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
