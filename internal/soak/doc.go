// Package soak holds a run against what must be true of every run.
//
// A [Checker] is told every event. It keeps a book of its own, from the events
// alone, and after each batch compares it with the tally and with the breakers.
// It is for tests: it runs nothing, and finds faults instead of preventing them.
package soak
