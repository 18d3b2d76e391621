// Package resilience is the default policy of the scenario pipeline as internal/export
// writes it for Go libraries. A test compares the files with what the export writes now, so
// that the code that people copy compiles, and behaves like the policy that it was
// exported from.
//
// It is an example and no part of the program. Do not edit the files by hand.
package resilience
