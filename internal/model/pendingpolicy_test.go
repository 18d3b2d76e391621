package model

import (
	"testing"
	"time"

	"resiltui/internal/stats"
)

func TestASecondTuneBeforeTheBatchKeepsTheFirst(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		r.pass(3 * time.Second)
		r.press("space")
		before := r.seen.feed.snapshot(stats.Query{}).Sensors[0].Policy
		r.press("t", "left", "left", "enter", "esc") // trip after 3
		r.press("t", "G", "left", "enter", "esc", "space")
		r.pass(2 * time.Second)
		now := r.seen.feed.snapshot(stats.Query{}).Sensors[0].Policy
		if now.Breaker.FailureThreshold != 3 {
			t.Errorf("the first tune is gone: it trips after %d", now.Breaker.FailureThreshold)
		}
		if now.Timeout == before.Timeout {
			t.Errorf("the second tune did nothing: the timeout is %v", now.Timeout)
		}
	})
}

func TestARunThatKeysHaveChangedIsKnown(t *testing.T) {
	for _, c := range []struct {
		keys []string
		want bool
	}{
		{[]string{"right", "2", "space", "space", "z", "z", "?", "esc"}, false},
		{[]string{"c"}, true},
		{[]string{"f", "enter"}, true},
		{[]string{"t", "left", "enter"}, true},
		{[]string{"o"}, true},
		{[]string{"c", "ctrl+r"}, false}, // a new run, untouched
	} {
		withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
			r.pass(2 * time.Second)
			for _, key := range c.keys {
				r.press(key)
				r.pass(time.Second)
			}
			if got := r.seen.Touched(r.frame().Snap.Run); got != c.want {
				t.Errorf("after %v: %v", c.keys, got)
			}
		})
	}
}
