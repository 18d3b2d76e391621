package fault

import (
	"slices"
	"time"
)

// Brownout adds Extra for each attempt that reached the sensor in the last
// Period, up to Cap: the more reads, the slower it is. It counts the 1,000 newest
// attempts at most.
const Brownout Number = 11

// maxRecent is how many reads a brownout counts at most, so that its memory has
// a bound: 8 KB.
const maxRecent = 1000

func brownout() Kind {
	return Kind{
		Name: "brownout", Title: "brownout", Key: "O",
		Help: "answers, but slower the more often it is asked; load leads to timeouts, and retries make it worse",
		// Ten reads in five seconds add 250 ms: with the latency itself, too
		// much for a timeout of 250 ms.
		Default: Fault{Extra: 25 * time.Millisecond, Period: 5 * time.Second, Cap: 2 * time.Second},
		Params: []Param{
			extra("extra", "for each read", 1_000, 5),
			period("period", "reads of the last", 0.1, 60, 1),
			{
				Name: "cap", Label: "extra time at most", Unit: "ms", Min: 1, Max: 60_000, Step: 100,
				Get: func(f Fault) float64 { return in(f.Cap, time.Millisecond) },
				Set: func(f *Fault, x float64) { f.Cap = times(x, time.Millisecond) },
			},
		},
		Label: func(f Fault) string { return "brownout +" + shortDuration(f.Extra) + " each" },
		stage: arriving,
		apply: func(e effects, a *active) effects {
			e.extra += a.load(e.r.At, e.count)
			return e
		},
	}
}

// load is the time that the reads of the last Period add to an attempt.
func (a *active) load(at time.Duration, count bool) time.Duration {
	a.mu.Lock()
	defer a.mu.Unlock()
	m := &a.counter
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
