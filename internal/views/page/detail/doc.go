// Package detail shows one sensor in full: its circuit and why it is where it is,
// its score with a scale of its own, and its last calls attempt by attempt.
package detail
