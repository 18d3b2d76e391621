package stats

import (
	"resiltui/internal/engine/fallback"
)

// strategies is nil where the tally has no shadows.
func (t *Tally) strategies(indexes []int, columns int) []StrategyView {
	if !t.opts.shadows {
		return nil
	}
	views := make([]StrategyView, strategyCount)
	for i, name := range fallback.Names() {
		views[i].Name = name
		for k := range t.sensors {
			views[i].Counts.add(*t.sensors[k].shadow.of(i))
		}
	}
	t.compareStrategies(views)
	for _, k := range indexes {
		for i := range views {
			own := t.sensors[k].shadow.view(i, columns)
			own.Index = k
			views[i].Sensors = append(views[i].Sensors, own)
		}
	}
	return views
}

// compareStrategies counts at how many sensors each strategy comes nearest to the
// truth. A tie is nobody's.
func (t *Tally) compareStrategies(views []StrategyView) {
	mixed := false
	for k := range t.sensors {
		mixed = mixed || t.run.Sensors[k].Unit != t.run.Sensors[0].Unit
		s := t.sensors[k].shadow
		best, known, tie := -1, 0, false
		var least float64
		for i := range views {
			off, ok := s.of(i).MeanOff()
			if !ok {
				continue
			}
			switch known++; {
			case known == 1 || off < least:
				best, least, tie = i, off, false
			case off == least:
				tie = true
			}
		}
		if known < 2 {
			continue
		}
		for i := range views {
			views[i].Compared++
		}
		if !tie {
			views[best].Nearest++
		}
	}
	for i := range views {
		views[i].Mixed = mixed
	}
}
