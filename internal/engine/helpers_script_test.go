package engine_test

import (
	"math/rand/v2"
	"time"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/sensors"
)

// inject is a fault at the start of a batch.
func inject(batch int, f sensors.Fault, targets ...int) engine.Scripted {
	s := at(batch, event.Inject, targets...)
	s.Command.Fault = f
	return s
}

// lasting is a default fault with a time to live; 0 is for ever.
func lasting(kind sensors.FaultKind, ttl time.Duration) sensors.Fault {
	f := sensors.DefaultFault(kind)
	f.Until = ttl
	return f
}

// busyScript has every command in it that a script may hold.
func busyScript() []engine.Scripted {
	return []engine.Scripted{
		inject(4, lasting(sensors.Flap, 4*time.Second), 0),
		inject(6, lasting(sensors.Slow, 0), 3, 4),
		inject(8, lasting(sensors.Errors, 2500*time.Millisecond)),
		inject(10, lasting(sensors.Crash, 0), 3),
		at(12, event.ToggleForced, 1),
		inject(14, lasting(sensors.Hang, time.Second), 4),
		at(16, event.ToggleForced, 1),
		at(18, event.ResetBreaker, 2),
		at(20, event.Recover, 3),
		inject(21, lasting(sensors.Corrupt, 0), 3),
		inject(22, lasting(sensors.Stuck, 0), 0),
		at(25, event.Recover),
		at(26, event.Recover),
	}
}

// randomScript is n commands out of all that concern sensors.
func randomScript(seed uint64, n, batches int) (script []engine.Scripted) {
	rng := rand.New(rand.NewPCG(seed, 1))
	kinds := sensors.Kinds()
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
