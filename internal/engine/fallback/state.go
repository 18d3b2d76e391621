package fallback

import (
	"maps"
	"slices"
)

// State is the good readings of one sensor that a strategy keeps, at most three,
// oldest source first.
type State struct {
	SensorID string
	Readings []Reading
}

// Save returns what a strategy keeps, sorted by the sensors' ids: a copy that does
// not change. It is nil for a strategy that keeps nothing, such as Drop, and for
// one of another package.
func Save(s Strategy) []State {
	switch s := s.(type) {
	case *LastKnownGood:
		return s.kept.save()
	case *InterpolatedMean:
		return s.kept.save()
	}
	return nil
}

// Load gives a strategy the readings that another one kept, as if they had arrived
// now. It keeps as many of them as it keeps by itself, the newest, so a
// LastKnownGood takes one of three, and an InterpolatedMean begins with one where
// there was one.
func Load(s Strategy, states []State) {
	for _, kept := range states {
		for _, r := range kept.Readings {
			s.Good(kept.SensorID, r)
		}
	}
}

func (s *store) save() []State {
	s.mu.Lock()
	defer s.mu.Unlock()
	states := make([]State, 0, len(s.byID))
	for _, id := range slices.Sorted(maps.Keys(s.byID)) {
		h := s.byID[id]
		states = append(states, State{SensorID: id, Readings: slices.Clone(h.r[:h.n])})
	}
	return states
}
