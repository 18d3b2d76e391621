package sensors

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

// maxRecent is how many reads a brownout counts at most, so that its memory has
// a bound: 8 KB.
const maxRecent = 1000

// meter is what a fault counts of one reader. Faults of most kinds count
// nothing.
type meter struct {
	// failed is how many attempts FailFirst has failed.
	failed int
	// window is the number of the period that RateLimit is in; used is how many
	// attempts it let through there.
	window int64
	used   int
	// recent are the starts of the reads that Brownout has not forgotten.
	recent []time.Duration
}

func (m *meter) clone() meter {
	c := *m
	c.recent = slices.Clone(m.recent)
	return c
}

// failsFirst reports whether FailFirst fails the attempt.
func (a *active) failsFirst(who reader, count bool) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	m := &a.meters[who]
	if m.failed >= a.Count {
		return false
	}
	if count {
		m.failed++
	}
	return true
}

// spent reports whether a FailFirst has failed as many attempts as it will. Its
// end is seen by Active and Expire; only the twin may still have some to meet.
func (a *active) spent() bool {
	if a.Kind != FailFirst {
		return false
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.meters[own].failed >= a.Count
}

// admit reports whether RateLimit lets an attempt through, and if not, how long
// after it the next period begins.
func (a *active) admit(who reader, at time.Duration, count bool) (wait time.Duration, ok bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	m := &a.meters[who]
	window, used := int64((at-a.Start)/a.Period), 0
	if window <= m.window { // an attempt that came late falls into the newest
		window, used = m.window, m.used
	}
	if used >= a.Count {
		return a.Start + time.Duration(window+1)*a.Period - at, false
	}
	if count {
		m.window, m.used = window, used+1
	}
	return 0, true
}

// load is how much slower a browned-out sensor is by the reads that it has not
// forgotten.
func (a *active) load(who reader, at time.Duration, count bool) time.Duration {
	a.mu.Lock()
	defer a.mu.Unlock()
	m := &a.meters[who]
	forgotten := at - a.Period
	n := 0
	for _, t := range m.recent {
		if t > forgotten {
			n++
		}
	}
	if count {
		m.recent = slices.DeleteFunc(m.recent, func(t time.Duration) bool { return t <= forgotten })
		if len(m.recent) == maxRecent {
			m.recent = slices.Delete(m.recent, 0, 1)
		}
		m.recent = append(m.recent, at)
	}
	return min(a.Cap, time.Duration(n)*a.Extra)
}
