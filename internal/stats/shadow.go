package stats

import (
	"errors"
	"math"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/engine/fallback"
	"resiltui/internal/stats/ring"
)

// strategyCount is how many strategies there are to compare.
const strategyCount = 3

// shadow asks every degradation strategy what it would have served of one
// sensor. All see the same live readings and the same failures, whichever
// strategy the sensor really has.
type shadow struct {
	maxAge  time.Duration
	columns int // how many marks are kept
	// now is the time by which the strategies measure ages.
	now         *time.Duration
	last        *fallback.LastKnownGood
	mean        *fallback.InterpolatedMean
	counts      [strategyCount]StrategyCounts
	substitutes [strategyCount]Substitute
	marks       ring.Of[[strategyCount]event.Mark]
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

// shadowID is the only sensor that a shadow's strategies know.
const shadowID = "s"

// errNotLive stands for whatever ended a call; no strategy looks at it.
var errNotLive = errors.New("not live")

func newShadow(maxAge time.Duration, columns int) *shadow {
	s := &shadow{maxAge: maxAge, columns: columns, now: new(time.Duration)}
	s.build()
	return s
}

// build gives s strategies with its settings that know nothing yet.
func (s *shadow) build() {
	s.last, s.mean = fallback.NewLastKnownGood(s.options()), fallback.NewInterpolated(s.options())
}

func (s *shadow) options() fallback.Options {
	now := s.now
	return fallback.Options{MaxAge: s.maxAge, Now: func() time.Duration { return *now }, MaxSensors: 1}
}

// clone of nil is nil.
func (s *shadow) clone() *shadow {
	if s == nil {
		return nil
	}
	out := *s
	out.now = new(time.Duration)
	out.build()
	out.learn(s.last, s.mean)
	out.marks = s.marks.Clone()
	return &out
}

// limit sets the greatest age of a substitute from now on. What is kept stays.
func (s *shadow) limit(maxAge time.Duration) {
	if s == nil || s.maxAge == maxAge {
		return
	}
	last, mean := s.last, s.mean
	s.maxAge = maxAge
	s.build()
	s.learn(last, mean)
}

// learn takes over what other strategies keep.
func (s *shadow) learn(last *fallback.LastKnownGood, mean *fallback.InterpolatedMean) {
	fallback.Load(s.last, fallback.Save(last))
	fallback.Load(s.mean, fallback.Save(mean))
}

// call has the strategies answer one call, which ended at the given time.
func (s *shadow) call(c *event.Call, at time.Duration) {
	if s == nil {
		return
	}
	*s.now = at
	mark := event.MarkOf(c)
	if c.Result == event.Live {
		reading := fallback.Reading{Value: c.Value, At: c.SourceAt}
		s.last.Good(shadowID, reading)
		s.mean.Good(shadowID, reading)
		for i := range s.counts {
			s.counts[i].Live++
		}
		s.marks.Push([strategyCount]event.Mark{mark, mark, mark}, s.columns)
		return
	}
	var marks [strategyCount]event.Mark
	for i, strategy := range [strategyCount]fallback.Strategy{fallback.Drop{}, s.last, s.mean} {
		r, ok := strategy.HandleFailure(shadowID, errNotLive)
		s.substitutes[i] = Substitute{Served: ok, Value: r.Value, SourceAt: r.At, Truth: c.Truth, HasTruth: c.HasTruth, At: at}
		marks[i] = s.counts[i].failure(r, ok, c, at)
	}
	s.marks.Push(marks, s.columns)
}

// failure counts what a strategy made of a call that was not live.
func (n *StrategyCounts) failure(r fallback.Reading, ok bool, c *event.Call, at time.Duration) event.Mark {
	if !ok {
		n.Dropped++
		return event.MarkMissing
	}
	n.OldestAge = max(n.OldestAge, r.Age(at))
	if c.HasTruth {
		off := offBy(r.Value, c.Truth)
		n.OffBy += off
		n.MaxOff = max(n.MaxOff, off)
		n.Judged++
	}
	if r.Quality == fallback.Interpolated {
		n.Interpolated++
		return event.MarkInterpolated
	}
	n.Stale++
	return event.MarkStale
}

// offBy is how far a value is off the hidden true one, in millionths of its
// unit, so that sums do not depend on the order of rounding.
func offBy(value, truth float64) int64 {
	return int64(math.Round(math.Abs(value-truth) * 1e6))
}

// StrategyCounts is what a strategy delivers of all calls since the start.
type StrategyCounts struct {
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
func (n StrategyCounts) Calls() uint64 { return n.Live + n.Stale + n.Interpolated + n.Dropped }

// Delivered is the calls that gave a value, live or not.
func (n StrategyCounts) Delivered() uint64 { return n.Live + n.Stale + n.Interpolated }

// Freshness is live / delivered; ok is false where nothing was delivered.
func (n StrategyCounts) Freshness() (share float64, ok bool) {
	if n.Delivered() == 0 {
		return 0, false
	}
	return float64(n.Live) / float64(n.Delivered()), true
}

// MeanOff is the mean absolute error of the substitutes, in the sensor's unit;
// ok is false where none is judged.
func (n StrategyCounts) MeanOff() (off float64, ok bool) {
	if n.Judged == 0 {
		return 0, false
	}
	return float64(n.OffBy) / float64(n.Judged) / 1e6, true
}

func (n *StrategyCounts) add(o StrategyCounts) {
	n.Live += o.Live
	n.Stale += o.Stale
	n.Interpolated += o.Interpolated
	n.Dropped += o.Dropped
	n.OffBy += o.OffBy
	n.MaxOff = max(n.MaxOff, o.MaxOff)
	n.Judged += o.Judged
	n.OldestAge = max(n.OldestAge, o.OldestAge)
}

// StrategyView is what one degradation strategy would have made of the run.
type StrategyView struct {
	// Name is the strategy's: drop, last-known-good, interpolated.
	Name string
	// Counts are over all sensors. Errors of sensors of different units are
	// added up as numbers, as the report does.
	Counts StrategyCounts
	// Mixed is true where they are of different units, which makes such a sum a
	// number without meaning. Nearest is then what is left to compare by: at how
	// many sensors, of Compared where two strategies or more stood in, its mean
	// error is the smallest.
	Mixed             bool
	Nearest, Compared int
	// Sensors are those that were asked for, in the order asked.
	Sensors []StrategySensor
}

// StrategySensor is what a strategy would have made of one sensor.
type StrategySensor struct {
	// Index is the sensor's place in the run.
	Index  int
	Counts StrategyCounts
	// Marks are the last calls, oldest first, as the call track draws them: the
	// same calls as the sensor's Columns.
	Marks []event.Mark
	// Last is what was served at the last failure.
	Last Substitute
}

// strategies is nil where the tally has no shadows.
func (t *Tally) strategies(indexes []int, columns int) []StrategyView {
	if !t.opts.shadows {
		return nil
	}
	views := make([]StrategyView, strategyCount)
	for i, name := range fallback.Names() {
		views[i].Name = name
		for k := range t.sensors {
			views[i].Counts.add(t.sensors[k].shadow.counts[i])
		}
	}
	t.compareStrategies(views)
	for _, k := range indexes {
		s := t.sensors[k].shadow
		last := s.marks.Last(columns)
		for i := range views {
			marks := make([]event.Mark, len(last))
			for j := range last {
				marks[j] = last[j][i]
			}
			views[i].Sensors = append(views[i].Sensors, StrategySensor{
				Index: k, Counts: s.counts[i], Marks: marks, Last: s.substitutes[i],
			})
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
		counts := &t.sensors[k].shadow.counts
		best, known, tie := -1, 0, false
		var least float64
		for i := range views {
			off, ok := counts[i].MeanOff()
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
