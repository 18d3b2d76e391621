package fallback

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Strategy supplies a substitute where a sensor could not be read. All methods
// are safe for concurrent use.
type Strategy interface {
	// Name is what Parse reads: drop, last-known-good, interpolated.
	Name() string
	// Good says that a live reading of the sensor arrived. Readings may arrive
	// in any order: one whose source is older than what is kept changes
	// nothing, so that a read which timed out and answers late cannot
	// overwrite a fresher value. Readings of another quality than Live, and
	// values that are infinite or not a number, are not kept.
	Good(sensorID string, r Reading)
	// HandleFailure says that a read of the sensor failed with err. It returns
	// a substitute and true, or false where there is none.
	HandleFailure(sensorID string, err error) (Reading, bool)
}

// The names of the strategies.
const (
	NameDrop          = "drop"
	NameLastKnownGood = "last-known-good"
	NameInterpolated  = "interpolated"
)

// Names returns the names that Parse reads, in the order in which the
// strategies are compared.
func Names() []string { return []string{NameDrop, NameLastKnownGood, NameInterpolated} }

// DefaultMaxSensors is how many sensors a strategy keeps readings of where
// Options does not say.
const DefaultMaxSensors = 4096

// Options are the settings of the strategies that keep readings. The zero value
// keeps them for ever, of 4096 sensors.
type Options struct {
	// MaxAge is the greatest age of a substitute: a reading whose source is
	// older counts for nothing. 0 means none.
	MaxAge time.Duration
	// Now is the time since the start of the run, by which ages are measured.
	// A MaxAge needs it: without it every substitute counts as too old, because
	// nobody can say that it is not. It must be safe for concurrent use.
	Now func() time.Duration
	// MaxSensors is how many sensors readings are kept of. When it is reached,
	// the sensor whose newest reading is the oldest is dropped. 0 means 4096.
	MaxSensors int
}

// Resolved returns o with what its numbers stand for: MaxSensors is 1 or more,
// MaxAge 0 for none. Now stays as it is.
func (o Options) Resolved() Options {
	o.MaxAge = max(o.MaxAge, 0)
	if o.MaxSensors <= 0 {
		o.MaxSensors = DefaultMaxSensors
	}
	return o
}

// Validate returns an error that names every setting out of range, and nil
// where there is none. The constructors do not call it: they take negative
// numbers as 0.
func (o Options) Validate() error {
	var errs []error
	if o.MaxAge < 0 {
		errs = append(errs, fmt.Errorf("fallback: max age is %v: want 0 (for none) or more", o.MaxAge))
	}
	if o.MaxAge > 0 && o.Now == nil {
		errs = append(errs, errors.New("fallback: a max age needs Now"))
	}
	if o.MaxSensors < 0 {
		errs = append(errs, fmt.Errorf("fallback: max sensors is %d: want 0 (for %d) or more", o.MaxSensors, DefaultMaxSensors))
	}
	return errors.Join(errs...)
}

// cutoff is the source time before which a reading is too old. ok is false
// where all are.
func (o Options) cutoff() (oldest time.Duration, ok bool) {
	switch {
	case o.MaxAge == 0:
		return minTime, true
	case o.Now == nil:
		return 0, false
	default:
		return o.Now() - o.MaxAge, true
	}
}

// Parse returns a new strategy of the name. The error lists the names, or says
// what is wrong with the options.
func Parse(name string, o Options) (Strategy, error) {
	if err := o.Validate(); err != nil {
		return nil, err
	}
	switch name {
	case NameDrop:
		return NewDrop(), nil
	case NameLastKnownGood:
		return NewLastKnownGood(o), nil
	case NameInterpolated:
		return NewInterpolated(o), nil
	default:
		return nil, fmt.Errorf("unknown strategy %q: want one of %s", name, strings.Join(Names(), ", "))
	}
}

// Drop gives no substitute: the caller handles missing data.
type Drop struct{}

// NewDrop returns the strategy. It has no settings and keeps nothing.
func NewDrop() Drop { return Drop{} }

// Name is drop.
func (Drop) Name() string { return NameDrop }

// Good does nothing.
func (Drop) Good(string, Reading) {}

// HandleFailure returns false.
func (Drop) HandleFailure(string, error) (Reading, bool) { return Reading{}, false }

// LastKnownGood serves the newest live reading of a sensor again, marked stale.
type LastKnownGood struct{ kept store }

// NewLastKnownGood returns the strategy with nothing kept yet.
func NewLastKnownGood(o Options) *LastKnownGood {
	return &LastKnownGood{kept: newStore(o, 1)}
}

// Name is last-known-good.
func (*LastKnownGood) Name() string { return NameLastKnownGood }

// Good keeps r if its source is no older than that of what is kept.
func (l *LastKnownGood) Good(sensorID string, r Reading) { l.kept.add(sensorID, r) }

// HandleFailure returns the newest reading, Stale, with the time of its source;
// false where there is none, or where it is older than the maximum age.
func (l *LastKnownGood) HandleFailure(sensorID string, _ error) (Reading, bool) {
	last := l.kept.recent(sensorID)
	if last.n == 0 {
		return Reading{}, false
	}
	r := last.newest()
	r.Quality = Stale
	return r, true
}

// InterpolatedMean serves the mean of a sensor's last three live readings,
// marked interpolated; of two or one where there are no more.
type InterpolatedMean struct{ kept store }

// NewInterpolated returns the strategy with nothing kept yet.
func NewInterpolated(o Options) *InterpolatedMean {
	return &InterpolatedMean{kept: newStore(o, depth)}
}

// Name is interpolated.
func (*InterpolatedMean) Name() string { return NameInterpolated }

// Good keeps r if it is among the three readings with the newest sources. A
// second reading of the same source time takes the place of the first.
func (m *InterpolatedMean) Good(sensorID string, r Reading) { m.kept.add(sensorID, r) }

// HandleFailure returns the mean of the readings that are kept and not older
// than the maximum age, rounded to 1e-6; false where there are none. Its time is
// that of the newest. Readings count in the order of their sources, so the mean
// does not depend on the order in which they arrived.
func (m *InterpolatedMean) HandleFailure(sensorID string, _ error) (Reading, bool) {
	last := m.kept.recent(sensorID)
	if last.n == 0 {
		return Reading{}, false
	}
	return Reading{Value: last.mean(), Quality: Interpolated, At: last.newest().At}, true
}
