// Package detail is the page of one sensor in full: its circuit and why it is in its
// state, its score with a latency scale of its own, and its last calls attempt by attempt.
//
// It has no tab and no place in the list of pages: enter on a sensor opens it. It draws
// what package stats has counted and changes nothing.
package detail
