// Package overview is the page of all sensors, each with its score: four tracks over
// one time axis.
//
// It lays out panes, rows or a single sensor, whatever shows most at a size, and
// the comparison with the naive pipeline where there is a cell left.
package overview
