package fault

import (
	"slices"
	"time"
)

// counter is what a fault counts of the attempts. Faults of most kinds count
// nothing.
type counter struct {
	// count is how many attempts it has failed, or let through in the window.
	count int
	// window is the number of the period in which it counts.
	window int64
	// recent are the starts of the reads that a brownout still counts.
	recent []time.Duration
}

func (m *counter) clone() counter {
	c := *m
	c.recent = slices.Clone(m.recent)
	return c
}
