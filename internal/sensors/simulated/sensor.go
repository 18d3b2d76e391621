package simulated

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"resiltui/internal/sensors"
	"resiltui/internal/words"
)

// Latency is how long the reads of a simulated sensor take: a log-normal
// distribution, which is typical of response times, without its extremes. Every
// latency is rounded to whole microseconds and then kept between Median/4 and
// Median·4.
type Latency struct {
	// Median is what half of the reads stay under, up to an hour; 0 is no
	// latency.
	Median time.Duration
	// Sigma is the standard deviation of the latency's logarithm, 0 to 2: two
	// reads in three lie between Median/e^Sigma and Median·e^Sigma. 0 is a
	// constant latency.
	Sigma float64
}

// at returns the latency that belongs to a standard normal draw.
func (l Latency) at(z float64) time.Duration {
	us := float64(l.Median) / float64(time.Microsecond) * math.Exp(l.Sigma*z)
	d := time.Duration(math.Round(us)) * time.Microsecond
	return max(l.Median/4, min(l.Median*4, d))
}

// FailPhase is a part of a sensor's life, counted in calls.
type FailPhase struct {
	// UntilCall is the last call of the phase.
	UntilCall uint64
	// Probability is the share of the phase's attempts that fail, 0 to 1.
	Probability float64
}

// Window is a part of a run: From is in it, To is not.
type Window struct {
	From, To time.Duration
}

// contains reports whether t is in the window.
func (w Window) contains(t time.Duration) bool { return t >= w.From && t < w.To }

// Config is what a simulated sensor is made from.
type Config struct {
	// Info describes the sensor; its ID also names its draws, unless Draws
	// does. Sensors with the same Draws fail together and agree on their
	// values.
	Info  sensors.Info
	Draws string
	// Seed is the run's.
	Seed uint64
	// Signal is the hidden true value; it must not be nil.
	Signal Signal
	// Noise is the standard deviation of what a reading adds to the truth, 0 or
	// more.
	Noise float64
	// Latency is how long a read takes, failing or not.
	Latency Latency

	// FailProbability is the share of attempts that fail, 0 to 1, in calls that
	// no phase of Schedule covers.
	FailProbability float64
	// Schedule holds phases with a probability of their own, in rising order of
	// UntilCall. The first phase begins with call 1. Calls are counted as
	// [sensors.Request].Call does, refused ones included.
	Schedule []FailPhase
	// FailWindows are the times in which every attempt fails. An attempt is
	// judged at its start.
	FailWindows []Window
	// Failures are the texts of failed reads, one drawn for each; empty means
	// [FailureTexts].
	Failures []string
	// Errors are the errors of failed reads instead, one drawn for each, where
	// a policy must tell them apart. Their texts must be clean.
	Errors []error

	// Sleep is how a read takes its time; it must not be nil.
	Sleep sensors.Sleeper
}

// Validate returns the first thing that is wrong, with the field, its value and
// its range, or nil.
func (c Config) Validate() error {
	if err := c.check(); err != nil {
		return fmt.Errorf("sensor %s: %w", words.Clean(c.Info.ID, sensors.MaxNameCells), err)
	}
	return nil
}

func (c Config) check() error {
	if err := c.Info.Validate(); err != nil {
		return err
	}
	if c.Signal == nil {
		return errors.New("signal is missing")
	}
	if v, ok := c.Signal.(interface{ validate() error }); ok {
		if err := v.validate(); err != nil {
			return fmt.Errorf("signal: %w", err)
		}
	}
	if err := cmp.Or(
		sensors.CheckRange("noise", c.Noise, 0, sensors.MaxValue),
		sensors.CheckDelay("latency median", c.Latency.Median, 0),
		sensors.CheckRange("latency sigma", c.Latency.Sigma, 0, 2),
		sensors.CheckRange("failProbability", c.FailProbability, 0, 1)); err != nil {
		return err
	}
	if err := c.checkSchedule(); err != nil {
		return err
	}
	if c.Sleep == nil {
		return errors.New("sleep is missing")
	}
	return nil
}

func (c Config) checkSchedule() error {
	last := uint64(0)
	for k, phase := range c.Schedule {
		if phase.UntilCall <= last {
			return fmt.Errorf("schedule[%d] untilCall %d is not above %d", k, phase.UntilCall, last)
		}
		if err := sensors.CheckRange("probability", phase.Probability, 0, 1); err != nil {
			return fmt.Errorf("schedule[%d] %w", k, err)
		}
		last = phase.UntilCall
	}
	for k, w := range c.FailWindows {
		if w.From < 0 || w.To <= w.From {
			return fmt.Errorf("failWindows[%d] from %v to %v: from must be 0 or more, and to after it", k, w.From, w.To)
		}
	}
	for k, text := range c.Failures {
		if words.Clean(text, sensors.MaxErrorCells) == "" {
			return fmt.Errorf("failures[%d] %q says nothing", k, text)
		}
	}
	for k, err := range c.Errors {
		if err == nil {
			return fmt.Errorf("errors[%d] is missing", k)
		}
		if words.Clean(err.Error(), sensors.MaxErrorCells) != err.Error() {
			return fmt.Errorf("errors[%d] must be an error with a clean text, not: %w", k, err)
		}
	}
	return nil
}

// Sensor is a sensor that exists only as a pure function of (seed, sensor,
// call, attempt, time). It is safe for concurrent use, and a read allocates
// nothing.
type Sensor struct {
	config   Config
	failures []error
	// One stream for each thing that is drawn, so that the draws are
	// independent.
	fail, text, latency, noise sensors.Stream
	// first is only a cache.
	first firstOutcome
}

// New returns the sensor, or the error of Validate.
func New(c Config) (*Sensor, error) {
	if err := c.Validate(); err != nil {
		return nil, err
	}
	texts := c.Failures
	if len(texts) == 0 {
		texts = FailureTexts()
	}
	failures := c.Errors
	if len(failures) == 0 {
		failures = sensors.ReadErrors(texts)
	}
	draws := cmp.Or(c.Draws, c.Info.ID)
	c.Info.Nature, c.Info.Draws = c.nature(), c.Draws
	stream := func(purpose string) sensors.Stream { return sensors.NewStream(c.Seed, draws, purpose) }
	return &Sensor{
		config:   c,
		failures: failures,
		fail:     stream("fail"),
		text:     stream("failure-text"),
		latency:  stream("latency"),
		noise:    stream("noise"),
	}, nil
}

// Info describes the sensor.
func (s *Sensor) Info() sensors.Info { return s.config.Info }

// Truth is the signal without noise.
func (s *Sensor) Truth(at time.Duration) float64 {
	if value, ok := s.first.truthAt(at); ok {
		return value
	}
	return s.config.Signal.At(at)
}

// Plan returns what Read with the same request does.
func (s *Sensor) Plan(r sensors.Request) sensors.Plan {
	p, _ := s.plan(r, s.fails(r))
	return p
}

// Read takes the planned time and gives the planned answer. Where the sleep
// ends early, it returns the sleep's error as it is.
func (s *Sensor) Read(ctx context.Context, r sensors.Request) (sensors.Reading, error) {
	p, truth := s.plan(r, s.fails(r))
	s.first.keep(r, &p, truth)
	return s.carryOut(ctx, p)
}

// Outcome is the Plan of a request without its Reading.
func (s *Sensor) Outcome(r sensors.Request) sensors.Plan {
	if p, ok := s.first.of(r); ok {
		return p
	}
	p := s.outcome(r, s.fails(r))
	s.first.keep(r, &p, 0)
	return p
}

func (s *Sensor) carryOut(ctx context.Context, p sensors.Plan) (sensors.Reading, error) {
	if err := s.config.Sleep(ctx, p.Latency); err != nil {
		return sensors.Reading{}, err
	}
	return p.Reading, p.Err
}

// outcome is the plan of an attempt, without its reading; fails reports whether it
// fails.
func (s *Sensor) outcome(r sensors.Request, fails bool) sensors.Plan {
	attempt := uint64(r.Attempt)
	p := sensors.Plan{Latency: s.config.Latency.at(s.latency.Normal(r.Call, attempt))}
	if fails {
		p.Err = s.failures[s.text.Index(r.Call, attempt, len(s.failures))]
	}
	return p
}

// plan is the plan of an attempt, and the true value behind its reading, if it
// has one; fails reports whether it fails.
func (s *Sensor) plan(r sensors.Request, fails bool) (p sensors.Plan, truth float64) {
	p = s.outcome(r, fails)
	if fails {
		return p, 0
	}
	at := r.At + p.Latency
	noise := float64(s.config.Noise * s.noise.Normal(r.Call, uint64(r.Attempt)))
	truth = s.config.Signal.At(at)
	p.Reading = sensors.Reading{Value: sensors.Clamp6(truth + noise), At: at}
	return p, truth
}

// fails decides, by the attempt's start and one uniform draw, whether it fails.
func (s *Sensor) fails(r sensors.Request) bool {
	for _, w := range s.config.FailWindows {
		if w.contains(r.At) {
			return true
		}
	}
	return s.fail.Uniform(r.Call, uint64(r.Attempt)) < s.probability(r.Call)
}

func (s *Sensor) probability(call uint64) float64 {
	for _, phase := range s.config.Schedule {
		if call <= phase.UntilCall {
			return phase.Probability
		}
	}
	return s.config.FailProbability
}

// FailureTexts returns the error texts of sensors that fail by themselves: the
// texts that drivers of field devices use.
func FailureTexts() []string {
	return []string{
		"bad frame",
		"bad checksum",
		"read timeout",
		"short read",
		"bus busy",
		"no answer from device",
	}
}
