package sensors

// Fated is a Planned that can tell how a read goes for less than what it takes to
// tell what it answers.
type Fated interface {
	Planned
	// Fate is the Plan of a request without its Reading.
	Fate(r Request) Plan
}

// FateOf is the Plan of a request without its Reading, by the cheapest way that
// the sensor has.
func FateOf(s Planned, r Request) Plan {
	if f, ok := s.(Fated); ok {
		return f.Fate(r)
	}
	p := s.Plan(r)
	p.Reading = Reading{}
	return p
}
