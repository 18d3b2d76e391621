package fault

import (
	"errors"
	"time"
)

// Hang accepts the attempt and never answers.
const Hang Number = 2

// hangLimit is the time after which an attempt that gets no answer fails by itself,
// as if the operating system gave up the connection. Without this limit and without
// a timeout, the batch would never end, and a command that ends the fault would
// never be carried out.
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
