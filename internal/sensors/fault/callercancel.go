package fault

import (
	"context"
	"time"
)

// CallerCancel ends a share Rate of the attempts with [ErrCallerGone], once they
// are Extra old.
const CallerCancel Number = 15

func callerCancel() Kind {
	return Kind{
		Name: "cancel", Title: "cancel", Key: "C",
		Help:    "is given up by its caller in the middle of an attempt; there is no retry, and the breaker counts nothing",
		Default: Fault{Rate: 0.5, Extra: 20 * time.Millisecond},
		Params: []Param{
			share("share", "attempts given up", 10),
			extra("after", "given up after", 60_000, 10),
		},
		Label: func(f Fault) string { return "cancels " + percent(f.Rate) },
		apply: func(e effects, a *active) effects {
			if a.draw.Uniform(e.r.Call, uint64(e.r.Attempt)) < a.Rate {
				e.gone = a.Extra
			}
			return e
		},
	}
}

// ErrCallerGone is the error of a read whose caller gave up during it.
// errors.Is(err, context.Canceled) holds for it: it says nothing about the
// sensor, and nobody needs another attempt.
var ErrCallerGone error = callerGone{}

type callerGone struct{}

// Error says who ended the read.
func (callerGone) Error() string { return "the caller gave up" }

// Is makes the error one of a cancelled context.
func (callerGone) Is(target error) bool { return target == context.Canceled }
