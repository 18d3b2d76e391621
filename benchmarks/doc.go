// Package benchmarks compares resiltui's policies with other libraries: the
// benchmarks here their speed, conformance their known bugs, differential their
// decisions step by step. It is a module of its own so that those libraries are
// no dependencies of the program.
package benchmarks
