// Package fault makes sensors fail on purpose: an [Injector] wraps any sensor and
// applies the active faults to each read.
//
// Each kind of fault is declared in a file of its own, with its texts, its parameters
// and what it does; [Kinds] is the list of them. The package knows no kind of sensor, no
// policy and no screen, and it does not react to failures: the policies do.
package fault
