// Package fault makes sensors fail on purpose: an [Injector] wraps any sensor, and
// reads it as the faults that are active let it.
//
// Each kind of fault is declared in a file of its own, with its words, its parameters
// and what it does; [Kinds] is the list of them. The package knows no kind of sensor,
// no policy and no screen.
package fault
