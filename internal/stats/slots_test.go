package stats

import (
	"testing"
	"time"
)

func TestTheSlotIsTheShortestInWhichEveryEndpointIsAsked(t *testing.T) {
	for _, c := range []struct {
		intervals []time.Duration
		want      time.Duration
	}{
		{nil, time.Second},
		{[]time.Duration{200 * time.Millisecond}, time.Second},
		{[]time.Duration{2 * time.Second, 5 * time.Second}, 5 * time.Second},
		{[]time.Duration{7 * time.Second}, 10 * time.Second},
		{[]time.Duration{3 * time.Hour}, time.Hour},
	} {
		if got := SlotFor(c.intervals...); got != c.want {
			t.Errorf("for intervals of %v a slot is %v, want %v", c.intervals, got, c.want)
		}
	}
}
