package scenario

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"resiltui/internal/words"
)

// Set changes one setting, written KEY=VALUE:
//
//	interval=1s                   of the scenario
//	policy.breaker.threshold=4    of every sensor
//	sensors.S1.fail=0.7           of one sensor
//	sensors.S1.policy.retry.attempts=1
//	threshold=4                   the end of a name that no other has
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
	name, err := changed.assign(changed.rows(), key, value)
	if err != nil {
		return err
	}
	if err := changed.validate(); err != nil {
		return wrap(name, value, err)
	}
	*s = changed
	return nil
}

// assignmentOf takes KEY=VALUE apart.
func assignmentOf(text string) (key, value string, err error) {
	// The last "=": an id may contain one ("N=1"), no value does.
	at := strings.LastIndexByte(text, '=')
	key, value = strings.TrimSpace(text[:max(at, 0)]), strings.TrimSpace(text[at+1:])
	if key == "" {
		return "", "", fmt.Errorf("%q is no setting; write KEY=VALUE, such as policy.breaker.threshold=4", words.Clean(text, 60))
	}
	return key, value, nil
}

// assign sets the setting of the rows that a key names, without checking whether
// it fits the others, and returns its full name.
func (s *Scenario) assign(rows []row, key, value string) (name string, err error) {
	r, err := find(s, rows, key)
	if err != nil {
		return key, err
	}
	return r.Name, wrap(r.Name, value, r.Set(s, value))
}

func wrap(key, value string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s=%s: %w", words.Clean(key, 60), words.Clean(value, 60), err)
}

func (s *Scenario) validate() error {
	for i := range s.Sensors {
		c := &s.Sensors[i]
		if err := c.Policy.Validate(); err != nil {
			return err
		}
		if s.watched {
			continue
		}
		config := c.Config
		config.Sleep = noSleep
		if err := config.Validate(); err != nil {
			return err
		}
	}
	return nil
}

// noSleep replaces a clock where a config is only checked.
func noSleep(context.Context, time.Duration) error { return nil }
