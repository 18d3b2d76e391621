// Package benchmarks compares resiltui's policies with other libraries: the benchmarks here
// compare their speed, conformance their known bugs, differential their decisions step by
// step.
//
// It is a module of its own so that those libraries are no dependencies of the program,
// and the program imports nothing of it. The measurements of docs/performance.md are made
// by performance.
package benchmarks
