package fallback

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

// Quality says where a value comes from.
type Quality uint8

// The qualities.
const (
	// Live was read just now. It is the zero value.
	Live Quality = iota
	// Stale is the last good reading, served again.
	Stale
	// Interpolated is the mean of the last good readings.
	Interpolated
)

func qualityNames() []string { return []string{"live", "stale", "interpolated"} }

// String is live, stale or interpolated.
func (q Quality) String() string {
	if names := qualityNames(); int(q) < len(names) {
		return names[q]
	}
	return fmt.Sprintf("Quality(%d)", uint8(q))
}

// MarshalText is String, or an error where q is none of the constants.
func (q Quality) MarshalText() ([]byte, error) {
	if q > Interpolated {
		return nil, fmt.Errorf("unknown quality %d", uint8(q))
	}
	return []byte(q.String()), nil
}

// UnmarshalText reads a name that String gives. The error lists them all.
func (q *Quality) UnmarshalText(text []byte) error {
	i := slices.Index(qualityNames(), string(text))
	if i < 0 {
		return fmt.Errorf("unknown quality %q: want one of %s", text, strings.Join(qualityNames(), ", "))
	}
	*q = Quality(i)
	return nil
}

// Reading is a value with its quality and the age of its source.
type Reading struct {
	// Value is in the sensor's unit.
	Value   float64
	Quality Quality
	// At is the time of the source, since the start of the run: when the value
	// was true. For an interpolated reading it is that of its newest value.
	At time.Duration
}

// Age is how old the source of r is at now, a time since the start of the run.
// A source that is ahead of now has age 0.
func (r Reading) Age(now time.Duration) time.Duration { return max(0, now-r.At) }

// keepable reports whether r may stand in for later readings: a substitute may
// not become the source of another one, and what is not a number would spoil
// every mean.
func (r Reading) keepable() bool {
	return r.Quality == Live && !math.IsNaN(r.Value) && !math.IsInf(r.Value, 0)
}
