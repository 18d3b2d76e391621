package views

import (
	"cmp"
	"slices"

	"resiltui/internal/engine/event"
	"resiltui/internal/stats"
)

// Ranking is a Sortable Page whose table is there in some runs only, and has those sensors
// first that need attention where the user chose no other order.
type Ranking interface {
	// Ranks is true for such a run.
	Ranks(run *event.Run) bool
}

// Ranks is true where a page puts those first that need attention. A page that never does
// so may have a table in any run.
func Ranks(p Page, run *event.Run) (ranks, always bool) {
	r, ok := p.(Ranking)
	return ok && r.Ranks(run), !ok
}

// AttentionFirst puts the sensors of an order (nil is all) first that need attention, and
// says how many these are: DOWN, then flapping, then SLOW ones, then those that are up
// again for less than a minute; of each kind the newest first. The sensor held, or -1, does
// not sink as long as the user has it selected.
func AttentionFirst(sensors []stats.SensorView, order []int, held int) (out []int, above int) {
	if order == nil {
		for i := range sensors {
			order = append(order, sensors[i].Index)
		}
	}
	at := map[int]*stats.SensorView{}
	for i := range sensors {
		at[sensors[i].Index] = &sensors[i]
	}
	var first, rest []int
	for _, i := range order {
		if v := at[i]; v != nil && (v.Health.Rank() < stats.RankCalm || i == held) {
			first = append(first, i)
		} else {
			rest = append(rest, i)
		}
	}
	slices.SortStableFunc(first, func(a, b int) int {
		x, y := &at[a].Health, &at[b].Health
		return cmp.Or(cmp.Compare(x.Rank(), y.Rank()), cmp.Compare(y.Since, x.Since))
	})
	return append(first, rest...), len(first)
}
