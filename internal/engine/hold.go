package engine

import (
	"errors"
	"math"
	"sync/atomic"
	"time"

	"resiltui/internal/engine/retry"
	"resiltui/internal/sensors"
)

// hold keeps calls back until the time that the sensor asked to wait for, when it
// refused a call (retry.Hinted). It is in front of the breaker, which never sees a call
// that is held: nothing was sent, so it says nothing about the sensor. The zero value
// holds nothing. It is safe for concurrent use.
type hold struct{ until atomic.Int64 }

// note takes over what the error of a call that ended now asks for, if it does. What
// another call was told before stays where it is longer.
func (h *hold) note(err error, now time.Duration) {
	hint, ok := errors.AsType[retry.Hinted](err)
	if !ok || hint.RetryAfter() <= 0 {
		return
	}
	until := int64(now + min(hint.RetryAfter(), math.MaxInt64-now))
	for was := h.until.Load(); was < until && !h.until.CompareAndSwap(was, until); was = h.until.Load() {
	}
}

// listens reports whether a policy has a rule for waits, and so an ear for what a sensor
// asks: it retries, or has a longest wait.
func listens(p *retry.Policy) bool { return p.MaxAttempts > 1 || p.MaxDelay > 0 }

// at is until when calls that begin at a time are held; 0 is that they are not.
func (h *hold) at(now time.Duration) time.Duration {
	if until := time.Duration(h.until.Load()); until > now {
		return until
	}
	return 0
}

// errHeld is the cause of a call that was held.
var errHeld = &sensors.ReadError{Text: "held, the server asked to wait"}
