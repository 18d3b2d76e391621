package sensors

import "sync"

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

// firstFate remembers the fate of the first attempt of the newest call. The
// pipeline without policies asks for that of the very same attempt. It is a pure
// function of the request, so what is remembered is never out of date. The zero
// value remembers nothing; it is safe for concurrent use.
type firstFate struct {
	mu      sync.Mutex
	known   bool    // guarded by mu
	request Request // guarded by mu
	fate    Plan    // guarded by mu
}

// keep remembers the plan of a request, if it is a first attempt.
func (f *firstFate) keep(r Request, p Plan) {
	if r.Attempt != 1 {
		return
	}
	p.Reading = Reading{}
	f.mu.Lock()
	f.known, f.request, f.fate = true, r, p
	f.mu.Unlock()
}

// of is the fate of a request, where it is remembered.
func (f *firstFate) of(r Request) (p Plan, ok bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.fate, f.known && f.request == r
}
