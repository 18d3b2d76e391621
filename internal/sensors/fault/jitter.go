package fault

import (
	"math"
	"time"

	"resiltui/internal/sensors"
)

// Jitter adds a time with a long tail to every attempt: log-normal, with the
// median Extra and the geometric standard deviation Factor, an hour at most. Two
// attempts in three get between Extra/Factor and Extra·Factor.
const Jitter Number = 8

func jitter() Kind {
	return Kind{
		Name: "jitter", Title: "jitter", Key: "J",
		Help: "answers, but now and then much later; timeouts cut off the slowest answers, and retries help",
		// One attempt in ten is slower by 200 ms and more.
		Default: Fault{Extra: 50 * time.Millisecond, Factor: 3},
		Params: []Param{
			extra("extra", "extra time, the median", 10_000, 10),
			factor("spread", "spread", 10, 0.5),
		},
		Label: func(f Fault) string {
			return "jitter " + shortDuration(f.Extra) + " ×" + decimal(sensors.Round6(f.Factor))
		},
		apply: func(e effects, a *active) effects {
			e.extra += longTail(a.Extra, a.Factor, a.draw.Normal(e.r.Call, uint64(e.r.Attempt)))
			return e
		},
	}
}

// longTail is the time of a log-normal distribution that belongs to a standard
// normal draw, in whole microseconds, an hour at most.
func longTail(median time.Duration, spread, z float64) time.Duration {
	us := float64(median) / float64(time.Microsecond) * math.Exp(math.Log(spread)*z)
	return time.Duration(math.Round(min(us, float64(sensors.MaxDelay/time.Microsecond)))) * time.Microsecond
}
