package clock

import (
	"context"
	"math"
	"time"
)

// loop is the pacing goroutine. A task's Goexit can end it at any step; drive
// then calls it again, and it continues from the state in p.
func (p *Pacer) loop(ctx context.Context) {
	for {
		if p.inside {
			p.instant(p.clock.Now())
		}
		p.drain()
		if !p.clock.goesOn(ctx) || p.clock.Tasks() == 0 {
			return
		}
		paused, fast := p.mode()
		if fast != nil {
			p.hurry(fast)
			continue
		}
		if paused {
			p.wait(ctx, never)
			continue
		}
		at, ok := p.clock.Next()
		if !ok {
			if p.quiet() {
				return // a deadlock; settle says so
			}
			continue
		}
		if left := p.until(at); left > 0 {
			p.wait(ctx, left)
			continue
		}
		p.instant(at)
	}
}

// instant does what is due up to at, the time of the next wake-up, but at most
// stride steps, because tasks may wake each other for ever.
func (p *Pacer) instant(at time.Duration) {
	p.inside = true
	for range stride {
		next, ok := p.clock.Next()
		if !ok || next > at || p.clock.halted() {
			break
		}
		p.clock.step()
	}
	p.inside = false
}

// hurry does some instants of a RunUntil, or finishes it.
func (p *Pacer) hurry(f *fastRun) {
	if !f.begun {
		f.begun, f.end = true, later(p.clock.Now(), f.limit)
	}
	for from := p.clock.Steps(); p.clock.Steps()-from < stride; {
		at, ok := p.clock.Next()
		if f.stepped && (!ok || at > p.clock.Now()) {
			f.stepped = false
			if f.stop != nil && f.stop() {
				p.finish(f, true)
				return
			}
			// stop may have asked for something else, such as a Pause.
			if _, now := p.mode(); now != f {
				return
			}
		}
		switch {
		case p.clock.halted() || p.clock.Tasks() == 0:
			return
		case !ok:
			p.finish(f, false) // loop finds the deadlock, or a Do that ends it
			return
		case at > f.end:
			p.clock.now.Store(int64(max(f.end, p.clock.Now())))
			p.finish(f, true)
			return
		}
		f.stepped = true // before the step, which may not return
		p.instant(at)
	}
}

// finish ends the RunUntil f, unless something took its place.
func (p *Pacer) finish(f *fastRun, paused bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.fast != f {
		return
	}
	p.anchor(time.Now())
	p.fast, p.paused = nil, paused
}

// drain calls the functions given to Do, in order. They are taken one at a
// time, so that those after one that ends by Goexit are still called.
func (p *Pacer) drain() {
	for {
		p.mu.Lock()
		if len(p.inbox) == 0 {
			p.inbox = nil
			p.mu.Unlock()
			return
		}
		fn := p.inbox[0]
		p.inbox[0] = nil
		p.inbox = p.inbox[1:]
		p.mu.Unlock()
		fn()
	}
}

func (p *Pacer) mode() (paused bool, fast *fastRun) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.paused, p.fast
}

// quiet reports whether no function, pause or RunUntil is waiting to be
// handled.
func (p *Pacer) quiet() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.inbox) == 0 && !p.paused && p.fast == nil
}

// wait blocks for d, or until something changes or ctx ends. With never it
// sets no timer.
func (p *Pacer) wait(ctx context.Context, d time.Duration) {
	var tick <-chan time.Time
	if d != never {
		timer := time.NewTimer(d)
		defer timer.Stop()
		tick = timer.C
	}
	select {
	case <-tick:
	case <-p.signal:
	case <-p.clock.stop:
	case <-ctx.Done():
	}
}

// until is the real time left until the virtual time at, and 0 when at is due.
// If at is overdue by more than maxLag, it counts as due just now: the lag is
// not caught up, and later wake-ups keep their distance from it.
func (p *Pacer) until(at time.Duration) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	p.bound = at
	left := realTime(at-p.virtAt, p.speed) - now.Sub(p.realAt)
	if left < -maxLag {
		p.realAt, p.virtAt = now, at
	}
	return max(left, 0)
}

// position is the virtual time at the real time now. mu is held.
func (p *Pacer) position(now time.Time) time.Duration {
	done := p.clock.Now()
	switch {
	case p.fast != nil:
		return done
	case p.paused || !p.running:
		return max(p.virtAt, done)
	default:
		moved := later(p.virtAt, virtualTime(now.Sub(p.realAt), p.speed))
		return max(min(moved, p.bound), done)
	}
}

// anchor makes now the moment from which the virtual time is computed, so that
// a change of speed does not change the past. mu is held.
func (p *Pacer) anchor(now time.Time) {
	p.realAt, p.virtAt = now, p.position(now)
}

// realTime is how long d of virtual time takes at the given speed, rounded up,
// so that a timer never fires before its time.
func realTime(d time.Duration, speed float64) time.Duration {
	return saturate(math.Ceil(float64(d) / speed))
}

// virtualTime is how much virtual time passes in d of real time.
func virtualTime(d time.Duration, speed float64) time.Duration {
	return saturate(float64(d) * speed)
}

func saturate(ns float64) time.Duration {
	if ns >= math.MaxInt64 {
		return never
	}
	return time.Duration(ns)
}
