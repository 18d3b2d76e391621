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
	"resiltui/internal/engine/fallback"
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
//
// The error names the key, the value and what is allowed; the scenario is
// unchanged then.
func (s *Scenario) Set(assignment string) error {
	// The last sign of equality: an id may hold one ("N=1"), no value does.
	at := strings.LastIndexByte(assignment, '=')
	key, value := strings.TrimSpace(assignment[:max(at, 0)]), strings.TrimSpace(assignment[at+1:])
	if key == "" {
		return fmt.Errorf("%q is no setting; write KEY=VALUE, such as policy.breaker.threshold=4", sensors.Clean(assignment, 60))
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
	return []setting{
		{"policy.timeout", "limit of one attempt; 0 is none", func(s *Sensor, v string) error {
			return duration(&s.Policy.Timeout, 0, engine.MaxInterval)(v)
		}},
		{"policy.retry.attempts", "attempts of a call at most", func(s *Sensor, v string) error {
			return whole(&s.Policy.Retry.MaxAttempts, 1, 100)(v)
		}},
		{"policy.retry.baseDelay", "wait before the first retry", func(s *Sensor, v string) error {
			return duration(&s.Policy.Retry.BaseDelay, 1, engine.MaxInterval)(v)
		}},
		{"policy.retry.maxDelay", "longest wait; 0 is no limit", func(s *Sensor, v string) error {
			return duration(&s.Policy.Retry.MaxDelay, 0, engine.MaxInterval)(v)
		}},
		{"policy.retry.backoff", "exponential, linear or constant", func(s *Sensor, v string) error {
			return s.Policy.Retry.Backoff.UnmarshalText([]byte(v))
		}},
		{"policy.retry.jitter", "none, full, equal or decorrelated", func(s *Sensor, v string) error {
			return s.Policy.Retry.Jitter.UnmarshalText([]byte(v))
		}},
		{"policy.breaker.threshold", "failures in a row that trip it", func(s *Sensor, v string) error {
			return whole(&s.Policy.Breaker.FailureThreshold, 1, 1_000_000)(v)
		}},
		{"policy.breaker.openFor", "time until a probe is due", func(s *Sensor, v string) error {
			return duration(&s.Policy.Breaker.OpenFor, 1, engine.MaxInterval)(v)
		}},
		{"policy.breaker.openGrowth", "factor after each failed probe; 1 is none", func(s *Sensor, v string) error {
			return number(&s.Policy.Breaker.OpenGrowth, 1, 1000)(v)
		}},
		{"policy.breaker.openMax", "longest open time; 0 is no limit", func(s *Sensor, v string) error {
			return duration(&s.Policy.Breaker.OpenMax, 0, engine.MaxInterval)(v)
		}},
		{"policy.breaker.openJitter", "random share on top of the open time", func(s *Sensor, v string) error {
			return number(&s.Policy.Breaker.OpenJitter, 0, 1)(v)
		}},
		{"policy.breaker.closeAfter", "good probes in a row that close it", func(s *Sensor, v string) error {
			return whole(&s.Policy.Breaker.SuccessesToClose, 1, 1_000_000)(v)
		}},
		{"policy.breaker.probes", "probes at a time", func(s *Sensor, v string) error {
			return whole(&s.Policy.Breaker.MaxProbes, 1, 1_000_000)(v)
		}},
		{"policy.breaker.probeTimeout", "age at which a probe has failed; 0 is none", func(s *Sensor, v string) error {
			return duration(&s.Policy.Breaker.ProbeTimeout, 0, engine.MaxInterval)(v)
		}},
		{"policy.breaker.off", "true lets every call pass uncounted", func(s *Sensor, v string) error {
			return truth(&s.Policy.BreakerOff)(v)
		}},
		{"policy.fallback.strategy", strings.Join(fallback.Names(), ", "), func(s *Sensor, v string) error {
			s.Policy.Strategy = v // judged with the whole policy
			return nil
		}},
		{"policy.fallback.maxAge", "age at which a substitute is no longer served; 0 is none", func(s *Sensor, v string) error {
			return duration(&s.Policy.MaxAge, 0, engine.MaxInterval)(v)
		}},
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
	}
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

func whole(to *int, least, most int) func(string) error {
	return func(v string) error {
		n, err := strconv.Atoi(v)
		if err != nil || n < least || n > most {
			return fmt.Errorf("must be a whole number from %d to %d", least, most)
		}
		*to = n
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

func truth(to *bool) func(string) error {
	return func(v string) error {
		b, err := strconv.ParseBool(v)
		if err != nil {
			return fmt.Errorf("must be true or false")
		}
		*to = b
		return nil
	}
}

// noSleep stands in for a clock where a config is only looked at.
func noSleep(context.Context, time.Duration) error { return nil }
