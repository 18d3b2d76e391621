package scenario

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/agnivade/levenshtein"

	"resiltui/internal/words"
)

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
		return fmt.Errorf("%s=%s: %w", words.Clean(key, 60), words.Clean(value, 60), err)
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
		return "", "", fmt.Errorf("%q is no setting; write KEY=VALUE, such as policy.breaker.threshold=4", words.Clean(text, 60))
	}
	return key, value, nil
}

// assign sets what a key names, without looking at whether it suits the rest.
func (s *Scenario) assign(key, value string) error {
	r, err := s.find(key)
	if err != nil {
		return err
	}
	return wrap(key, value, r.Set(s, value))
}

// find returns the setting of a name.
func (s *Scenario) find(key string) (row, error) {
	for _, r := range s.rows() {
		if r.Name == key {
			return r, nil
		}
	}
	return row{}, s.unknown(key)
}

func wrap(key, value string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s=%s: %w", words.Clean(key, 60), words.Clean(value, 60), err)
}

// unknown lists what there is, the nearest first.
func (s *Scenario) unknown(key string) error {
	if head, rest, _ := strings.Cut(key, "."); head == "sensors" && !s.startsWithID(rest) {
		return s.unknownSensor(rest)
	}
	keys := s.Keys()
	nearest := slices.MinFunc(keys, func(a, b string) int {
		return levenshtein.ComputeDistance(key, a) - levenshtein.ComputeDistance(key, b)
	})
	return fmt.Errorf("unknown setting %q; did you mean %q? The settings are: %s",
		words.Clean(key, 60), nearest, strings.Join(keys, ", "))
}

// startsWithID tells whether a path begins with the id of a sensor. An id may hold
// dots and blanks.
func (s *Scenario) startsWithID(path string) bool {
	return slices.ContainsFunc(s.Sensors, func(c Sensor) bool { return strings.HasPrefix(path, c.Info.ID+".") })
}

func (s *Scenario) unknownSensor(path string) error {
	var ids []string
	for i := range s.Sensors {
		ids = append(ids, s.Sensors[i].Info.ID)
	}
	id, _, _ := strings.Cut(path, ".")
	return fmt.Errorf("unknown sensor %q in scenario %s; its sensors are: %s", words.Clean(id, 40), s.Name, strings.Join(ids, ", "))
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

// noSleep stands in for a clock where a config is only looked at.
func noSleep(context.Context, time.Duration) error { return nil }
