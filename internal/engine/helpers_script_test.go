package engine_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/sensors/fault"
)

// inject is a fault at the start of a batch.
func inject(batch int, f fault.Fault, targets ...int) engine.Scripted {
	s := at(batch, event.Inject, targets...)
	s.Command.Fault = f
	return s
}

// lasting is a default fault with a time to live; 0 is for ever.
func lasting(kind fault.Number, ttl time.Duration) fault.Fault {
	f := fault.Default(kind)
	f.Until = ttl
	return f
}

// busyScript has every command in it that a script may hold.
func busyScript() []engine.Scripted {
	return []engine.Scripted{
		inject(4, lasting(fault.Flap, 4*time.Second), 0),
		inject(6, lasting(fault.Slow, 0), 3, 4),
		inject(8, lasting(fault.Errors, 2500*time.Millisecond)),
		inject(10, lasting(fault.Crash, 0), 3),
		at(12, event.ToggleForced, 1),
		inject(14, lasting(fault.Hang, time.Second), 4),
		at(16, event.ToggleForced, 1),
		at(18, event.ResetBreaker, 2),
		at(20, event.Recover, 3),
		inject(21, lasting(fault.Corrupt, 0), 3),
		inject(22, lasting(fault.Stuck, 0), 0),
		at(25, event.Recover),
		at(26, event.Recover),
	}
}

// randomScript is n commands out of all that concern sensors.
func randomScript(seed uint64, n, batches int) (script []engine.Scripted) {
	rng := rand.New(rand.NewPCG(seed, 1))
	kinds := fault.Kinds()
	for range n {
		batch := 1 + rng.IntN(batches)
		op := event.Op(1 + rng.IntN(int(event.ResetBreaker)))
		var targets []int
		if rng.IntN(4) > 0 {
			targets = []int{rng.IntN(5)}
		}
		ttl := time.Duration(rng.IntN(3)) * 1300 * time.Millisecond
		s := at(batch, op, targets...)
		s.Command.Fault = lasting(kinds[rng.IntN(len(kinds))].Number, ttl)
		script = append(script, s)
	}
	return script
}

// seeds is how many random runs a long test plays: n of them, or a fifth in short
// mode, as rapid does.
func seeds(n uint64) uint64 {
	if testing.Short() {
		return max(1, n/5)
	}
	return n
}
