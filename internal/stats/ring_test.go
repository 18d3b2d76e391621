package stats

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestARingKeepsTheLastItemsOldestFirst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		limit := rapid.IntRange(1, 9).Draw(t, "limit")
		items := rapid.SliceOf(rapid.Int()).Draw(t, "items")
		n := rapid.IntRange(-1, 12).Draw(t, "n")
		var r ring[int]
		for _, x := range items {
			r.push(x, limit)
		}
		got := r.last(n)
		want := items[len(items)-min(len(items), limit, max(n, 0)):]
		if !slices.Equal(got, want) {
			t.Fatalf("last(%d) is %v, want %v", n, got, want)
		}
		if r.len() > limit {
			t.Fatalf("the ring holds %d, limit %d", r.len(), limit)
		}
		if newest := r.newest(); newest == nil != (len(items) == 0) || newest != nil && *newest != items[len(items)-1] {
			t.Fatalf("the newest is %v", newest)
		}
		for i := range got { // the copy is the caller's
			got[i]++
		}
		if again := r.last(n); !slices.Equal(again, want) {
			t.Fatalf("after its copy was written: %v, want %v", again, want)
		}
	})
}
