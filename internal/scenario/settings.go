package scenario

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/agnivade/levenshtein"

	"resiltui/internal/engine"
	"resiltui/internal/engine/policy"
	"resiltui/internal/sensors"
)

// setting is one thing about a sensor or its policy that can be changed by
// name.
type setting struct {
	name, help string
	// set reads the value into the sensor. Its error says what is allowed.
	set func(s *Sensor, value string) error
}

// Set changes one setting, written KEY=VALUE:
//
//	interval=1s                   of the scenario
//	policy.breaker.threshold=4    of every sensor
//	sensors.S1.fail=0.7           of one sensor
//	sensors.S1.policy.retry.attempts=1
//	@FILE                         all that a file holds, see SetFile
//
// The error names the key, the value and what is allowed; the scenario is
// unchanged then.
func (s *Scenario) Set(assignment string) error {
	if path, ok := strings.CutPrefix(assignment, "@"); ok {
		return s.SetFile(path)
	}
	key, value, err := assignmentOf(assignment)
	if err != nil {
		return err
	}
	changed := *s
	changed.Sensors = slices.Clone(s.Sensors)
	if err := changed.assign(key, value); err != nil {
		return err
	}
	if err := changed.validate(); err != nil {
		return fmt.Errorf("%s=%s: %w", sensors.Clean(key, 60), sensors.Clean(value, 60), err)
	}
	*s = changed
	return nil
}

// assignmentOf takes KEY=VALUE apart.
func assignmentOf(text string) (key, value string, err error) {
	// The last sign of equality: an id may hold one ("N=1"), no value does.
	at := strings.LastIndexByte(text, '=')
	key, value = strings.TrimSpace(text[:max(at, 0)]), strings.TrimSpace(text[at+1:])
	if key == "" {
		return "", "", fmt.Errorf("%q is no setting; write KEY=VALUE, such as policy.breaker.threshold=4", sensors.Clean(text, 60))
	}
	return key, value, nil
}

func (s *Scenario) assign(key, value string) error {
	head, rest, _ := strings.Cut(key, ".")
	switch head {
	case "interval":
		if rest == "" {
			return wrap(key, value, duration(&s.Interval, engine.MinInterval, engine.MaxInterval)(value))
		}
	case "policy":
		return s.assignTo(s.Sensors, key, key, value)
	case "sensors":
		i, name, err := s.target(rest)
		if err != nil {
			return err
		}
		return s.assignTo(s.Sensors[i:i+1], key, name, value)
	}
	return s.unknown(key)
}

// target finds the sensor of "ID.setting". An id may hold dots and blanks.
func (s *Scenario) target(path string) (index int, name string, err error) {
	var ids []string
	for i := range s.Sensors {
		id := s.Sensors[i].Info.ID
		if name, ok := strings.CutPrefix(path, id+"."); ok {
			return i, name, nil
		}
		ids = append(ids, id)
	}
	id, _, _ := strings.Cut(path, ".")
	return 0, "", fmt.Errorf("unknown sensor %q in scenario %s; its sensors are: %s", sensors.Clean(id, 40), s.Name, strings.Join(ids, ", "))
}

func (s *Scenario) assignTo(list []Sensor, key, name, value string) error {
	for _, setting := range settings() {
		if setting.name != name {
			continue
		}
		for i := range list {
			if err := setting.set(&list[i], value); err != nil {
				return wrap(key, value, err)
			}
		}
		return nil
	}
	return s.unknown(key)
}

func wrap(key, value string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s=%s: %w", sensors.Clean(key, 60), sensors.Clean(value, 60), err)
}

// unknown lists what there is, the nearest first.
func (s *Scenario) unknown(key string) error {
	keys := s.Keys()
	nearest := slices.MinFunc(keys, func(a, b string) int {
		return levenshtein.ComputeDistance(key, a) - levenshtein.ComputeDistance(key, b)
	})
	return fmt.Errorf("unknown setting %q; did you mean %q? The settings are: %s",
		sensors.Clean(key, 60), nearest, strings.Join(keys, ", "))
}

// Keys are the settings of the scenario, with ID for the id of a sensor.
func (s *Scenario) Keys() []string {
	keys := []string{"interval"}
	for _, setting := range settings() {
		if strings.HasPrefix(setting.name, "policy.") {
			keys = append(keys, setting.name)
		}
	}
	for _, setting := range settings() {
		if !strings.HasPrefix(setting.name, "policy.") {
			keys = append(keys, "sensors.ID."+setting.name)
		}
	}
	return append(keys, "sensors.ID.policy.…")
}

func (s *Scenario) validate() error {
	for i := range s.Sensors {
		c := &s.Sensors[i]
		if err := c.Policy.Validate(); err != nil {
			return err
		}
		config := c.SimulatedConfig
		config.Sleep = noSleep
		if err := config.Validate(); err != nil {
			return err
		}
	}
	return nil
}

// settings are all that can be changed, in the order to list them.
func settings() []setting {
	var all []setting
	for _, p := range policy.Settings() {
		all = append(all, setting{"policy." + p.Name, p.Help, func(s *Sensor, v string) error { return p.Set(&s.Policy, v) }})
	}
	return append(all, []setting{
		{"fail", "share of attempts that fail, 0 to 1", func(s *Sensor, v string) error {
			s.Schedule = nil // one share from now on
			return number(&s.FailProbability, 0, 1)(v)
		}},
		{"latency", "median of a read's time", func(s *Sensor, v string) error {
			return duration(&s.Latency.Median, 0, time.Hour)(v)
		}},
		{"latencySigma", "spread of a read's time, 0 to 2", func(s *Sensor, v string) error {
			return number(&s.Latency.Sigma, 0, 2)(v)
		}},
		{"noise", "standard deviation of a reading's error", func(s *Sensor, v string) error {
			return number(&s.Noise, 0, 1e9)(v)
		}},
	}...)
}

func duration(to *time.Duration, least, most time.Duration) func(string) error {
	return func(v string) error {
		d, err := time.ParseDuration(v)
		if err != nil || d < least || d > most {
			return fmt.Errorf("must be a time such as 250ms or 3s, from %v to %v", least, most)
		}
		*to = d
		return nil
	}
}

func number(to *float64, least, most float64) func(string) error {
	return func(v string) error {
		x, err := strconv.ParseFloat(v, 64)
		if err != nil || !(x >= least && x <= most) { // NaN is in no range
			return fmt.Errorf("must be a number from %g to %g", least, most)
		}
		*to = x
		return nil
	}
}

// noSleep stands in for a clock where a config is only looked at.
func noSleep(context.Context, time.Duration) error { return nil }
