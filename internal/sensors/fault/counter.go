package fault

import (
	"slices"
	"time"
)

// reader is one of the two pipelines that meet the faults of a sensor.
type reader uint8

const (
	// own is whoever calls Read, and asks for plans of it.
	own reader = iota
	// twin is whoever meets the faults through a Twin.
	twin
	readers
)

// counter is what a fault counts of one reader. Faults of most kinds count
// nothing.
type counter struct {
	// count is how many attempts it has failed, or let through in the window.
	count int
	// window is the number of the period in which it counts.
	window int64
	// recent are the starts of the reads that it has not forgotten.
	recent []time.Duration
}

func (m *counter) clone() counter {
	c := *m
	c.recent = slices.Clone(m.recent)
	return c
}
