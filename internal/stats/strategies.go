package stats

import (
	"slices"

	"resiltui/internal/engine/fallback"
	"resiltui/internal/stats/counterfactual"
)

// answering is which sensor is counted for each strategy.
type answering [counterfactual.Strategies]int

// answering returns, for each group of sensors with the same draws, which sensor is
// counted for which strategy. Usually one sensor is counted for all of them. Where as
// many sensors as there are strategies share their draws, every call would be counted
// several times; so each of them is counted for one strategy, if possible for its own.
func (t *Aggregator) answering() []answering {
	var all []answering
	for _, group := range t.run.Sharing() {
		if len(group) == counterfactual.Strategies {
			all = append(all, t.dealt(group))
			continue
		}
		for _, k := range group {
			var one answering
			for i := range one {
				one[i] = k
			}
			all = append(all, one)
		}
	}
	return all
}

// dealt gives each sensor of a group one strategy.
func (t *Aggregator) dealt(group []int) answering {
	var out answering
	left := slices.Clone(group)
	take := func(strategy, at int) {
		out[strategy] = left[at]
		left = slices.Delete(left, at, at+1)
	}
	var open []int
	for i, name := range fallback.Names() {
		at := 0
		for at < len(left) && t.sensors[left[at]].inForce(t.run.Sensors[left[at]]).Strategy != name {
			at++
		}
		if at == len(left) {
			open = append(open, i)
			continue
		}
		take(i, at)
	}
	for _, i := range open {
		take(i, 0)
	}
	return out
}

// strategies is nil where the aggregator has no counterfactuals.
func (t *Aggregator) strategies(indexes []int, columns int) []counterfactual.Strategy {
	if !t.opts.counterfactuals {
		return nil
	}
	views := make([]counterfactual.Strategy, counterfactual.Strategies)
	answers := t.answering()
	aside := make([][counterfactual.Strategies]bool, len(t.sensors))
	for i, name := range fallback.Names() {
		views[i].Name = name
		for k := range aside {
			aside[k][i] = true
		}
		for _, a := range answers {
			aside[a[i]][i] = false
			views[i].Counts.Add(*t.sensors[a[i]].counterfactual.Of(i))
		}
	}
	t.compareStrategies(views, answers)
	for _, k := range indexes {
		for i := range views {
			own := t.sensors[k].counterfactual.View(i, columns)
			own.Index, own.Aside = k, aside[k][i]
			views[i].Sensors = append(views[i].Sensors, own)
		}
	}
	return views
}

// compareStrategies counts at how many sensors each strategy comes nearest to the
// truth.
func (t *Aggregator) compareStrategies(views []counterfactual.Strategy, answers []answering) {
	mixed := false
	for k := range t.sensors {
		mixed = mixed || t.run.Sensors[k].Unit != t.run.Sensors[0].Unit
	}
	for _, a := range answers {
		best, ok := counterfactual.Nearest(len(views), func(i int) (float64, bool) { return t.sensors[a[i]].counterfactual.Of(i).MeanOff() })
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
