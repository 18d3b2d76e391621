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
	opts    Options
	perID   int // readings a sensor, 1 to depth
	sensors int // sensors at most, 1 or more

	mu   sync.Mutex
	byID map[string]history // guarded by mu
}

func newStore(o Options, perID int) store {
	sensors := o.MaxSensors
	if sensors <= 0 {
		sensors = DefaultMaxSensors
	}
	return store{opts: o, perID: perID, sensors: sensors, byID: make(map[string]history)}
}

func (s *store) add(id string, r Reading) {
	if !r.keepable() {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	h, known := s.byID[id]
	if !known && len(s.byID) >= s.sensors {
		oldest, at := s.oldest()
		if r.At < at {
			return
		}
		delete(s.byID, oldest)
	}
	h.insert(r, s.perID)
	s.byID[id] = h
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
	// Now is foreign code, so it is called before the lock is taken.
	cutoff, ok := s.opts.cutoff()
	if !ok {
		return history{}
	}
	s.mu.Lock()
	h := s.byID[id]
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
	// The sum is out of range though the mean is not; nor is it where the
	// rounding of the parts would carry it over the edge.
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
