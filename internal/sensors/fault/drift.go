package fault

import "resiltui/internal/sensors"

// Drift answers in time and without an error, but the value is off by a share
// Rate of its size per minute since Start.
const Drift Number = 12

func drift() Kind {
	minutely := share("share", "of the value a minute", 5)
	minutely.Max = 1_000
	return Kind{
		Name: "drift", Title: "drift", Key: "D",
		Help:    "answers in time, with a value that is further from the true one every minute; no policy sees it",
		Default: Fault{Rate: 0.2},
		Params:  []Param{minutely},
		Label:   func(f Fault) string { return "drift +" + percent(f.Rate) + " a min" },
		stage:   drifting,
		distort: func(e effects, a *active, value float64, _ bool) float64 {
			return drifted(value, a.Rate*(e.r.At-a.Start).Minutes())
		},
	}
}

// drifted is a value that is off by a share of its size.
func drifted(value, share float64) float64 {
	if share == 0 {
		return value
	}
	return sensors.Clamp6(value + float64(size(value)*share))
}
