// Package soak checks invariants of a run after each batch, in tests that run for long.
//
// A [Checker] receives every event. It counts on its own, from the events alone, and
// after each batch compares its counts with those of package stats and of the breakers.
// It runs nothing and changes nothing, and no code of the program imports it.
package soak
