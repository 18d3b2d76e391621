package engine

import (
	"testing"
	"time"
)

func TestOfTheOlderBatchesOneInThirtyTwoHoldsWhatTheRunKnew(t *testing.T) {
	for sensors, most := range map[int]int{5: 1200, 64: 1200, 65: 1181, 1000: 76, 1_000_000: 33} {
		l := newCommandLog(Config{Members: make([]Member, sensors)})
		held := &runState{}
		for batch := 1; batch <= 3000; batch++ {
			whole := func() (*runState, error) { return held, nil }
			l.begin(&startState{batch: batch, at: time.Duration(batch), whole: whole})
		}
		if len(l.batches) > most || len(l.batches) < most*3/4 {
			t.Errorf("of %d sensors %d batches are kept, not %d", sensors, len(l.batches), most)
		}
		states := map[*startState]bool{}
		for i, b := range l.batches {
			if b.from.batch != 3000-len(l.batches)+1+i {
				t.Fatalf("entry %d is of batch %d", i, b.from.batch)
			}
			for c := b.from; ; c = c.before.from {
				if c.gap == 0 {
					states[c] = true
					break
				}
				if c.gap > sparse+sparseEvery {
					t.Fatalf("batch %d is to be simulated from %d batches before", b.from.batch, c.gap)
				}
				if c.gap != c.before.from.gap+1 || c.batch != c.before.from.batch+1 {
					t.Fatalf("batch %d, of gap %d, follows %d, of gap %d", c.batch, c.gap, c.before.from.batch, c.before.from.gap)
				}
			}
		}
		if n := len(states); n > recent+most/sparse+2 {
			t.Errorf("of %d sensors %d states are kept", sensors, n)
		}
	}
}
