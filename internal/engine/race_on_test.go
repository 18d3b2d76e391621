//go:build race

package engine_test

// raceEnabled is true under the race detector, which is ten times slower.
const raceEnabled = true
