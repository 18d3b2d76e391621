package model

import (
	"testing"
	"time"
)

func TestKeysChooseTheSlotAndTheScaleOfAWatch(t *testing.T) {
	withRig(t, rigOptions{config: watched}, func(t *testing.T, r *rig) {
		r.pass(12 * time.Second)
		r.sees(`a column is 5 s: its worst`, soon)
		r.press("d")
		r.sees(`a column is 10 s: its worst`, soon)
		r.press("D")
		r.press("D")
		r.sees(`a column is 2 s: its worst`, soon)
		for range 3 {
			r.press("D")
		}
		r.sees(`a column is 1 s; there is no other length beyond`, soon)
		r.press("L")
		r.sees(`steps that all have in common`, soon)
		r.press("L")
		r.sees(`a latency scale of its own`, soon)
	})
}

func TestTheLastColumnOfAWatchIsNow(t *testing.T) {
	withRig(t, rigOptions{config: watched}, func(t *testing.T, r *rig) {
		r.pass(12 * time.Second)
		r.press("space") // no call ends any more
		r.sees(`PAUSED`, soon)
		before := r.frame().Snap.Sensors[0].Columns
		r.pass(30 * time.Second)
		r.sees(`00:00:4\d  Sat`, soon)
		after := r.frame().Snap.Sensors[0].Columns
		if got := after[len(after)-1].At - before[len(before)-1].At; got != 30*time.Second {
			t.Errorf("in 30 s the last column moves by %v", got)
		}
	})
}

func TestTheAnswerOfAWatchIsCopied(t *testing.T) {
	withRig(t, rigOptions{config: watched}, func(t *testing.T, r *rig) {
		r.pass(12 * time.Second)
		r.press("y")
		r.sees(`answer (copied|offered)`, soon)
		r.press("2", "y")
		r.sees(`state of api`, soon)
	})
}
