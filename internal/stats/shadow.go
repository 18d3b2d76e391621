package stats

import (
	"errors"
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

// of is what a strategy delivered.
func (s *shadow) of(strategy int) *StrategyCounts { return &s.counts[strategy] }

// view is what a strategy delivered with the marks of the newest calls, without the
// sensor's place.
func (s *shadow) view(strategy, columns int) StrategySensor {
	n := max(min(columns, s.marks.Len()), 0)
	marks := make([]event.Mark, n)
	for i := range marks {
		marks[i] = s.marks.At(s.marks.Len() - n + i)[strategy]
	}
	return StrategySensor{Counts: s.counts[strategy], Marks: marks, Last: s.substitutes[strategy]}
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
