//go:build race

package model

// lookEvery is after how many random messages the screen is looked at: drawing
// takes ten times as long under the race detector.
const lookEvery = 8
