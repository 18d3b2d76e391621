package fault

import "resiltui/internal/sensors"

// Twin is a second reader of a sensor under the same faults. It asks the same
// questions of the same draws, but what depends on how often a sensor was asked
// — which attempts are the first ones, what is left of a limit, how loaded the
// sensor is — depends on its own questions alone. So a pipeline without policies
// can be set beside one with policies: neither feels the other's load.
type Twin struct{ f *Injector }

// Twin returns the sensor for a second reader, and false where the sensor
// within is not Planned. All Twins of a sensor are one reader.
func (f *Injector) Twin() (Twin, bool) {
	return Twin{f}, f.planned != nil
}

// Meet reads the sensor without spending the time: it returns what the read
// does, and the read counts, for the Twin.
func (t Twin) Meet(r sensors.Request) sensors.Plan { return t.f.plan(r, twin, true, true) }

// MeetOutcome is Meet without the Reading, for less.
func (t Twin) MeetOutcome(r sensors.Request) sensors.Plan { return t.f.plan(r, twin, true, false) }
