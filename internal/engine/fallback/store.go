package fallback

import (
	"math"
	"sync"
	"time"
)

// depth is how many readings of a sensor are kept at most.
const depth = 3

// minTime is before every source time.
const minTime = time.Duration(math.MinInt64)

// store keeps the last live readings of a bounded number of sensors.
type store struct {
	opts  Options // resolved
	perID int     // readings a sensor, 1 to depth

	mu   sync.Mutex
	byID map[string]*history // guarded by mu; none of them is empty
	// lastID and last are the sensor that was kept last, nil for none: most
	// stores serve one sensor, and then a reading needs no lookup in the map.
	// Guarded by mu.
	lastID string
	last   *history
}

func newStore(o Options, perID int) store {
	return store{opts: o.Resolved(), perID: perID, byID: make(map[string]*history)}
}

func (s *store) add(id string, r Reading) {
	if !r.keepable() {
		return
	}
	s.mu.Lock()
	if h := s.of(id, r.At); h != nil {
		h.insert(r, s.perID)
	}
	s.mu.Unlock()
}

// of returns where a reading of this source time belongs, and nil where it is
// too old for a store that is full. It is called with mu held.
func (s *store) of(id string, at time.Duration) *history {
	if s.last != nil && s.lastID == id {
		return s.last
	}
	h := s.byID[id]
	if h == nil {
		if h = s.room(at); h == nil {
			return nil
		}
		s.byID[id] = h
	}
	s.lastID, s.last = id, h
	return h
}

// room returns an empty history for a new sensor. Where the store is full, the
// sensor that was silent longest is removed for it; the result is nil where even
// that one has a newer reading. The removed history may be the one in last: the
// caller sets last to the new sensor at once. It is called with mu held.
func (s *store) room(at time.Duration) *history {
	if len(s.byID) < s.opts.MaxSensors {
		return new(history)
	}
	oldest, newest := s.oldest()
	if at < newest {
		return nil
	}
	h := s.byID[oldest]
	delete(s.byID, oldest)
	*h = history{}
	return h
}

// oldest finds the sensor that was silent longest; of two, the one whose id
// comes first, so that the order of a map decides nothing. It is called with mu
// held and looks at all sensors, which only happens where a new one comes to a
// full store.
func (s *store) oldest() (id string, at time.Duration) {
	first := true
	for k, h := range s.byID {
		t := h.newest().At
		if first || t < at || t == at && k < id {
			id, at, first = k, t, false
		}
	}
	return id, at
}

// recent returns what is kept of a sensor and not too old.
func (s *store) recent(id string) history {
	// Now is the caller's function, so it is called before the lock is taken.
	cutoff, ok := s.opts.cutoff()
	if !ok {
		return history{}
	}
	s.mu.Lock()
	var h history // a copy: another reading may come at any time
	known := s.last
	if known == nil || s.lastID != id {
		known = s.byID[id]
	}
	if known != nil {
		h = *known
	}
	s.mu.Unlock()
	return h.since(cutoff)
}

// history is the last readings of one sensor, oldest source first, no two of
// the same source time.
type history struct {
	r [depth]Reading
	n int // how many of r are in use
}

// insert puts r in its place, and drops the oldest reading where there are then
// more than most.
func (h *history) insert(r Reading, most int) {
	if h.n == 1 && most == 1 { // the common case: only the newest is kept
		if r.At >= h.r[0].At {
			h.r[0] = r
		}
		return
	}
	i := h.n
	for i > 0 && h.r[i-1].At > r.At {
		i--
	}
	switch {
	case i > 0 && h.r[i-1].At == r.At:
		h.r[i-1] = r
	case h.n < most:
		copy(h.r[i+1:], h.r[i:h.n])
		h.r[i] = r
		h.n++
	case i > 0: // full: everything before r moves down over the oldest
		copy(h.r[:i-1], h.r[1:i])
		h.r[i-1] = r
	}
}

func (h *history) newest() Reading { return h.r[h.n-1] }

// since returns h without the readings before a time.
func (h history) since(cutoff time.Duration) history {
	var kept history
	for _, r := range h.r[:h.n] {
		if r.At >= cutoff {
			kept.r[kept.n] = r
			kept.n++
		}
	}
	return kept
}

func (h history) mean() float64 {
	sum, n := 0.0, float64(h.n)
	for _, r := range h.r[:h.n] {
		sum += r.Value
	}
	if !math.IsInf(sum, 0) {
		return round6(sum / n)
	}
	// The sum overflows although the mean does not. The parts, rounded, may
	// still add up to more than the largest float64, so their sum is clamped.
	sum = 0
	for _, r := range h.r[:h.n] {
		sum += r.Value / n
	}
	return max(-math.MaxFloat64, min(sum, math.MaxFloat64))
}

// round6 rounds to 1e-6, so that a value is the same on every processor. From
// 2⁵³·1e-6 on a float64 has no digits there to round.
func round6(x float64) float64 {
	if math.Abs(x) >= 1<<53/1e6 {
		return x
	}
	return math.Round(x*1e6) / 1e6
}
