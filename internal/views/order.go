package views

import (
	"cmp"
	"slices"
	"strings"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/stats"
)

// Sort is how a page's table of sensors is ordered. The zero value is the order
// of the run.
type Sort struct {
	// Column is one of the page's columns, from 1, the greatest or worst first;
	// 0 is the order of the run.
	Column int
	// Inverted reverses the order.
	Inverted bool
}

// SortColumns are the titles of the columns that a page's table can be ordered
// by; the first one is the order of the run. It is empty where the page has no
// table.
func SortColumns(p Page) []string {
	keys := ColumnsOf(p)
	if keys == nil {
		return nil
	}
	out := []string{"sensor"}
	for i := range keys {
		out = append(out, keys[i].Title)
	}
	return out
}

// Order returns the indexes of the sensors that match a filter, in the order of the page's
// table. It is nil where all sensors are shown in the order of the run. Sensors with equal
// keys keep the order of the run. The views of the sensors need no tracks.
func Order(sensors []stats.SensorView, p Page, by Sort, filter string) []int {
	terms := filterWords(filter)
	keys := ColumnsOf(p)
	sorted := by.Column > 0 && by.Column <= len(keys)
	if len(terms) == 0 && !sorted && (!by.Inverted || keys == nil) {
		return nil
	}
	places := make([]int, 0, len(sensors))
	for i := range sensors {
		if matches(&sensors[i].Sensor, sensors[i].Circuit.State, terms) {
			places = append(places, i)
		}
	}
	if sorted {
		key := make([]float64, len(sensors))
		for _, i := range places {
			key[i] = keys[by.Column-1].Key(&sensors[i])
		}
		slices.SortStableFunc(places, func(a, b int) int {
			if by.Inverted {
				return cmp.Compare(key[a], key[b])
			}
			return cmp.Compare(key[b], key[a])
		})
	} else if by.Inverted && keys != nil {
		slices.Reverse(places)
	}
	for i, at := range places {
		places[i] = sensors[at].Index
	}
	return places
}

// filterWords are the words of a filter; a sensor must match all of them.
func filterWords(filter string) []string { return strings.Fields(strings.ToLower(filter)) }

// matches is true where every word is part of the sensor's id or name, or begins
// the name of its state.
func matches(info *event.Sensor, state breaker.State, words []string) bool {
	for _, w := range words {
		if !strings.Contains(strings.ToLower(info.ID), w) && !strings.Contains(strings.ToLower(info.Name), w) &&
			!slices.ContainsFunc(stateNames(state), func(n string) bool { return strings.HasPrefix(n, w) }) {
			return false
		}
	}
	return true
}

// stateNames are what a filter may call a state. A circuit that is held open by
// hand is open too; one that is half open is not.
func stateNames(s breaker.State) []string {
	switch s {
	case breaker.Closed:
		return []string{"closed"}
	case breaker.Open:
		return []string{"open"}
	case breaker.HalfOpen:
		return []string{"half_open", "half-open", "halfopen"}
	case breaker.ForcedOpen:
		return []string{"forced", "open", "forced_open"}
	case breaker.Disabled:
		return []string{"disabled"}
	default:
		return nil
	}
}
