//go:build race

package main

// raced says that the race detector is on: the program is then so slow on a busy machine
// that it may give up what has a time limit.
const raced = true
