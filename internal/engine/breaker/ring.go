package breaker

import "math/bits"

// ring is the window by count: the latest outcomes, two bits each.
type ring struct {
	size   int      // how many outcomes it can hold
	next   int      // where the next one goes; once full, the oldest is there
	held   Sample   // the sum of the bits, and how many outcomes they are
	failed []uint64 // bit i%64 of word i/64 is outcome i; 0 where there is none yet
	slow   []uint64
}

func newRing(size int) *ring {
	words := (size + 63) / 64
	return &ring{size: size, failed: make([]uint64, words), slow: make([]uint64, words)}
}

// add takes in an outcome. If the ring is full, the oldest leaves.
func (r *ring) add(failed, slow bool) {
	word, bit := uint(r.next)/64, uint(r.next)%64
	r.held.Failures += put(&r.failed[word], bit, failed)
	r.held.Slow += put(&r.slow[word], bit, slow)
	if r.held.Calls < r.size {
		r.held.Calls++
	}
	if r.next++; r.next == r.size {
		r.next = 0
	}
}

// put sets the bit to on, and returns the change in the number of set bits: -1,
// 0 or 1.
func put(word *uint64, bit uint, on bool) int {
	var v uint64
	if on {
		v = 1
	}
	was := *word >> bit & 1
	*word ^= (was ^ v) << bit
	return int(v) - int(was)
}

// unset returns how many outcomes, counted from the oldest on, it takes to find n
// whose bit in set is 0. There must be at least n of these, and n must be at
// least 1.
func (r *ring) unset(set []uint64, n int) int {
	i := 0
	if r.held.Calls == r.size {
		i = r.next
	}
	for seen := 0; ; i %= r.size {
		// The zero bits from i to the end of its word, or of the ring, inverted
		// to ones.
		width := min(64-i%64, r.size-i)
		zeros := ^set[i/64] >> (i % 64) & (1<<width - 1)
		if count := bits.OnesCount64(zeros); count < n {
			n -= count
			seen += width
			i += width
			continue
		}
		for ; n > 1; n-- {
			zeros &= zeros - 1 // clears the lowest set bit
		}
		return seen + bits.TrailingZeros64(zeros) + 1
	}
}

// clear empties the ring. Its bits are 0 again, on which put relies.
func (r *ring) clear() {
	clear(r.failed)
	clear(r.slow)
	r.held, r.next = Sample{}, 0
}
