package retry

import (
	"fmt"
	"math"
	"sync/atomic"
)

// The ends of the ranges that NewBudget allows; the least number of tokens is 1.
const (
	LimitTokens = 1_000 // as in gRFC A6
	LimitRatio  = 1_000
	LeastRatio  = 1. / milli
)

// Budget stops retries while too many attempts fail, so that the callers of a
// service in trouble do not multiply its load. It is the retry throttling of gRPC
// (gRFC A6, "gRPC Retry Design", "Throttling Retry Attempts and Hedged RPCs"):
//
//   - it starts with its maximum of tokens;
//   - each failed attempt takes one token, down to 0 at least;
//   - each successful attempt gives ratio tokens back, up to the maximum;
//   - retries are allowed only while there are more tokens than half the maximum.
//
// Only errors that would be retried count as failures, so that a wrong request is
// not taken for a service in trouble: all other errors, and those that are returned
// after ctx has ended, neither take nor give. First attempts are never refused: they
// find out that the service has recovered.
//
// Any number of policies may share a Budget, as those of all callers of one service
// should. It is of fixed size, safe for concurrent use and allocates nothing. Make
// it with NewBudget; it must not be copied.
type Budget struct {
	// Tokens are counted in thousandths, as gRPC does: sums are exact, and an
	// atomic can hold them.
	max, ratio int64
	tokens     atomic.Int64
	refused    atomic.Uint64
}

// milli is one token.
const milli = 1_000

// NewBudget returns a full budget. tokens, the maximum, is 1 to 1,000. ratio, what
// a success gives back, is 0.001 to 1,000; decimals beyond the third are dropped.
// In the long run, retries go on while at most about ratio / (1 + ratio) of all
// attempts fail. The error names the argument that is out of range.
func NewBudget(tokens int, ratio float64) (*Budget, error) {
	switch {
	case tokens < 1 || tokens > LimitTokens:
		return nil, fmt.Errorf("retry budget: tokens is %d: want 1 to %d", tokens, LimitTokens)
	case !(ratio >= LeastRatio && ratio <= LimitRatio): // also refuses NaN
		return nil, fmt.Errorf("retry budget: ratio is %v: want 0.001 to %d", ratio, LimitRatio)
	}
	b := &Budget{max: int64(tokens) * milli, ratio: thousandths(ratio)}
	b.tokens.Store(b.max)
	return b, nil
}

// thousandths drops decimals beyond the third. It adds 1e-6 because the binary
// form of a decimal may be slightly too small: 0.29 is 290, not 289.
func thousandths(x float64) int64 { return int64(math.Floor(x*milli + 1e-6)) }

// Success gives tokens back. Do calls it by itself.
func (b *Budget) Success() {
	for {
		// A full budget, the common case, is only read, so that the callers of a
		// healthy service do not contend for it.
		old := b.tokens.Load()
		now := min(b.max, old+b.ratio)
		if now == old || b.tokens.CompareAndSwap(old, now) {
			return
		}
	}
}

// Failure takes a token, and reports whether a retry is allowed after it. Do calls
// it by itself.
func (b *Budget) Failure() bool {
	for {
		old := b.tokens.Load()
		now := max(0, old-milli)
		if now == old || b.tokens.CompareAndSwap(old, now) {
			return b.allows(now)
		}
	}
}

// allows does not divide the maximum, which may be odd.
func (b *Budget) allows(tokens int64) bool { return 2*tokens > b.max }

// BudgetState is a Budget at one moment.
type BudgetState struct {
	// Tokens is how many there are, from 0 to Max, in thousandths.
	Tokens float64
	// Max is how many there can be.
	Max int
	// Ratio is how many a success gives back.
	Ratio float64
	// Allowed reports whether Tokens is more than half of Max: retries are allowed.
	Allowed bool
	// Refused is how many retries Do did not make for lack of tokens.
	Refused uint64
}

// State returns the budget as it is now. It changes nothing. While Do runs, Refused
// may be newer than Tokens.
func (b *Budget) State() BudgetState {
	tokens := b.tokens.Load()
	return BudgetState{
		Tokens:  round6(float64(tokens) / milli),
		Max:     int(b.max / milli),
		Ratio:   round6(float64(b.ratio) / milli),
		Allowed: b.allows(tokens),
		Refused: b.refused.Load(),
	}
}
