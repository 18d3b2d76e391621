package sensors

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"resiltui/internal/words"
)

// Latency is how long the reads of a simulated sensor take: a log-normal
// distribution, as response times have it, without its extremes. Every latency
// is rounded to whole microseconds and then kept between Median/4 and Median·4.
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

// SimulatedConfig is what a simulated sensor is made from.
type SimulatedConfig struct {
	// Info describes the sensor; its ID also names its draws, unless Draws
	// does. Sensors with the same Draws fail together and agree on their
	// values.
	Info  Info
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
	// [Request].Call does, refused ones included.
	Schedule []FailPhase
	// FailWindows are the times in which every attempt fails. An attempt is
	// judged at its start.
	FailWindows []Window
	// Failures are the texts of failed reads, one drawn for each; empty means
	// [SensorFailureTexts].
	Failures []string
	// Errors are the errors of failed reads instead, one drawn for each, where
	// a policy must tell them apart. Their texts must be clean.
	Errors []error

	// Sleep is how a read takes its time; it must not be nil.
	Sleep Sleeper
}

// Validate returns the first thing that is wrong, with the field, its value and
// its range, or nil.
func (c SimulatedConfig) Validate() error {
	if err := c.check(); err != nil {
		return fmt.Errorf("sensor %s: %w", words.Clean(c.Info.ID, maxNameCells), err)
	}
	return nil
}

func (c SimulatedConfig) check() error {
	if err := c.Info.validate(); err != nil {
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
		checkRange("noise", c.Noise, 0, MaxValue),
		checkDelay("latency median", c.Latency.Median, 0),
		checkRange("latency sigma", c.Latency.Sigma, 0, 2),
		checkRange("failProbability", c.FailProbability, 0, 1)); err != nil {
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

func (c SimulatedConfig) checkSchedule() error {
	last := uint64(0)
	for k, phase := range c.Schedule {
		if phase.UntilCall <= last {
			return fmt.Errorf("schedule[%d] untilCall %d is not above %d", k, phase.UntilCall, last)
		}
		if err := checkRange("probability", phase.Probability, 0, 1); err != nil {
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
		if words.Clean(text, maxErrorCells) == "" {
			return fmt.Errorf("failures[%d] %q says nothing", k, text)
		}
	}
	for k, err := range c.Errors {
		if err == nil {
			return fmt.Errorf("errors[%d] is missing", k)
		}
		if words.Clean(err.Error(), maxErrorCells) != err.Error() {
			return fmt.Errorf("errors[%d] must be an error with a clean text, not: %w", k, err)
		}
	}
	return nil
}

// Simulated is a sensor that exists only as a pure function of (seed, sensor,
// call, attempt, time). It is safe for concurrent use, and a read allocates
// nothing.
type Simulated struct {
	config   SimulatedConfig
	failures []error
	// One stream for each thing that is drawn, so that one draw tells nothing
	// about another.
	fail, text, latency, noise Stream
	// first saves work, and changes nothing.
	first firstFate
}

// NewSimulated returns the sensor, or what Validate says.
func NewSimulated(c SimulatedConfig) (*Simulated, error) {
	if err := c.Validate(); err != nil {
		return nil, err
	}
	texts := c.Failures
	if len(texts) == 0 {
		texts = SensorFailureTexts()
	}
	failures := c.Errors
	if len(failures) == 0 {
		failures = ReadErrors(texts)
	}
	draws := c.Draws
	if draws == "" {
		draws = c.Info.ID
	}
	stream := func(purpose string) Stream { return NewStream(c.Seed, draws, purpose) }
	return &Simulated{
		config:   c,
		failures: failures,
		fail:     stream("fail"),
		text:     stream("failure-text"),
		latency:  stream("latency"),
		noise:    stream("noise"),
	}, nil
}

// Info describes the sensor.
func (s *Simulated) Info() Info { return s.config.Info }

// Truth is the signal without noise.
func (s *Simulated) Truth(at time.Duration) float64 {
	if value, ok := s.first.truthAt(at); ok {
		return value
	}
	return s.config.Signal.At(at)
}

// Plan tells what Read with the same request does.
func (s *Simulated) Plan(r Request) Plan {
	p, _ := s.plan(r, s.fails(r))
	return p
}

// Read takes the planned time and gives the planned answer. Where the sleep
// ends early, it returns the sleep's error as it is.
func (s *Simulated) Read(ctx context.Context, r Request) (Reading, error) {
	p, truth := s.plan(r, s.fails(r))
	s.first.keep(r, &p, truth)
	return s.carryOut(ctx, p)
}

// Fate is the Plan of a request without its Reading.
func (s *Simulated) Fate(r Request) Plan {
	if p, ok := s.first.of(r); ok {
		return p
	}
	p := s.fate(r, s.fails(r))
	s.first.keep(r, &p, 0)
	return p
}

func (s *Simulated) carryOut(ctx context.Context, p Plan) (Reading, error) {
	if err := s.config.Sleep(ctx, p.Latency); err != nil {
		return Reading{}, err
	}
	return p.Reading, p.Err
}

// fate is the plan, without its reading, of an attempt of which it is known
// whether it fails.
func (s *Simulated) fate(r Request, fails bool) Plan {
	attempt := uint64(r.Attempt)
	p := Plan{Latency: s.config.Latency.at(s.latency.Normal(r.Call, attempt))}
	if fails {
		p.Err = s.failures[s.text.Index(r.Call, attempt, len(s.failures))]
	}
	return p
}

// plan is the plan of an attempt of which it is known whether it fails, and the
// true value behind its reading, if it has one.
func (s *Simulated) plan(r Request, fails bool) (p Plan, truth float64) {
	p = s.fate(r, fails)
	if fails {
		return p, 0
	}
	at := r.At + p.Latency
	noise := float64(s.config.Noise * s.noise.Normal(r.Call, uint64(r.Attempt)))
	truth = s.config.Signal.At(at)
	p.Reading = Reading{Value: Clamp6(truth + noise), At: at}
	return p, truth
}

// fails decides by the attempt's start and by one uniform draw.
func (s *Simulated) fails(r Request) bool {
	for _, w := range s.config.FailWindows {
		if w.contains(r.At) {
			return true
		}
	}
	return s.fail.Uniform(r.Call, uint64(r.Attempt)) < s.probability(r.Call)
}

func (s *Simulated) probability(call uint64) float64 {
	for _, phase := range s.config.Schedule {
		if call <= phase.UntilCall {
			return phase.Probability
		}
	}
	return s.config.FailProbability
}

// SensorFailureTexts returns how sensors fail by themselves: the words that
// drivers of field devices use.
func SensorFailureTexts() []string {
	return []string{
		"bad frame",
		"bad checksum",
		"read timeout",
		"short read",
		"bus busy",
		"no answer from device",
	}
}
