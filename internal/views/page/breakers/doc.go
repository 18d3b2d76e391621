// Package breakers is the page of the circuit breakers: for each sensor a timeline of
// states, what the circuit will do next and why, and how often it opened, probed and
// refused calls.
//
// It draws what package stats has counted, and it changes no breaker. Like every page it
// has no keys: those are in internal/model/keytable.go.
package breakers
