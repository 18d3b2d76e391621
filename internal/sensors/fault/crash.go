package fault

import (
	"time"

	"resiltui/internal/sensors"
)

// Crash refuses every attempt at once ("connection refused", 1 ms).
const Crash Number = 1

// crashLatency is how long a refused connection takes.
const crashLatency = time.Millisecond

// errRefused is what a crashed sensor answers. It is never changed.
var errRefused error = &sensors.ReadError{Text: sensors.TextRefused}

func crash() Kind {
	return Kind{
		Name: "crash", Title: "crash", Key: "c", Row: 1,
		Help: "refuses every attempt at once; failures cost little time and are easy to see",
		apply: func(e effects, _ *active) effects {
			e.refusal = errRefused
			return e
		},
	}
}
