// Package counterfactual computes, call by call, for each strategy, what it would have
// served in place of the sensor's own strategy.
//
// It changes nothing in the run: it gives the same calls to all strategies of package
// fallback and counts the results. Package stats keeps one [Counter] for each sensor, and
// adds them up.
package counterfactual

import (
	"errors"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/engine/fallback"
	"resiltui/internal/stats/ring"
)

// Strategies is how many strategies there are to compare.
const Strategies = 3

// Counter asks every degradation strategy what it would have served for one
// sensor. All see the same live readings and the same failures, whichever
// strategy the sensor really has.
type Counter struct {
	maxAge  time.Duration
	columns int // how many marks are kept
	// now is the time by which the strategies measure ages.
	now         *time.Duration
	last        *fallback.LastKnownGood
	mean        *fallback.InterpolatedMean
	counts      [Strategies]Counts
	substitutes [Strategies]Substitute
	marks       ring.Of[[Strategies]event.Mark]
}

// sensorID is the only sensor that the strategies of a Counter know.
const sensorID = "s"

// errNotLive stands for any error of a call; no strategy uses the error.
var errNotLive = errors.New("not live")

// New returns an empty Counter. Substitutes are served up to maxAge
// (fallback.Options.MaxAge); columns is how many marks are kept.
func New(maxAge time.Duration, columns int) *Counter {
	s := &Counter{maxAge: maxAge, columns: columns, now: new(time.Duration)}
	s.build()
	return s
}

// build gives s new, empty strategies with its settings.
func (s *Counter) build() {
	s.last, s.mean = fallback.NewLastKnownGood(s.options()), fallback.NewInterpolated(s.options())
}

func (s *Counter) options() fallback.Options {
	now := s.now
	return fallback.Options{MaxAge: s.maxAge, Now: func() time.Duration { return *now }, MaxSensors: 1}
}

// Clone copies the counter, so that counting with one does not change the other. That
// of nil is nil.
func (s *Counter) Clone() *Counter {
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

// Limit sets the greatest age of a substitute from now on. What is kept stays. A nil
// counter does nothing.
func (s *Counter) Limit(maxAge time.Duration) {
	if s == nil || s.maxAge == maxAge {
		return
	}
	last, mean := s.last, s.mean
	s.maxAge = maxAge
	s.build()
	s.learn(last, mean)
}

// learn copies what other strategies keep.
func (s *Counter) learn(last *fallback.LastKnownGood, mean *fallback.InterpolatedMean) {
	fallback.Load(s.last, fallback.Save(last))
	fallback.Load(s.mean, fallback.Save(mean))
}

// Of is what a strategy delivered, by its index in fallback.Names.
func (s *Counter) Of(strategy int) *Counts { return &s.counts[strategy] }

// View is what a strategy delivered, with the marks of the newest calls; Index is
// not set.
func (s *Counter) View(strategy, columns int) OfSensor {
	n := max(min(columns, s.marks.Len()), 0)
	marks := make([]event.Mark, n)
	for i := range marks {
		marks[i] = s.marks.At(s.marks.Len() - n + i)[strategy]
	}
	return OfSensor{Counts: s.counts[strategy], Marks: marks, Last: s.substitutes[strategy]}
}

// Call gives one call, which ended at the given time, to all strategies. A nil counter
// does nothing.
func (s *Counter) Call(c *event.Call, at time.Duration) {
	if s == nil {
		return
	}
	*s.now = at
	mark := event.MarkOf(c)
	if c.Result == event.Live {
		reading := fallback.Reading{Value: c.Value, At: c.SourceAt}
		s.last.Good(sensorID, reading)
		s.mean.Good(sensorID, reading)
		for i := range s.counts {
			s.counts[i].Live++
		}
		s.marks.Push([Strategies]event.Mark{mark, mark, mark}, s.columns)
		return
	}
	var marks [Strategies]event.Mark
	for i, strategy := range [Strategies]fallback.Strategy{fallback.Drop{}, s.last, s.mean} {
		r, ok := strategy.HandleFailure(sensorID, errNotLive)
		s.substitutes[i] = Substitute{Served: ok, Value: r.Value, SourceAt: r.At, Truth: c.Truth, HasTruth: c.HasTruth, At: at}
		marks[i] = s.counts[i].failure(r, ok, c, at)
	}
	s.marks.Push(marks, s.columns)
}
