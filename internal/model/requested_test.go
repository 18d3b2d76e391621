package model

import (
	"testing"
	"time"

	"resiltui/internal/tally"
)

func TestASecondTuneBeforeTheBatchKeepsTheFirst(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		r.pass(3 * time.Second)
		r.press("space")
		before := r.seen.feed.snapshot(tally.Query{}).Sensors[0].Policy
		r.press("t", "left", "left", "enter", "esc") // trip after 3
		r.press("t", "G", "left", "enter", "esc", "space")
		r.pass(2 * time.Second)
		now := r.seen.feed.snapshot(tally.Query{}).Sensors[0].Policy
		if now.Breaker.FailureThreshold != 3 {
			t.Errorf("the first tune is gone: it trips after %d", now.Breaker.FailureThreshold)
		}
		if now.Timeout == before.Timeout {
			t.Errorf("the second tune did nothing: the timeout is %v", now.Timeout)
		}
	})
}
