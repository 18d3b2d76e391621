// Package compare is the page that compares the pipeline with policies to the naive one,
// which faces the same faults and the same random numbers without retries, breakers and
// fallbacks.
//
// It draws the figures that package stats has counted for both; the engine runs the naive
// pipeline.
package compare
