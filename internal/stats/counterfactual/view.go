package counterfactual

import (
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/engine/fallback"
)

// Strategy is what one degradation strategy would have delivered in the run.
type Strategy struct {
	// Name is the strategy's: drop, last-known-good, interpolated.
	Name string
	// Counts are the sum over all sensors that are not Aside. Errors are added up as
	// numbers even if the units differ, as in the report.
	Counts Counts
	// Mixed is true where the sensors have different units, so that such a sum
	// means nothing. Strategies are then compared by Nearest: the number of
	// sensors at which this one has the smallest mean error, out of Compared,
	// the sensors at which two or more strategies served substitutes.
	Mixed             bool
	Nearest, Compared int
	// Sensors are those that were asked for, in the order asked.
	Sensors []OfSensor
}

// OfSensor is what a strategy would have delivered for one sensor.
type OfSensor struct {
	// Index is the sensor's place in the run.
	Index int
	// Aside is true where another sensor with the same draws is counted for the
	// strategy, so that the same calls are not counted twice.
	Aside  bool
	Counts Counts
	// Marks are the last calls, oldest first, as the call track draws them: the
	// same calls as the sensor's Columns.
	Marks []event.Mark
	// Last is what was served at the last failure.
	Last Substitute
}

// Substitute is what a strategy last served in place of a live value.
type Substitute struct {
	// Served is false where there was nothing to serve, and before the first
	// failure.
	Served bool
	// Value was true at SourceAt. Truth is the hidden true signal at the call's
	// end, At, where HasTruth.
	Value    float64
	SourceAt time.Duration
	Truth    float64
	HasTruth bool
	At       time.Duration
}

// Counts is what a strategy delivers of all calls since the start.
type Counts struct {
	// Every call is one of these. Live is read now, whatever the strategy.
	Live, Stale, Interpolated, Dropped uint64
	// OffBy adds up how far substitutes were off the hidden true signal, MaxOff
	// is the greatest, in millionths of the sensor's unit; Judged counts those
	// substitutes whose truth is known.
	OffBy, MaxOff int64
	Judged        uint64
	// OldestAge is the greatest age of a substitute.
	OldestAge time.Duration
}

// Calls is the number of calls counted.
func (n Counts) Calls() uint64 { return n.Live + n.Stale + n.Interpolated + n.Dropped }

// Delivered is the calls that gave a value, live or not.
func (n Counts) Delivered() uint64 { return n.Live + n.Stale + n.Interpolated }

// Freshness is live / delivered; ok is false where nothing was delivered.
func (n Counts) Freshness() (share float64, ok bool) {
	if n.Delivered() == 0 {
		return 0, false
	}
	return float64(n.Live) / float64(n.Delivered()), true
}

// MeanOff is the mean absolute error of the substitutes, in the sensor's unit;
// ok is false where none is judged.
func (n Counts) MeanOff() (off float64, ok bool) {
	if n.Judged == 0 {
		return 0, false
	}
	return float64(n.OffBy) / float64(n.Judged) / 1e6, true
}

// Add counts what the strategy made of another sensor.
func (n *Counts) Add(o Counts) {
	n.Live += o.Live
	n.Stale += o.Stale
	n.Interpolated += o.Interpolated
	n.Dropped += o.Dropped
	n.OffBy += o.OffBy
	n.MaxOff = max(n.MaxOff, o.MaxOff)
	n.Judged += o.Judged
	n.OldestAge = max(n.OldestAge, o.OldestAge)
}

// Judge counts how far a substitute is off the hidden true signal.
func (n *Counts) Judge(value, truth float64) {
	off := event.OffBy(value, truth)
	n.OffBy += off
	n.MaxOff = max(n.MaxOff, off)
	n.Judged++
}

// failure counts what a strategy made of a call that was not live.
func (n *Counts) failure(r fallback.Reading, ok bool, c *event.Call, at time.Duration) event.Mark {
	if !ok {
		n.Dropped++
		return event.MarkMissing
	}
	n.OldestAge = max(n.OldestAge, r.Age(at))
	if c.HasTruth {
		n.Judge(r.Value, c.Truth)
	}
	if r.Quality == fallback.Interpolated {
		n.Interpolated++
		return event.MarkInterpolated
	}
	n.Stale++
	return event.MarkStale
}

// Nearest is which of n strategies came nearest to the truth at a sensor: the one whose
// mean error is the smallest. For a tie best is -1. ok is false where fewer than two
// strategies served substitutes, so that there is nothing to compare.
func Nearest(n int, meanOff func(strategy int) (off float64, judged bool)) (best int, ok bool) {
	best, known := -1, 0
	var least float64
	for i := range n {
		off, judged := meanOff(i)
		if !judged {
			continue
		}
		switch known++; {
		case known == 1 || off < least:
			best, least = i, off
		case off == least:
			best = -1
		}
	}
	return best, known > 1
}
