package fault

import (
	"errors"
	"time"
)

// Hang accepts the attempt and never answers.
const Hang Number = 2

// hangLimit is after which time an attempt that gets no answer fails by itself, as
// an operating system gives up a connection. Without it, and without a timeout, the
// batch would never end, and with it no command that could end the fault.
const hangLimit = 20 * time.Second

// errNoAnswer is what such an attempt fails with.
var errNoAnswer = errors.New("no answer within 20 s, the system gave up")

func hang() Kind {
	return Kind{
		Name: "hang", Title: "black hole", Key: "b", Row: 4,
		Help: "takes every attempt and never answers; a timeout ends the wait, or the system after 20 s",
		apply: func(e effects, _ *active) effects {
			e.hang = true
			return e
		},
	}
}
