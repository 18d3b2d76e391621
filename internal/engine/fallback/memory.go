package fallback

import (
	"maps"
	"slices"
)

// Memory is the good readings of one sensor that a strategy keeps, at most three,
// oldest source first.
type Memory struct {
	SensorID string
	Readings []Reading
}

// Save returns what a strategy keeps, sorted by the sensors' ids: a copy that does
// not change. It is nil for a strategy that keeps nothing, such as Drop, and for
// one of another package.
func Save(s Strategy) []Memory {
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
func Load(s Strategy, memory []Memory) {
	for _, m := range memory {
		for _, r := range m.Readings {
			s.Good(m.SensorID, r)
		}
	}
}

func (s *store) save() []Memory {
	s.mu.Lock()
	defer s.mu.Unlock()
	memory := make([]Memory, 0, len(s.byID))
	for _, id := range slices.Sorted(maps.Keys(s.byID)) {
		h := s.byID[id]
		memory = append(memory, Memory{SensorID: id, Readings: slices.Clone(h.r[:h.n])})
	}
	return memory
}
