package scenario

import (
	"fmt"
	"strings"
	"time"

	"resiltui/internal/engine"
	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/clock"
	"resiltui/internal/engine/health"
	"resiltui/internal/engine/policy"
	"resiltui/internal/engine/retry"
	"resiltui/internal/sensors"
	"resiltui/internal/sensors/simulated"
	"resiltui/internal/words"
)

// WatchOptions say how real endpoints are watched.
type WatchOptions struct {
	// Targets are "URL" or "NAME=URL", one endpoint each.
	Targets []string
	// Kinds are the kinds that endpoints may be of, and Set the settings that all
	// endpoints share, by name.
	Kinds []sensors.Kind
	Set   sensors.Values
	// Interval is from the start of one call to the start of the next; Timeout
	// limits one attempt.
	Interval, Timeout time.Duration
	// Calls ends the watch after so many calls of each; 0 is never.
	Calls int
	// Assignments change settings of the policies, as Scenario.Set takes them.
	Assignments []string
	// UTC gives the run's times in UTC, not in the zone of this machine.
	UTC bool
	// Policies puts the policies in the way of the calls; otherwise they only watch.
	Policies bool
	// Thresholds say when an endpoint is slow or down.
	Thresholds health.Thresholds
	// Apart returns how a kind runs jobs in a separate process; nil is in this one.
	Apart func(kind string) sensors.Apart
}

// Watch returns a run of real endpoints, each on its own schedule. The error
// names the target that cannot be watched.
func Watch(o WatchOptions) (engine.Config, error) {
	config := engine.Config{Scenario: "watch", Interval: o.Interval, Batches: o.Calls, Real: true, Beside: !o.Policies, Thresholds: o.Thresholds, UTC: o.UTC}
	used := map[string]bool{}
	for _, target := range o.Targets {
		name, url := splitTarget(target)
		kind, err := sensors.Find(o.Kinds, url)
		if err != nil {
			return engine.Config{}, err
		}
		own, err := ownID(kind, url, name, o.Set)
		if err != nil {
			return engine.Config{}, err
		}
		id := unique(own, used)
		var apart sensors.Apart
		if o.Apart != nil && kind.Worker != nil {
			apart = o.Apart(kind.Name)
		}
		config.Members = append(config.Members, engine.Member{
			Info: sensors.Info{ID: id}, Policy: watchPolicy(o), Settings: watchSettings(kind, url, o.Set),
			New: func(seed uint64, clk clock.Clock) (sensors.Sensor, error) {
				env := sensors.Env{ID: id, Name: id, Seed: seed, Now: clk.Now, Sleep: clk.Sleep, Apart: apart}
				if dated, ok := clk.(interface{ Start() time.Time }); ok {
					env.Start = dated.Start()
				}
				return kind.Open(url, o.Set, env)
			},
		})
	}
	if err := tuneWatch(&config, o.Assignments); err != nil {
		return engine.Config{}, err
	}
	return config, config.Validate()
}

// tuneWatch changes settings of the policies.
func tuneWatch(config *engine.Config, assignments []string) error {
	s := Scenario{Name: config.Scenario, watched: true}
	for _, m := range config.Members {
		s.Sensors = append(s.Sensors, Sensor{Config: simulated.Config{Info: m.Info}, Policy: m.Policy})
	}
	for _, a := range assignments {
		if err := s.Set(a); err != nil {
			return fmt.Errorf("--set: %w", err)
		}
	}
	for i := range config.Members {
		config.Members[i].Policy = s.Sensors[i].Policy
	}
	return nil
}

// ownID is the id that a sensor gives itself. To find it, a sensor is made and
// thrown away, because the run's clock is not known yet.
func ownID(kind sensors.Kind, url, name string, set sensors.Values) (string, error) {
	probe, err := kind.Open(url, set, sensors.Env{
		Name: name, Now: func() time.Duration { return 0 }, Sleep: noSleep,
	})
	if err != nil {
		return "", err
	}
	if c, ok := probe.(interface{ Close() }); ok {
		c.Close()
	}
	return probe.Info().ID, nil
}

// watchSettings are the settings of an endpoint by name, its address included. What
// may be secret is left out.
func watchSettings(kind sensors.Kind, url string, set sensors.Values) map[string]string {
	values := map[string]string{"url": words.Clean(words.BareURL(url), targetCells)}
	for _, s := range kind.Settings {
		value := s.Default
		if said := set[s.Name]; len(said) > 0 {
			value = words.Clean(strings.Join(said, ", "), targetCells)
		}
		if value != "" && !s.Secret {
			values[s.Name] = value
		}
	}
	return values
}

// splitTarget takes NAME=URL apart. A "=" in the URL itself does not count.
func splitTarget(target string) (name, url string) {
	before, after, ok := strings.Cut(target, "=")
	if !ok || strings.Contains(before, "://") || strings.ContainsAny(before, "/?") {
		return "", target
	}
	return before, after
}

// AddressOf is the address of a target.
func AddressOf(target string) string {
	_, address := splitTarget(target)
	return address
}

// targetCells is how many cells of a target are shown. A command with a shortened
// address would read another one, so the limit is longer than any address.
const targetCells = 8192

// RedactTarget is a target that may be shown in a command: without user, password
// and query, but otherwise complete.
func RedactTarget(target string) string {
	name, url := splitTarget(target)
	shown := words.BareURL(url)
	if name != "" {
		shown = name + "=" + shown
	}
	return words.Clean(shown, targetCells)
}

// idCells is how many cells a sensor keeps of its id.
const idCells = 40

// unique adds a number to the second endpoint of a name; where both are too
// long, it shortens the name.
func unique(name string, used map[string]bool) string {
	id := name
	for n := 2; used[id]; n++ {
		number := fmt.Sprintf(" (%d)", n)
		id = words.Clean(name, idCells-len(number)) + number
	}
	used[id] = true
	return id
}

// watchPolicy is for endpoints that are read every few seconds: an open circuit
// skips at least two calls.
func watchPolicy(o WatchOptions) policy.Policy {
	return policy.Policy{
		Timeout: o.Timeout,
		Retry: retry.Policy{
			MaxAttempts: 3, BaseDelay: 200 * time.Millisecond, MaxDelay: 2 * time.Second,
			Backoff: retry.Exponential, Jitter: retry.Equal,
		},
		Breaker: breaker.Settings{
			FailureThreshold: 5, SuccessesToClose: 2, MaxProbes: 1,
			OpenFor: max(3*o.Interval, 3*time.Second), OpenJitter: 0.1,
		},
		Strategy: "last-known-good",
	}
}
