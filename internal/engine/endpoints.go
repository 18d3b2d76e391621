package engine

import (
	"context"
	"runtime/debug"

	"resiltui/internal/engine/clock"
)

// watch reads every member of a real run on a schedule of its own until ctx
// ends, and returns when all have stopped. A panic outside of a sensor's read
// is a fault of the engine: it ends all of them and is returned as an error, so
// that the terminal can be given back.
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

// endpoint reads one member: one interval from start to start, or at once if a
// call took longer.
func (r *run) endpoint(ctx context.Context, i int, open *gate) {
	c := r.clients[i]
	for calls := 1; ; calls++ {
		if open.wait(ctx) != nil {
			return
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
