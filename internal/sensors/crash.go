package sensors

import "time"

// Crash refuses every attempt at once ("connection refused", 1 ms).
const Crash FaultKind = 1

// crashLatency is how long a refused connection takes.
const crashLatency = time.Millisecond

// errRefused is what a crashed sensor answers. It is never changed.
var errRefused error = &ReadError{Text: textRefused}

func crash() Kind {
	return Kind{
		Name: "crash", Title: "crash", Key: "c", Row: 1,
		Help: "refuses every attempt at once; failures are cheap and plain to see",
		apply: func(e effects, _ *active) effects {
			e.refusal = errRefused
			return e
		},
	}
}
