package fault

import (
	"math"

	"resiltui/internal/sensors"
)

// Corrupt answers in time and without an error, but with a wrong value.
const Corrupt Number = 6

func corrupt() Kind {
	return Kind{
		Name: "corrupt", Title: "corrupt", Key: "x", Row: 6,
		Help:  "answers in time with a wrong value; no policy sees it",
		stage: garbling,
		distort: func(e effects, a *active, value float64, _ bool) float64 {
			return garble(a.draw, e.r, value)
		},
	}
}

// garble turns a value into a clearly wrong one: in a wrong unit (100 times the
// size), with the wrong sign and scale, or with the offset of a broken
// converter. It is finite and never the value itself.
func garble(draw sensors.Stream, r sensors.Request, value float64) float64 {
	attempt := uint64(r.Attempt)
	size := size(value)
	var wrong float64
	switch draw.Index(r.Call, attempt, 3) {
	case 0:
		wrong = math.Copysign(size*100, value)
	case 1:
		wrong = -math.Copysign(size*10, value)
	default:
		// Drawn for a call number that does not occur, so that it is
		// independent of the choice above.
		share := draw.Uniform(math.MaxUint64-r.Call, attempt)
		wrong = value + size*math.Round(20+40*share)
	}
	if wrong = sensors.Clamp6(wrong); wrong == value {
		return 0
	}
	return wrong
}
