package breaker

import (
	"math/rand/v2"
	"testing"
)

func TestARingTakesTwoBitsAnOutcome(t *testing.T) {
	for size, words := range map[int]int{1: 1, 64: 1, 65: 2, 100_000: 1563} {
		if r := newRing(size); len(r.failed) != words || len(r.slow) != words {
			t.Errorf("%d outcomes take %d and %d words, want %d each", size, len(r.failed), len(r.slow), words)
		}
	}
}

// Over several words, from wherever the oldest outcome is.
func TestUnsetCountsFromTheOldestOutcome(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		r := newRing(1 + rnd.IntN(300))
		var all []bool
		for range r.size + rnd.IntN(r.size) {
			failed := rnd.IntN(4) > 0
			r.add(failed, false)
			all = append(all, failed)
		}
		kept, zeros := all[len(all)-r.size:], 0
		for i, failed := range kept {
			if failed {
				continue
			}
			zeros++
			if got := r.unset(r.failed, zeros); got != i+1 {
				t.Fatalf("of %d: the oldest %d hold %d successes, not %d", r.size, i+1, zeros, got)
			}
		}
	}
}
