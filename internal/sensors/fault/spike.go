package fault

import (
	"math"

	"resiltui/internal/sensors"
)

// Spike answers in time and without an error, but moves a share Rate of the
// values by Factor times their size, up or down.
const Spike Number = 13

func spike() Kind {
	return Kind{
		Name: "spike", Title: "spike", Key: "S",
		Help:    "answers in time, now and then with a value far off; no policy sees it",
		Default: Fault{Rate: 0.1, Factor: 10},
		Params: []Param{
			share("share", "values far off", 5),
			factor("size", "how far off", 1_000, 1),
		},
		Label: func(f Fault) string {
			return "spikes ×" + decimal(sensors.Round6(f.Factor)) + " in " + percent(f.Rate)
		},
		stage: jumping,
		distort: func(e effects, a *active, value float64, _ bool) float64 {
			if a.draw.Uniform(e.r.Call, uint64(e.r.Attempt)) >= a.Rate {
				return value
			}
			return jump(a.draw, e.r, value, a.Factor)
		},
	}
}

// jump moves a value by so many times its size, up or down.
func jump(draw sensors.Stream, r sensors.Request, value, sizes float64) float64 {
	// Drawn for a call number that does not occur, so that it is independent of
	// whether the value jumps.
	up := draw.Uniform(math.MaxUint64-r.Call, uint64(r.Attempt)) < 0.5
	distance := float64(size(value) * sizes)
	if up {
		return sensors.Clamp6(value + distance)
	}
	return sensors.Clamp6(value - distance)
}
