// Package breakers is the page of the circuits: a row of states for each, what each
// is about to do and why, and how often it opened, probed and refused.
package breakers
