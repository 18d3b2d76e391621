package breaker

import (
	"time"

	"github.com/google/go-cmp/cmp"
)

// checkChain checks that each transition follows from the one before.
func checkChain(t chainT, seen []Transition) {
	t.Helper()
	state, at := Closed, time.Duration(0)
	for i, tr := range seen {
		to, legal := target(tr.From, tr.Reason)
		if tr.Seq != uint64(i+1) || tr.From != state || tr.At < at || !legal || to != tr.To {
			t.Fatalf("transition %d does not follow from %v at %v: %+v", i+1, state, at, tr)
		}
		state, at = tr.To, tr.At
	}
}

func reasons(ts []Transition) []Reason {
	var list []Reason
	for _, t := range ts {
		list = append(list, t.Reason)
	}
	return list
}

// errorsByIdentity lets cmp compare errors as ==.
var errorsByIdentity = cmp.Comparer(func(a, b error) bool { return a == b })

// chainT is what checkChain needs of a test, whether testing's or rapid's.
type chainT interface {
	Helper()
	Fatalf(format string, args ...any)
}
