package fault

import (
	"sync"

	"resiltui/internal/sensors"
)

// Errors fails a share Rate of the attempts.
const Errors Number = 4

func someErrors() Kind {
	return Kind{
		Name: "errors", Title: "errors", Key: "e", Row: 3,
		Help:    "fails a share of the attempts, at random; retries help",
		Default: Fault{Rate: 0.5},
		Params:  []Param{share("share", "attempts that fail", 10)},
		Label:   func(f Fault) string { return "errors " + percent(f.Rate) },
		apply: func(e effects, a *active) effects {
			e.rate = max(e.rate, a.Rate)
			return e
		},
	}
}

// injectedErrors are the errors of faults that draw their text at random, made
// once for all sensors.
var injectedErrors = sync.OnceValue(func() []error { return sensors.ReadErrors(ErrorTexts()) })

// ErrorTexts returns the error texts of attempts that the faults Errors, Burst
// and FailFirst fail: those of a service that is up but in trouble, so that
// they are not mistaken for the sensor's own errors.
func ErrorTexts() []string {
	return []string{
		"503 service unavailable",
		"502 bad gateway",
		"500 internal server error",
		"connection reset",
	}
}
