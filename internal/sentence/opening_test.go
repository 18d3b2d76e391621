package sentence

import (
	"testing"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
)

func TestTheCauseOfARateIsShort(t *testing.T) {
	s := breaker.Sample{Calls: 25, Failures: 13, Slow: 20}
	for want, c := range map[string]event.Change{
		"opened 00:01.0  52 % failed: bad frame": {Reason: breaker.TooHighFailureRate, Sample: s, Cause: "bad frame"},
		"opened 00:01.0  80 % slow":              {Reason: breaker.TooManySlow, Sample: s},
	} {
		if got := openingWords(&c, "00:01.0", 60); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
