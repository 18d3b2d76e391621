package clock

import (
	"cmp"
	"context"
	"sync"
	"time"
)

// The speeds that a Pacer can run at, as virtual time per real time.
const (
	MinSpeed = 0.25
	MaxSpeed = 64.0
)

const (
	// maxLag is how far, in real time, a Pacer may fall behind and still catch
	// up. A process that was stopped for longer continues from where it was.
	maxLag = 250 * time.Millisecond

	// stride is how many steps may pass before the inbox and the context are
	// checked again.
	stride = 1000
)

// PacerOptions are the state a Pacer begins in.
type PacerOptions struct {
	Speed  float64 // from MinSpeed to MaxSpeed, clamped; 0 means 1
	Paused bool    // begin paused
}

// PacerState is the state of a Pacer at one moment.
type PacerState struct {
	// Now is the virtual time, moved forward from the last step by the real
	// time that has passed. It never goes back, is never behind Now of the
	// Virtual, and does not pass the next wake-up before that has been carried
	// out.
	Now    time.Duration
	Paused bool    // false during RunUntil
	Speed  float64 // virtual time per real time
}

// Pacer runs a Virtual no faster than a multiple of real time. It decides only
// when, in real time, a step is done, never which step or at what virtual time.
// So the run is the same at every speed and with every pause.
//
// All methods are safe for concurrent use, and none but Run blocks. Make one
// with NewPacer.
type Pacer struct {
	clock  *Virtual
	signal chan struct{} // capacity 1: something below has changed

	// inside is set during an instant, so that an instant that a Goexit
	// interrupted is completed before the inbox is read. It belongs to the
	// pacing goroutine.
	inside bool

	mu      sync.Mutex // never held while a task, a Do or a stop function runs
	inbox   []func()
	ended   bool // Run has returned; functions given to Do are dropped
	running bool // Run has begun and has not ended
	paused  bool
	speed   float64
	fast    *fastRun // a RunUntil in progress; nil: paced or paused

	// At the real time realAt the virtual time was virtAt; from there on it
	// moves at speed. bound is the next wake-up, which it must not pass.
	realAt time.Time
	virtAt time.Duration
	bound  time.Duration
	shown  time.Duration // the latest Now that State has given
}

// fastRun is one RunUntil. Only the pacing goroutine touches its state.
type fastRun struct {
	stop    func() bool // may be nil
	limit   time.Duration
	end     time.Duration // virtual time at which it is over
	begun   bool          // end is known
	stepped bool          // steps were done since stop was last asked
}

// NewPacer returns a Pacer for v. It does nothing until Run.
func NewPacer(v *Virtual, opts PacerOptions) *Pacer {
	opts.Speed = cmp.Or(opts.Speed, 1)
	return &Pacer{
		clock:  v,
		signal: make(chan struct{}, 1),
		paused: opts.Paused,
		speed:  clampSpeed(opts.Speed, 1),
		virtAt: v.Now(),
		bound:  v.Now(),
	}
}

// Run paces the clock until no task is left, ctx ends, or the run fails, and
// returns what Virtual.Run would. It may be called once; it panics while
// another goroutine runs the clock. Tasks that wait with nothing due are a
// deadlock only when nothing is left in the inbox and the Pacer is not paused.
func (p *Pacer) Run(ctx context.Context) error {
	p.begin()
	defer p.close()
	p.clock.acquire()
	defer p.clock.release()
	p.clock.drive(func() { p.loop(ctx) })
	return p.clock.settle(ctx, true)
}

// Do has fn called between two instants, on the goroutine that paces, after those of
// earlier calls of Do; also while the Pacer is paused. There, fn owns the Virtual: it
// may call Start, Next and Stop. Now is the time of the last step, not the
// interpolated one, so that what fn does depends only on the step before it. A Do
// before Run waits for it; one after the end is dropped. A panic of fn is raised
// again, as a *PanicError, in the caller of Run.
//
// Only when tasks take more than 1,000 steps at one instant may fn be called
// before that instant is over.
func (p *Pacer) Do(fn func()) {
	p.mu.Lock()
	if !p.ended {
		p.inbox = append(p.inbox, fn)
	}
	p.mu.Unlock()
	p.notify()
}

// Pause stops the clock after the present instant. It ends a RunUntil too.
func (p *Pacer) Pause() {
	p.change(func() { p.paused, p.fast = true, nil })
}

// Resume lets the clock go on at its speed. It ends a RunUntil too.
func (p *Pacer) Resume() {
	p.change(func() { p.paused, p.fast = false, nil })
}

// SetSpeed sets the virtual time per real time, clamped to MinSpeed and
// MaxSpeed. NaN is ignored.
func (p *Pacer) SetSpeed(x float64) {
	p.change(func() { p.speed = clampSpeed(x, p.speed) })
}

// RunUntil runs at full speed until stop returns true or limit of virtual time
// has passed, and then leaves the Pacer paused. stop is called on the goroutine
// that paces, after each instant at which something was done; nil means never.
// The limit counts from the last step; one of 0 or less does what is due there. A
// later Pause, Resume or RunUntil replaces it.
func (p *Pacer) RunUntil(stop func() bool, limit time.Duration) {
	p.change(func() {
		p.paused = false
		p.fast = &fastRun{stop: stop, limit: limit}
	})
}

// State returns the state at this moment.
func (p *Pacer) State() PacerState {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.shown = max(p.shown, p.position(time.Now()))
	return PacerState{Now: p.shown, Paused: p.paused, Speed: p.speed}
}

// change changes the state under mu, keeps the virtual time continuous over the
// change, and wakes the pacing goroutine.
func (p *Pacer) change(f func()) {
	p.mu.Lock()
	p.anchor(time.Now())
	f()
	p.mu.Unlock()
	p.notify()
}

func (p *Pacer) notify() {
	select {
	case p.signal <- struct{}{}:
	default:
	}
}

func (p *Pacer) begin() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.running || p.ended {
		panic("clock: Run of a Pacer called twice")
	}
	p.running = true
	p.realAt, p.virtAt = time.Now(), p.clock.Now()
}

// close ends the Pacer for good, also when Run panics.
func (p *Pacer) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.anchor(time.Now())
	p.running, p.ended = false, true
	p.inbox, p.fast = nil, nil
}

// clampSpeed returns x within its limits, or otherwise when x is not a number.
func clampSpeed(x, otherwise float64) float64 {
	if x != x {
		return otherwise
	}
	return min(max(x, MinSpeed), MaxSpeed)
}
