// Package words writes times, numbers and texts for people, and cleans text that came
// from outside before a terminal sees it.
//
// It has no domain terms: what a circuit or a fault is called, and the sentences about
// them, are in package sentence and in the packages that define them. It imports nothing
// of the project, so every other package can use it.
package words
