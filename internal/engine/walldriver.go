package engine

import (
	"context"
	"sync"
	"time"

	"resiltui/internal/engine/clock"
)

// wallDriver drives a real run, and carries out commands one after the other
// meanwhile.
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
	default: // the run has ended, or more came than anybody can type
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

func (d *wallDriver) now() time.Duration                 { return d.clock.Now() }
func (d *wallDriver) pace() (paused bool, speed float64) { return d.open.isShut(), 1 }
func (d *wallDriver) setPace(paused bool, _ float64)     { d.open.set(paused) }
func (d *wallDriver) runOn(func() bool, time.Duration)   {}

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

// wait returns when the gate is open, or with the context's error. waited reports
// whether it was shut.
func (g *gate) wait(ctx context.Context) (waited bool, err error) {
	g.mu.Lock()
	shut := g.shut
	g.mu.Unlock()
	if shut != nil {
		select {
		case <-shut:
		case <-ctx.Done():
		}
	}
	return shut != nil, ctx.Err()
}
