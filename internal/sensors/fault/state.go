package fault

import "resiltui/internal/sensors"

// State is the state of an Injector at one moment, that of the wrapped sensor
// included. It never changes, so it may be loaded any number of times. The zero value
// is that of an Injector without faults that has not read yet, around a sensor without
// a state.
type State struct {
	faults []activeState
	last   sensors.Reading
	known  bool
	inner  sensors.State
}

// activeState is the saved state of an injected fault.
type activeState struct {
	fault   Fault
	held    *float64 // never changed
	counter counter
}

// Save returns the faults, what they hold and have counted, and the last good
// value; and the state of the wrapped sensor.
func (f *Injector) Save() State {
	var s State
	for _, a := range f.faults.Load().byStart {
		s.faults = append(s.faults, a.save())
	}
	s.last, s.known = f.last.get()
	if c, ok := f.inner.(sensors.Stateful); ok {
		s.inner = c.Save()
	}
	return s
}

// Load restores the faults and all that they counted. It returns an error where the
// wrapped sensor was not made like the one whose state was saved.
func (f *Injector) Load(s State) error {
	list := make([]*active, len(s.faults))
	for k, saved := range s.faults {
		list[k] = f.activate(saved.fault)
		saved.load(list[k])
	}
	f.faults.Store(newFaults(list))
	f.last.set(s.last, s.known)
	if c, ok := f.inner.(sensors.Stateful); ok {
		return c.Load(s.inner)
	}
	return nil
}

func (a *active) save() activeState {
	a.mu.Lock()
	defer a.mu.Unlock()
	return activeState{fault: a.Fault, held: a.held.Load(), counter: a.counter.clone()}
}

// load restores the state of a fault that no read has used yet.
func (s activeState) load(a *active) {
	a.held.Store(s.held)
	a.counter = s.counter.clone()
}
