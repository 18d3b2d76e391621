package sensors

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"resiltui/internal/setting"
	"resiltui/internal/words"
)

// Kind is a kind of sensor: what its addresses look like, what can be set, and how
// a sensor of it is made. Each kind has its own package, and package kinds lists
// them; no other code names a kind to open it.
type Kind struct {
	// Name is what files call it ("http"), Title what people read ("HTTP").
	Name, Title string
	// Schemes are those of the URLs that it opens, the one to suggest first; nil is a
	// kind that no URL opens.
	Schemes []string
	// Help says what its sensors read, in whole sentences. Examples are arguments of
	// `resiltui watch`.
	Help     string
	Examples []string
	// Settings are what can be set of its sensors, in the order to list them.
	Settings []setting.Row
	// Open makes a sensor without reading it yet. Of the values it uses those that
	// its settings name; the others are for other kinds. An error names what is
	// wrong and the remedy, and no secret; it names a setting as on the command line
	// ("--header").
	Open func(address string, set Values, env Env) (Sensor, error)
	// Secrets returns the parts of an address and its settings that must never be
	// shown, whatever text they are in; a nil function, or nil, is none.
	Secrets func(address string, set Values) *words.Secrets
	// Worker does the jobs that its sensors give to Env.Apart; nil for a kind that
	// gives none.
	Worker Worker
}

// Values are the values of settings, by their names. A setting that is missing
// has its default; only a setting that is Repeated may have more than one value.
type Values map[string][]string

// Env is what a run gives to the sensors that it opens.
type Env struct {
	// ID is short and unique in the run; empty means the name. Name is what the sensor
	// is called; empty means a name taken from its address.
	ID, Name string
	// Seed is the run's.
	Seed uint64
	// Now is the time of the run's clock and Sleep waits on it. Neither is nil.
	Now   func() time.Duration
	Sleep Sleeper
	// Start is the date at which Now was 0; zero where the run has none.
	Start time.Time
	// Apart runs jobs with the Worker of the kind; nil makes the sensor run them
	// itself, for programs that trust what the sensor is given.
	Apart Apart
}

// Find returns the kind of the list that opens an address. Its error names the
// schemes that there are, and the address without what could be secret in it.
func Find(list []Kind, address string) (Kind, error) {
	scheme, _, _ := strings.Cut(strings.TrimSpace(address), "://")
	var all []string
	for _, k := range list {
		if slices.Contains(k.Schemes, strings.ToLower(scheme)) {
			return k, nil
		}
		all = append(all, k.Schemes...)
	}
	if len(all) == 0 {
		return Kind{}, fmt.Errorf("no kind of sensor opens URLs such as %q", words.RedactURL(address))
	}
	if _, err := ParseURL(address, all...); err != nil {
		return Kind{}, err
	}
	return Kind{}, fmt.Errorf("URL %q does not begin with %s://", words.RedactURL(address), strings.Join(all, ":// or "))
}

// Apply sets the settings of a config that the values name. Its error names the
// setting as on the command line, with the value where that is no secret.
func Apply[T any](config *T, settings []setting.Of[T], values Values) error {
	for _, s := range settings {
		for k, v := range values[s.Name] {
			err := s.Set(config, v)
			switch {
			case err == nil:
			case s.Repeated:
				return fmt.Errorf("--%s number %d %w", s.Name, k+1, err)
			default:
				return fmt.Errorf("--%s %s: %w", s.Name, words.Clean(v, MaxNameCells), err)
			}
		}
	}
	return nil
}
