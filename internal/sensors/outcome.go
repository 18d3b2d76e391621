package sensors

// OutcomePlanned is a Planned that can say how a read ends (how long it takes and
// whether it fails) at less cost than computing the reading.
type OutcomePlanned interface {
	Planned
	// Outcome is the Plan of a request without its Reading.
	Outcome(r Request) Plan
}

// OutcomeOf is the Plan of a request without its Reading, by the cheapest way that
// the sensor has.
func OutcomeOf(s Planned, r Request) Plan {
	if f, ok := s.(OutcomePlanned); ok {
		return f.Outcome(r)
	}
	p := s.Plan(r)
	p.Reading = Reading{}
	return p
}
