package model

import (
	"testing"
	"time"

	"resiltui/internal/engine"
	"resiltui/internal/scenario"
)

func TestWhenTheRunHasEndedKeysSaySoAndPromiseNothing(t *testing.T) {
	ends := func(seed uint64) engine.Config {
		c := scenario.Pipeline().Config(seed)
		c.Batches = 4
		return c
	}
	withRig(t, rigOptions{config: ends}, func(t *testing.T, r *rig) {
		r.pass(5 * time.Second)
		r.sees(`ENDED`, soon)
		r.sees(`S0 boiler:  ctrl\+r again  \* all  .*\? keys  q quit`, soon)
		for _, key := range []string{"c", "r", "o", "u", "space", ".", "n", "+"} {
			r.press(key)
			r.sees(`the run has ended; ctrl\+r starts it again`, soon)
			r.seesNot(`with batch`)
			r.pass(noticeTime + time.Second)
		}
		r.press("ctrl+r")
		r.sees(`RUN .* batch 2/4`, 3*time.Second)
	})
}

// A pause stops the reading of real endpoints, not the time: values grow older
// and circuits come closer to their probes.
func TestAPausedWatchGoesOnToShowTheTime(t *testing.T) {
	withRig(t, rigOptions{config: watched}, func(t *testing.T, r *rig) {
		r.pass(12 * time.Second)
		r.press("space")
		r.sees(`PAUSED`, soon)
		r.pass(30 * time.Second)
		r.sees(`00:00:4\d  Sat`, soon)
	})
}
