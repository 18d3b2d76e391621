package fault

import "resiltui/internal/sensors"

// Panic panics in a share Rate of the attempts, once the sensor has answered.
const Panic Number = 16

// errPanic is what a read panics with. It is never changed.
var errPanic error = &sensors.ReadError{Text: "injected by resiltui"}

func panics() Kind {
	return Kind{
		Name: "panic", Title: "panic", Key: "P",
		Help:    "panics instead of answering; that is caught, and is a failure of this sensor alone",
		Default: Fault{Rate: 0.2},
		Params:  []Param{share("share", "attempts that panic", 10)},
		Label:   func(f Fault) string { return "panics " + percent(f.Rate) },
		apply: func(e effects, a *active) effects {
			e.panics = a.draw.Uniform(e.r.Call, uint64(e.r.Attempt)) < a.Rate
			return e
		},
	}
}
