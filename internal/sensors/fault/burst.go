package fault

import (
	"math"
	"time"

	"resiltui/internal/sensors"
)

// Burst fails every attempt in a part Rate of every Period. The first burst
// begins with the fault, the others anywhere in their periods.
const Burst Number = 9

func burst() Kind {
	return Kind{
		Name: "burst", Title: "burst", Key: "B",
		Help:    "fails everything for a part of every period; retries within a burst are of no use",
		Default: Fault{Period: 4 * time.Second, Rate: 0.25},
		Params: []Param{
			period("period", "one burst in", 0.1, 600, 1),
			share("share", "part of it that fails", 5),
		},
		Label: func(f Fault) string {
			return "bursts " + percent(f.Rate) + " of " + shortDuration(f.Period)
		},
		apply: func(e effects, a *active) effects {
			if inBurst(a.draw, a.Fault, e.r.At) {
				e.rate = 1
			}
			return e
		},
	}
}

// inBurst reports whether a time is in its period's burst. Its place in the
// period is drawn for each period. The first burst begins at once, because who
// injects a fault wants to see it.
func inBurst(draw sensors.Stream, b Fault, at time.Duration) bool {
	length := time.Duration(math.Round(float64(b.Period) * b.Rate))
	number, into := (at-b.Start)/b.Period, (at-b.Start)%b.Period
	var begins time.Duration
	if number > 0 {
		u := draw.Uniform(uint64(number), uint64(b.Start))
		begins = time.Duration(math.Round(float64(b.Period-length)*u/1e3)) * time.Microsecond
	}
	return into >= begins && into < begins+length
}
