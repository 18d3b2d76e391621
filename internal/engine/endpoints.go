package engine

import (
	"context"
	"runtime/debug"
	"time"

	"resiltui/internal/engine/clock"
	"resiltui/internal/engine/event"
)

// watch reads every member of a real run on a schedule of its own until ctx
// ends, and returns when all have stopped. A panic outside of a sensor's read
// is a bug of the engine: it ends all of them and is returned as an error, so
// that the terminal can be restored.
func (r *run) watch(ctx context.Context, open *gate) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	g := r.clock.Group()
	panics := make(chan error, len(r.clients))
	for i := range r.clients {
		g.Go(func() {
			defer func() {
				if v := recover(); v != nil {
					panics <- &clock.PanicError{Value: v, Stack: debug.Stack()}
					cancel()
				}
			}()
			r.endpoint(ctx, i, open)
		})
	}
	// The endpoints end with ctx, so this waits for them without it.
	if err := g.Wait(context.WithoutCancel(ctx)); err != nil {
		return err
	}
	select {
	case err := <-panics:
		return err
	default:
		return nil
	}
}

// maxStagger is the most time between the starts of two endpoints. With a few of
// them it is not noticeable, and many do not open connections all at once.
const maxStagger = 20 * time.Millisecond

// stagger is how long an endpoint waits after the first one, so that all of them are
// spread over its interval.
func (r *run) stagger(i int) time.Duration {
	return time.Duration(i) * min(r.config.intervalOf(i)/time.Duration(len(r.clients)), maxStagger)
}

// endpoint reads one member on its schedule. At the start and after a pause, when all
// would begin together, it first waits for its stagger.
func (r *run) endpoint(ctx context.Context, i int, open *gate) {
	c := r.clients[i]
	if r.clock.Sleep(ctx, r.stagger(i)) != nil {
		return
	}
	due := schedule{r.clock.Now(), r.config.intervalOf(i)}
	for calls := 1; ; calls++ {
		for waited := true; waited; {
			var err error
			if waited, err = open.wait(ctx); err != nil || waited && r.clock.Sleep(ctx, r.stagger(i)) != nil {
				return
			}
			if waited {
				due.next = r.clock.Now()
			}
		}
		r.expire(i, int(c.calls.Load())+1)
		if calls == r.config.Batches {
			due.interval = 0 // after the last one, none is due
		}
		var made event.Call
		if _, ok := c.read(ctx, 0, due, &made); !ok || calls == r.config.Batches {
			return
		}
		due.next += time.Duration(made.Missed+1) * due.interval
		if r.clock.Sleep(ctx, due.next-r.clock.Now()) != nil {
			return
		}
	}
}

// schedule is when the calls of an endpoint are due: at next, and every interval after it,
// so that what a call takes moves no later one. The zero value is none.
type schedule struct{ next, interval time.Duration }

// missed is how many calls after the next one were due before it ended, and so cannot be
// made.
func (s schedule) missed(end time.Duration) int {
	if s.interval <= 0 || end <= s.next {
		return 0
	}
	return int((end - s.next - 1) / s.interval)
}
