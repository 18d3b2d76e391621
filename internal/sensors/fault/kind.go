package fault

import "fmt"

// Kind is all that there is to know of one kind of fault: its words, its
// parameters, and what it does to an attempt. Each is declared in a file of its own
// and stands in the list of [Kinds]. Whatever shows, explains or takes faults goes
// through that list, so that nothing else in the program names a kind to do so.
//
// A kind acts on every sensor, real endpoints included, and needs no true signal.
type Kind struct {
	// Number is the kind's place in the list, from 1. Events and saved states hold
	// it.
	Number Number
	// Name is what files and command lines call it ("rate-limit"), and names its
	// draws: another name would be another run. Title is what screens call it
	// ("rate limit").
	Name, Title string
	// Key is the letter that chooses it in the palette. Row is its place among those
	// that have that key outside the palette too, from 1; 0 is none of them.
	Key string
	Row int
	// Help says in one line what a sensor with the fault does, and what a policy sees
	// of it.
	Help string
	// Default is the fault that a single key injects. It lasts until it is recovered,
	// or until it is spent where it counts.
	Default Fault
	// Params are its parameters, the most telling first; nil is none.
	Params []Param
	// Label names a fault of the kind in a few words; nil is the title.
	Label func(Fault) string

	// What it does. All are asked only while the fault is active, and nil is nothing.
	//
	// stage is when its turn comes, where several are active. Begin is called as the
	// fault is injected. Apply returns the effects with what the fault does to the
	// attempt e.r before it gets to the sensor. Distort returns what becomes of the
	// value that comes back; with keep the value is given to somebody, and the fault
	// may remember it. Spent is true once the fault is over by itself.
	stage   stage
	begin   func(f *Injector, a *active)
	apply   func(e effects, a *active) effects
	distort func(e effects, a *active, value float64, keep bool) float64
	spent   func(a *active) bool
}

// stage is when a fault has its turn in an attempt.
type stage uint8

const (
	// starting faults are met by every attempt.
	starting stage = iota
	// admitting and arriving ones are met by attempts that nothing has ended before:
	// those that ask to be let through, and those that reach the sensor.
	admitting
	arriving
	// The others act on the value that comes back, which is an old one first, then
	// drifts, then jumps, and is garbled last.
	holding
	drifting
	jumping
	garbling
)

// Number is the number of a [Kind]. 0 is no kind.
type Number uint8

// kind is the declaration; nil for what is no kind.
func (k Number) kind() *Kind {
	if k < 1 || int(k) > len(kinds) {
		return nil
	}
	return &kinds[k-1]
}

// String returns the kind's name, or "fault(99)" for a value that is no kind.
func (k Number) String() string {
	if kind := k.kind(); kind != nil {
		return kind.Name
	}
	return fmt.Sprintf("fault(%d)", uint8(k))
}

// WrongValue reports whether a fault of the kind makes values wrong that come in
// time and without an error. No policy can see that.
func (k Number) WrongValue() bool {
	kind := k.kind()
	return kind != nil && kind.distort != nil
}

// Default returns the fault that a single key injects: slow by 150 ms,
// errors in half of the attempts, a flap of 6 s, and so on. It has no effect where
// the number is no kind's.
func Default(k Number) Fault {
	if kind := k.kind(); kind != nil {
		return kind.Default
	}
	return Fault{Kind: k}
}
