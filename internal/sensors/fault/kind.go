package fault

import "fmt"

// Kind describes one kind of fault completely: its texts, its parameters, and what
// it does to an attempt. Each kind is declared in its own file and is in the list
// of [Kinds]. All code that shows, explains or parses faults uses that list and
// names no single kind.
//
// A kind acts on every sensor, real endpoints included, and needs no true signal.
type Kind struct {
	// Number is the kind's place in the list, from 1. Events and saved states hold
	// it.
	Number Number
	// Name is what files and command lines call it ("rate-limit"), and names its
	// random draws, so another name would give another run. Title is what
	// screens call it ("rate limit").
	Name, Title string
	// Key is the letter that chooses it in the palette. Row is its place, from 1,
	// among the kinds whose key also works outside the palette; 0 is none.
	Key string
	Row int
	// Help says in one line what a sensor with the fault does, and what a policy
	// notices.
	Help string
	// Default is the fault that a single key injects. It lasts until it is recovered,
	// or until it is spent where it counts.
	Default Fault
	// Params are its parameters, the most important first; nil is none.
	Params []Param
	// Label names a fault of the kind in a few words; nil is the title.
	Label func(Fault) string

	// What it does. The functions are called only while the fault is active; nil does
	// nothing.
	//
	// stage is the order in which several active faults are applied. begin is called
	// when the fault is injected. apply returns the effects with what the fault does
	// to the attempt e.r before it gets to the sensor. distort returns what the
	// fault makes of the value that comes back; with keep it is a real read, and the
	// fault may remember the value. spent is true once the fault has ended by
	// itself.
	stage   stage
	begin   func(f *Injector, a *active)
	apply   func(e effects, a *active) effects
	distort func(e effects, a *active, value float64, keep bool) float64
	spent   func(a *active) bool
}

// stage is when in an attempt a fault is applied.
type stage uint8

const (
	// starting faults affect every attempt.
	starting stage = iota
	// admitting and arriving faults affect only attempts that no earlier stage has
	// ended: those that ask to be let through, and those that reach the sensor.
	admitting
	arriving
	// The others act on the value that comes back, in this order: it is replaced
	// by an old one, drifts, jumps, and is garbled.
	holding
	drifting
	jumping
	garbling
)

// Number is the number of a [Kind]. 0 is no kind.
type Number uint8

// kind is the declaration; nil for a number that is no kind.
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
