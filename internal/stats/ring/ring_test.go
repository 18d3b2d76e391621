package ring

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestARenewedItemIsTheNewestAndTheOldOneIsGone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		limit := rapid.IntRange(1, 9).Draw(t, "limit")
		var r Of[int]
		for x := range rapid.IntRange(1, 20).Draw(t, "pushed") {
			r.Push(x, limit)
		}
		want := r.Last(limit)
		i := rapid.IntRange(0, r.Len()-1).Draw(t, "renewed")
		r.Renew(i, 99)
		want = append(slices.Delete(want, i, i+1), 99)
		if got := r.Last(limit); !slices.Equal(got, want) {
			t.Fatalf("it is %v, want %v", got, want)
		}
		r.Push(100, limit)
		if want = append(want, 100); r.Len() < len(want) {
			want = want[1:]
		}
		if got := r.Last(limit); !slices.Equal(got, want) {
			t.Fatalf("and then %v, want %v", got, want)
		}
	})
}

func TestARingKeepsTheLastItemsOldestFirst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		limit := rapid.IntRange(1, 9).Draw(t, "limit")
		items := rapid.SliceOf(rapid.Int()).Draw(t, "items")
		n := rapid.IntRange(-1, 12).Draw(t, "n")
		var r Of[int]
		for _, x := range items {
			r.Push(x, limit)
		}
		got := r.Last(n)
		want := items[len(items)-min(len(items), limit, max(n, 0)):]
		if !slices.Equal(got, want) {
			t.Fatalf("last(%d) is %v, want %v", n, got, want)
		}
		if r.Len() > limit {
			t.Fatalf("the ring holds %d, limit %d", r.Len(), limit)
		}
		if newest := r.Newest(); newest == nil != (len(items) == 0) || newest != nil && *newest != items[len(items)-1] {
			t.Fatalf("the newest is %v", newest)
		}
		for i := range got { // the copy is the caller's
			got[i]++
		}
		if again := r.Last(n); !slices.Equal(again, want) {
			t.Fatalf("after its copy was written: %v, want %v", again, want)
		}
	})
}
