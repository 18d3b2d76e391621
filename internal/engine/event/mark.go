package event

import (
	"time"

	"resiltui/internal/engine/breaker"
)

// Mark is the result of a call, in the kinds that a track of calls distinguishes.
type Mark uint8

// The marks; MarkNone stands for no call.
const (
	MarkNone Mark = iota
	// MarkLive is a live value on the first attempt; MarkRetried needed more.
	MarkLive
	MarkRetried
	MarkStale
	MarkInterpolated
	MarkFastFail
	MarkMissing
)

// MarkOf is the mark of a call that has ended.
func MarkOf(c *Call) Mark {
	switch c.Result {
	case Live:
		if c.Attempts > 1 {
			return MarkRetried
		}
		return MarkLive
	case Stale:
		return MarkStale
	case Interpolated:
		return MarkInterpolated
	case FastFail:
		return MarkFastFail
	default:
		return MarkMissing
	}
}

// Failed is true where the sensor was asked and did not answer. A call that nobody made, or
// that its caller gave up, has not failed.
func Failed(c *Call) bool { return Asked(c) && c.Result != Live }

// Asked is true where the sensor was asked, so that the call says something of it.
func Asked(c *Call) bool { return c.Attempts > 0 && c.Outcome != breaker.Neutral }

// LastTook is how long the last attempt of a call took: what the sensor itself took to
// answer, without waits and what failed before.
func LastTook(c *Call) time.Duration {
	if n := len(c.Tries); n > 0 {
		return c.Tries[n-1].Took
	}
	return c.Took
}

// Substituted is true where a value was served that is not live.
func Substituted(c *Call) bool { return c.Served && c.Result != Live }
