package engine

import (
	"errors"
	"fmt"
	"time"

	"resiltui/internal/engine/clock"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/health"
	"resiltui/internal/engine/policy"
	"resiltui/internal/engine/retry"
	"resiltui/internal/sensors"
)

// Config describes a run: which sensors behind which policies, how often, how
// long.
type Config struct {
	// Scenario is the name that starts the run again.
	Scenario string
	Seed     uint64
	// Interval is the time from one batch's start to the next; more than 0.
	Interval time.Duration
	// Batches is where the run ends by itself; 0 is never.
	Batches int
	// Real is true where any sensor is real: the run is then on the wall clock,
	// and each member is read on a schedule of its own, so that no endpoint
	// waits for another. Otherwise all are read together in batches on the
	// virtual clock.
	Real bool
	// Beside has the policies of a real run only watch: every call is one attempt and is
	// made whatever the circuit says. A simulated run ignores it.
	Beside bool
	// Thresholds say when an endpoint of a real run is slow or down.
	Thresholds health.Thresholds
	// UTC has a real run tell its dates in UTC, not in the zone of this machine.
	UTC bool
	// Realtime puts simulated sensors on the wall clock, so that waits really take
	// their time. A session that is paced ignores it.
	Realtime bool
	// Callers is how many calls of each simulated sensor a batch makes at once,
	// 0 to MaxCallers; 0 and 1 are one caller. A batch waits for all of them.
	// The calls of a sensor are numbered in the order in which they begin, so
	// those of batch n are (n-1)·Callers+1 to n·Callers. A real run ignores it.
	Callers int
	// Compare runs a naive pipeline alongside a simulated one, with the same
	// random draws.
	Compare bool
	Members []Member
	// Registry collects the statistics of the retries by the sensors' ids; nil
	// is none.
	Registry *retry.Registry
	// Script is commands that take effect at the start of a batch, in order.
	Script []Scripted
}

// Member is one sensor of a run.
type Member struct {
	// New makes the sensor for a run with this clock. Info is what its Info
	// will return.
	Info sensors.Info
	New  func(seed uint64, clk clock.Clock) (sensors.Sensor, error)
	// Draws names the random draws of the policy: those of the waits between attempts
	// and of open times. Members with the same Draws get the same draws, so that their
	// policies can be compared. Empty is the id.
	Draws string
	// Policy is the stack around it.
	Policy policy.Policy
	// Interval is the interval of this member in a real run; 0 takes the run's.
	Interval time.Duration
	// Settings are the sensor's own settings by name, as people write them and
	// without secrets, for the readers of the run; nil is none.
	Settings map[string]string
}

// Scripted is a command at the start of a batch, from 1.
type Scripted struct {
	Batch   int
	Command event.Command
}

// Limits of a run.
const (
	// MinInterval keeps a run from spinning; MaxInterval is a day.
	MinInterval = time.Millisecond
	MaxInterval = 24 * time.Hour
	// MaxCallers is how many callers of a sensor there may be.
	MaxCallers = 64
)

// Validate returns an error for the first thing that makes the run impossible.
func (c Config) Validate() error {
	if len(c.Members) == 0 {
		return errors.New("a run needs at least one sensor")
	}
	if c.Interval < MinInterval || c.Interval > MaxInterval {
		return fmt.Errorf("interval %v: must be from %v to %v", c.Interval, MinInterval, MaxInterval)
	}
	if c.Callers < 0 || c.Callers > MaxCallers {
		return fmt.Errorf("callers %d: must be from 0 (for one) to %d", c.Callers, MaxCallers)
	}
	if c.Batches < 0 {
		return fmt.Errorf("batches %d: must be 0 (no end) or more", c.Batches)
	}
	if err := c.Thresholds.Validate(); err != nil {
		return err
	}
	seen := make(map[string]bool, len(c.Members))
	for _, m := range c.Members {
		if seen[m.Info.ID] {
			return fmt.Errorf("sensor %s: the id is used twice", m.Info.ID)
		}
		seen[m.Info.ID] = true
		if err := m.Policy.Validate(); err != nil {
			return fmt.Errorf("sensor %s: %w", m.Info.ID, err)
		}
	}
	return nil
}

// describe returns the run as its readers see it.
func (c Config) describe(clients []*Client, naive bool) *event.Run {
	run := &event.Run{
		Scenario: c.Scenario, Seed: c.Seed, Interval: c.Interval, Batches: c.Batches,
		Virtual: !c.Real, Naive: naive, Callers: c.callers(), Beside: c.Real && c.Beside,
	}
	if t := c.health(); t != nil {
		run.Thresholds = *t
	}
	for i := range c.Members {
		l := clients[i].layers.Load()
		sensor := event.Sensor{
			Info: clients[i].sensor.Info(), Policy: l.policy, Strategy: l.fallback.Name(), Initial: l.breaker.Circuit(),
			Settings: c.Members[i].Settings,
		}
		if c.Real {
			sensor.Interval = c.intervalOf(i)
		}
		run.Sensors = append(run.Sensors, sensor)
	}
	return run
}

// callers is how many calls of each sensor are made at a time.
func (c Config) callers() int {
	if c.Real {
		return 1
	}
	return max(c.Callers, 1)
}

// health is when an endpoint is slow or down; nil for simulated sensors.
func (c Config) health() *health.Thresholds {
	if !c.Real {
		return nil
	}
	return new(c.Thresholds.Resolved())
}

func (c Config) intervalOf(i int) time.Duration {
	if own := c.Members[i].Interval; own > 0 {
		return own
	}
	return c.Interval
}

// stats is where a sensor's retries are counted.
func (c Config) stats(id string) *retry.Stats {
	if c.Registry == nil {
		return nil
	}
	return c.Registry.Get(id)
}
