package clock

import (
	"context"
	"errors"
	"sync"
	"time"
)

// Wall is real time, from the monotonic clock, with ordinary goroutines as
// tasks. All methods are safe for concurrent use. Make one with NewWall.
type Wall struct {
	start    time.Time // carries the monotonic reading; never compared by wall time
	stopped  chan struct{}
	stopOnce sync.Once
}

var _ Clock = (*Wall)(nil)

// NewWall returns a clock whose Now is 0 at this moment.
func NewWall() *Wall {
	return &Wall{start: time.Now(), stopped: make(chan struct{})}
}

// Now is the time since NewWall. It is taken from the monotonic clock, so a
// change of the system's time does not move it.
func (w *Wall) Now() time.Duration { return time.Since(w.start) }

// Start is the date at which Now was 0, in the local zone.
func (w *Wall) Start() time.Time { return w.start.Round(0) } // without the monotonic reading

// Stop makes every present and later Sleep and Wait return ErrStopped. It does
// not wait for the tasks to end. Stopping twice is harmless.
func (w *Wall) Stop() { w.stopOnce.Do(func() { close(w.stopped) }) }

// Sleep implements Clock.
func (w *Wall) Sleep(ctx context.Context, d time.Duration) error {
	begin := time.Now()
	if w.isStopped() {
		return ErrStopped
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if d <= 0 {
		return nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-w.stopped:
		return ErrStopped
	case <-ctx.Done():
		// The select chooses at random when both are ready; at a tie the
		// sleep wins.
		err := ctx.Err()
		if errors.Is(err, context.DeadlineExceeded) && time.Since(begin) >= d {
			return nil
		}
		return err
	}
}

// WithTimeout is context.WithTimeout.
func (w *Wall) WithTimeout(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, d)
}

// Group implements Clock. Its tasks are goroutines.
func (w *Wall) Group() Group { return &wallGroup{clock: w} }

func (w *Wall) isStopped() bool {
	select {
	case <-w.stopped:
		return true
	default:
		return false
	}
}

// wallGroup counts goroutines. It may be used again after Wait returned nil.
type wallGroup struct {
	clock *Wall

	mu       sync.Mutex
	running  int
	idle     chan struct{} // closed when running falls to 0; nil before the first Go
	panicked *PanicError   // the first panic that Wait has not raised yet
}

// Go implements Group.
func (g *wallGroup) Go(fn func()) {
	g.mu.Lock()
	if g.running == 0 {
		g.idle = make(chan struct{})
	}
	g.running++
	g.mu.Unlock()
	go func() {
		// Runs after a return, a panic and a Goexit alike; recover gives nil
		// for the first and the last.
		defer func() { g.end(asPanic(recover())) }()
		fn()
	}()
}

func (g *wallGroup) end(p *PanicError) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.panicked == nil {
		g.panicked = p
	}
	g.running--
	if g.running == 0 {
		close(g.idle)
	}
}

// Wait implements Group.
func (g *wallGroup) Wait(ctx context.Context) error {
	g.mu.Lock()
	running, idle := g.running, g.idle
	g.mu.Unlock()
	if running == 0 {
		return g.result(nil)
	}
	select {
	case <-idle:
		return g.result(nil)
	case <-g.clock.stopped:
		return g.result(ErrStopped)
	case <-ctx.Done():
	}
	// A group that ended at the very instant of the deadline wins.
	select {
	case <-idle:
		return g.result(nil)
	default:
		return g.result(ctx.Err())
	}
}

// result raises a panic that is due, or returns err.
func (g *wallGroup) result(err error) error {
	g.mu.Lock()
	p := g.panicked
	g.panicked = nil
	g.mu.Unlock()
	if p != nil {
		panic(p)
	}
	return err
}
