// Package scenario describes what a run consists of: the built-in scenarios with their
// sensors, faults and policies, and real endpoints to watch. It turns either into an
// engine.Config, and finds settings by name.
//
// It runs nothing itself: the dashboard and the reports do.
package scenario

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"

	"resiltui/internal/engine"
	"resiltui/internal/engine/clock"
	"resiltui/internal/engine/policy"
	"resiltui/internal/sensors"
	"resiltui/internal/sensors/simulated"
	"resiltui/internal/words"
)

// Scenario is a set of simulated sensors, each behind a policy.
type Scenario struct {
	// Name is the name that starts it; See says in one line what to look for.
	Name, See string
	// Seed is the default seed.
	Seed     uint64
	Interval time.Duration
	// Batches is how many batches its report has; in the dashboard it has no
	// end.
	Batches int
	// Compare runs a naive pipeline alongside, where a comparison makes sense.
	Compare bool
	Sensors []Sensor
	// watched is true for real endpoints, of which nothing but the policy can be set.
	watched bool
}

// Sensor is one simulated sensor of a scenario and the policy around it.
type Sensor struct {
	// Config is used without its Seed and Sleep, which the run sets.
	simulated.Config
	// Lucky is the number of the request in each of the FailWindows that is
	// answered nevertheless; 0 is none.
	Lucky int
	// Function says that a read is a call of the function of this name (Functions).
	Function bool
	// Waits names the draws of the policy, of waits between attempts and of open times;
	// empty takes those of the sensor (Draws, or the id). Sensors that compare two
	// policies have the same.
	Waits  string
	Policy policy.Policy
}

// Names of the built-in scenarios, in the order to list them.
func Names() []string {
	var names []string
	for _, s := range builtin() {
		names = append(names, s.Name)
	}
	return names
}

// Find returns a built-in scenario. The error lists the known ones and names
// the nearest.
func Find(name string) (Scenario, error) {
	if strings.Contains(name, "://") {
		return Scenario{}, errors.New("an address is no scenario; to watch an endpoint write resiltui watch URL")
	}
	for _, s := range builtin() {
		if s.Name == name {
			return s, nil
		}
	}
	return Scenario{}, fmt.Errorf("unknown scenario %q%s; the scenarios are: %s",
		words.Clean(name, 40), DidYouMean(name, Names()), strings.Join(Names(), ", "))
}

func builtin() []Scenario {
	return []Scenario{Pipeline(), Retry(), Breaker(), Strategies()}
}

// Config is the run of the scenario with a seed, without end.
func (s Scenario) Config(seed uint64) engine.Config {
	config := engine.Config{Scenario: s.Name, Seed: seed, Interval: s.Interval, Compare: s.Compare}
	for _, sensor := range s.Sensors {
		config.Members = append(config.Members, engine.Member{
			Info: sensor.Info, Policy: sensor.Policy, New: sensor.make, Settings: sensor.settings(),
			Draws: cmp.Or(sensor.Waits, sensor.Draws),
		})
	}
	return config
}

// settings are the sensor's own settings by name.
func (s Sensor) settings() map[string]string {
	values := make(map[string]string)
	for _, own := range simulated.Settings() {
		values[own.Name] = own.Get(s.Config)
	}
	return values
}

// make builds the sensor for a run.
func (s Sensor) make(seed uint64, clk clock.Clock) (sensors.Sensor, error) {
	inner, err := s.simulated(seed, clk)
	switch {
	case err != nil:
		return nil, err
	case s.Lucky > 0:
		return simulated.NewLucky(inner, s.Lucky), nil
	case s.Function:
		return functionOf(s.Info.ID, inner), nil
	default:
		return inner, nil
	}
}

// simulated builds the simulated sensor that make wraps.
func (s Sensor) simulated(seed uint64, clk clock.Clock) (*simulated.Sensor, error) {
	c := s.Config
	c.Seed, c.Sleep = seed, clk.Sleep
	return simulated.New(c)
}
