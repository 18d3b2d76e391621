//go:build !race

package model

// lookEvery is after how many random messages the screen is looked at.
const lookEvery = 1
