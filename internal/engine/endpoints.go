package engine

import (
	"context"
	"runtime/debug"
	"time"

	"resiltui/internal/engine/clock"
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

// endpoint reads one member: one interval from start to start, or at once if a
// call took longer. At the start and after a pause, when all would begin
// together, it first waits for its stagger.
func (r *run) endpoint(ctx context.Context, i int, open *gate) {
	c := r.clients[i]
	if r.clock.Sleep(ctx, r.stagger(i)) != nil {
		return
	}
	for calls := 1; ; calls++ {
		for waited := true; waited; {
			var err error
			if waited, err = open.wait(ctx); err != nil || waited && r.clock.Sleep(ctx, r.stagger(i)) != nil {
				return
			}
		}
		start := r.clock.Now()
		r.expire(i, int(c.calls.Load())+1)
		if _, ok := c.Read(ctx, 0); !ok || calls == r.config.Batches {
			return
		}
		rest := start + r.config.intervalOf(i) - r.clock.Now()
		if r.clock.Sleep(ctx, rest) != nil {
			return
		}
	}
}
