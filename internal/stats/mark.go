package stats

import "resiltui/internal/engine/event"

// Mark is what became of a call, as the call track draws it.
type Mark uint8

// The marks of the call track.
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

// markOf is the mark of a call that has ended.
func markOf(c *event.Call) Mark {
	switch c.Result {
	case event.Live:
		if c.Attempts > 1 {
			return MarkRetried
		}
		return MarkLive
	case event.Stale:
		return MarkStale
	case event.Interpolated:
		return MarkInterpolated
	case event.FastFail:
		return MarkFastFail
	default:
		return MarkMissing
	}
}

// substituted is true where a value was served that is not live.
func substituted(c *event.Call) bool { return c.Served && c.Result != event.Live }
