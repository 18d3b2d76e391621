package stats

import (
	"resiltui/internal/engine/fallback"
	"resiltui/internal/stats/counterfactual"
)

// strategies is nil where the tally has no shadows.
func (t *Tally) strategies(indexes []int, columns int) []counterfactual.Strategy {
	if !t.opts.shadows {
		return nil
	}
	views := make([]counterfactual.Strategy, counterfactual.Strategies)
	for i, name := range fallback.Names() {
		views[i].Name = name
		for k := range t.sensors {
			views[i].Counts.Add(*t.sensors[k].shadow.Of(i))
		}
	}
	t.compareStrategies(views)
	for _, k := range indexes {
		for i := range views {
			own := t.sensors[k].shadow.View(i, columns)
			own.Index = k
			views[i].Sensors = append(views[i].Sensors, own)
		}
	}
	return views
}

// compareStrategies counts at how many sensors each strategy comes nearest to the
// truth.
func (t *Tally) compareStrategies(views []counterfactual.Strategy) {
	mixed := false
	for k := range t.sensors {
		mixed = mixed || t.run.Sensors[k].Unit != t.run.Sensors[0].Unit
		s := t.sensors[k].shadow
		best, ok := counterfactual.Nearest(len(views), func(i int) (float64, bool) { return s.Of(i).MeanOff() })
		if !ok {
			continue
		}
		for i := range views {
			views[i].Compared++
		}
		if best >= 0 {
			views[best].Nearest++
		}
	}
	for i := range views {
		views[i].Mixed = mixed
	}
}
