package sensors

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"resiltui/internal/setting"
	"resiltui/internal/words"
)

// Kind is a way to read something: what its addresses look like, what can be set,
// and how a sensor of it is made. Each kind stands in a package of its own, and the
// list of them in package kinds; nothing else in the program names one to open it.
type Kind struct {
	// Name is what files call it ("http"), Title what people read ("HTTP").
	Name, Title string
	// Schemes are those of the URLs that it opens, the one to suggest first; nil is a
	// kind that no URL opens.
	Schemes []string
	// Help says what its sensors tell, in whole sentences. Examples are arguments of
	// `resiltui watch`.
	Help     string
	Examples []string
	// Settings are what can be set of its sensors, in the order to list them.
	Settings []setting.Row
	// Open makes a sensor, and asks nothing of it yet. Of the values those are taken
	// that its settings name; the others are of other kinds. An error names what is
	// wrong and the remedy, and no secret; it calls a setting as a command line does
	// ("--header").
	Open func(address string, set Values, env Env) (Sensor, error)
	// Secrets are what of an address and its settings is never shown, whoever says it;
	// a nil function, or nil, is none.
	Secrets func(address string, set Values) *words.Secrets
	// Worker does what its sensors have done by Env.Apart; nil is a kind that does
	// everything itself.
	Worker Worker
}

// Values are what is said of settings, by their names. What is not in it has its
// default; more than one value is for a setting that is Repeated.
type Values map[string][]string

// Env is what a run gives to the sensors that it opens.
type Env struct {
	// ID is short and unique in the run; empty means the name. Name is what the sensor
	// is called; empty means what its address says.
	ID, Name string
	// Seed is the run's.
	Seed uint64
	// Now is the time of the run's clock and Sleep waits on it. Neither is nil.
	Now   func() time.Duration
	Sleep Sleeper
	// Apart has jobs done for the Worker of the kind; nil is that the sensor does
	// them itself, which is for programs that trust what it is given.
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

// Apply sets what the values say of the settings of a config. Its error names the
// setting as a command line does, with the value where that is no secret.
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
