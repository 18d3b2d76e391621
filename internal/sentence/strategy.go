package sentence

import "resiltui/internal/engine/fallback"

// Use says what a degradation strategy is for (see package fallback).
type Use struct {
	// Where is where it fits ("where stale data is worse than missing data: alarms,
	// interlocks, trades"), and Brief the same in a few words.
	Where, Brief string
	// When is when to use it ("stale data is worse than missing data").
	When string
	// Cost is the drawback of it.
	Cost string
}

// UseOf says what a strategy is for, by its name. Any other name is that of the
// interpolated mean.
func UseOf(strategy string) Use {
	switch strategy {
	case fallback.NameDrop:
		return Use{
			Where: "where stale data is worse than missing data: alarms, interlocks, trades",
			Brief: "stale is worse than missing",
			When:  "stale data is worse than missing data",
			Cost:  "the caller must handle the gaps",
		}
	case fallback.NameLastKnownGood:
		return Use{
			Where: "for physical values that change slowly against the time between two reads",
			Brief: "values that change slowly",
			When:  "the signal is a physical value that changes slowly",
			Cost:  "each substitute was true once, and is wrong by what the signal has moved since",
		}
	default:
		return Use{
			Where: "for signals that vary smoothly about a level and are read with noise",
			Brief: "smooth, noisy signals",
			When:  "the signal varies smoothly around a level, and no single reading should be trusted",
			Cost:  "the mean of three evens noise out, and lags behind a signal that moves",
		}
	}
}
