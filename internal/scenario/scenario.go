// Package scenario says what a run is made of: the built-in scenarios, and
// real endpoints to watch. It turns either into an engine.Config; it runs
// nothing itself.
package scenario

import (
	"fmt"
	"strings"
	"time"

	"github.com/agnivade/levenshtein"

	"resiltui/internal/engine"
	"resiltui/internal/engine/clock"
	"resiltui/internal/sensors"
)

// Scenario is a set of simulated sensors and the policy in front of them.
type Scenario struct {
	// Name is what it is started by; See says in a line what to look for.
	Name, See string
	// Seed is the one that it starts with unless another is asked for.
	Seed     uint64
	Interval time.Duration
	Policy   engine.Policy
	// Sensors are used without their Seed and Sleep, which the run sets.
	Sensors []sensors.SimulatedConfig
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
	nearest, distance := "", len(name)/2+1
	for _, s := range builtin() {
		if s.Name == name {
			return s, nil
		}
		if d := levenshtein.ComputeDistance(strings.ToLower(name), s.Name); d < distance {
			nearest, distance = s.Name, d
		}
	}
	hint := ""
	if nearest != "" {
		hint = fmt.Sprintf("; did you mean %q?", nearest)
	}
	return Scenario{}, fmt.Errorf("unknown scenario %q%s; the scenarios are: %s",
		sensors.Clean(name, 40), hint, strings.Join(Names(), ", "))
}

func builtin() []Scenario { return []Scenario{Pipeline()} }

// Config is the run of the scenario with a seed.
func (s Scenario) Config(seed uint64) engine.Config {
	config := engine.Config{Scenario: s.Name, Seed: seed, Interval: s.Interval}
	for _, sensor := range s.Sensors {
		config.Members = append(config.Members, engine.Member{
			Info: sensor.Info, Policy: s.Policy,
			New: func(seed uint64, clk clock.Clock) (sensors.Sensor, error) {
				c := sensor
				c.Seed, c.Sleep = seed, clk.Sleep
				return sensors.NewSimulated(c)
			},
		})
	}
	return config
}
