package engine

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"

	"resiltui/internal/engine/clock"
)

// gate lets tasks through while it is open.
type gate struct {
	mu   sync.Mutex
	shut chan struct{} // nil while open; closed when it opens again
}

func (g *gate) set(shut bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch {
	case shut && g.shut == nil:
		g.shut = make(chan struct{})
	case !shut && g.shut != nil:
		close(g.shut)
		g.shut = nil
	}
}

func (g *gate) isShut() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.shut != nil
}

// wait returns when the gate is open, or with the context's error.
func (g *gate) wait(ctx context.Context) error {
	g.mu.Lock()
	shut := g.shut
	g.mu.Unlock()
	if shut != nil {
		select {
		case <-shut:
		case <-ctx.Done():
		}
	}
	return ctx.Err()
}

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
					panics <- fmt.Errorf("the engine panicked: %v\n%s", v, debug.Stack())
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
	for calls := 0; r.config.Batches == 0 || calls < r.config.Batches; calls++ {
		if open.wait(ctx) != nil {
			return
		}
		start := r.clock.Now()
		r.expire(i, int(c.calls.Load())+1)
		if _, ok := c.Read(ctx, 0); !ok {
			return
		}
		rest := start + r.config.intervalOf(i) - r.clock.Now()
		if r.clock.Sleep(ctx, rest) != nil {
			return
		}
	}
}

// wallDriver runs a real run, and what is asked of it meanwhile one after the
// other.
type wallDriver struct {
	clock *clock.Wall
	open  gate
	inbox chan func()
}

// inboxSize is how many commands may wait; a keyboard cannot fill it.
const inboxSize = 256

func newWallDriver() *wallDriver {
	return &wallDriver{clock: clock.NewWall(), inbox: make(chan func(), inboxSize)}
}

func (d *wallDriver) do(fn func()) {
	select {
	case d.inbox <- fn:
	default: // nobody reads any more, or nobody could have typed this
	}
}

// run returns when all endpoints have ended.
func (d *wallDriver) run(ctx context.Context, r *run) error {
	ended := make(chan error, 1)
	go func() { ended <- r.watch(ctx, &d.open) }()
	for {
		select {
		case fn := <-d.inbox:
			fn()
		case err := <-ended:
			return err
		}
	}
}
