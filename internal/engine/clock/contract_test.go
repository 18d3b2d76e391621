package clock

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// onBoth runs a test of the common contract as a task of each clock. Wall runs
// in a bubble, where time is exact and costs nothing.
func onBoth(t *testing.T, body func(t *testing.T, c Clock, stop func())) {
	t.Run("Virtual", func(t *testing.T) {
		v := NewVirtual()
		v.Start(func() { body(t, v, v.Stop) })
		if err := v.Run(t.Context()); err != nil && !errors.Is(err, ErrStopped) {
			t.Errorf("Run: %v", err)
		}
	})
	t.Run("Wall", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			w := NewWall()
			body(t, w, w.Stop)
		})
	})
}

// at fails the test unless it is the time want.
func at(t *testing.T, c Clock, want time.Duration) {
	t.Helper()
	if got := c.Now(); got != want {
		t.Errorf("the time is %v, want %v", got, want)
	}
}

func is(t *testing.T, got, want error) {
	t.Helper()
	if got != want {
		t.Errorf("got error %v, want %v", got, want)
	}
}

// raised calls f and returns the PanicError it panics with.
func raised(t *testing.T, f func()) (p *PanicError) {
	t.Helper()
	defer func() { p, _ = recover().(*PanicError) }()
	f()
	t.Error("nothing was raised")
	return nil
}

var bg = context.Background()

func TestAClockStartsAtZeroAndSleepTakesItsTime(t *testing.T) {
	onBoth(t, func(t *testing.T, c Clock, _ func()) {
		at(t, c, 0)
		is(t, c.Sleep(bg, 3*time.Second), nil)
		at(t, c, 3*time.Second)
	})
}

func TestASleepOfNothingReturnsAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, c Clock, _ func()) {
		is(t, c.Sleep(bg, 0), nil)
		is(t, c.Sleep(bg, -time.Hour), nil)
		at(t, c, 0)
		ctx, cancel := context.WithCancel(bg)
		cancel()
		is(t, c.Sleep(ctx, 0), context.Canceled)
	})
}

func TestSleepAgainstADeadline(t *testing.T) {
	for _, tc := range []struct {
		name            string
		deadline, sleep time.Duration
		want            error
		now             time.Duration
	}{
		{"the sleep is shorter", 5, 3, nil, 3},
		{"the deadline is shorter", 3, 5, context.DeadlineExceeded, 3},
		{"at a tie the sleep wins", 4, 4, nil, 4},
		{"the deadline has passed before", 0, 4, context.DeadlineExceeded, 0},
		{"the deadline lies in the past", -1, 4, context.DeadlineExceeded, 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			onBoth(t, func(t *testing.T, c Clock, _ func()) {
				ctx, cancel := c.WithTimeout(bg, tc.deadline*time.Second)
				defer cancel()
				is(t, c.Sleep(ctx, tc.sleep*time.Second), tc.want)
				at(t, c, tc.now*time.Second)
			})
		})
	}
}

func TestTheEarlierOfNestedDeadlinesCounts(t *testing.T) {
	for _, tc := range []struct{ outer, inner time.Duration }{{2, 9}, {9, 2}} {
		t.Run(fmt.Sprintf("%d in %d", tc.inner, tc.outer), func(t *testing.T) {
			onBoth(t, func(t *testing.T, c Clock, _ func()) {
				outer, cancel := c.WithTimeout(bg, tc.outer*time.Second)
				defer cancel()
				type key struct{}
				inner, cancel := c.WithTimeout(context.WithValue(outer, key{}, "kept"), tc.inner*time.Second)
				defer cancel()
				if inner.Value(key{}) != "kept" {
					t.Error("the parent's value is lost")
				}
				is(t, c.Sleep(inner, time.Minute), context.DeadlineExceeded)
				at(t, c, 2*time.Second)
				is(t, inner.Err(), context.DeadlineExceeded)
			})
		})
	}
}

func TestCancelWakesTheSleepers(t *testing.T) {
	nothing := func() {}
	derive := map[string]func(c Clock) (sleep context.Context, cancel, free func()){
		"its own context": func(c Clock) (context.Context, func(), func()) {
			ctx, cancel := c.WithTimeout(bg, time.Hour)
			return ctx, cancel, nothing
		},
		"the one above": func(c Clock) (context.Context, func(), func()) {
			outer, cancel := c.WithTimeout(bg, time.Hour)
			inner, free := c.WithTimeout(outer, time.Minute)
			return inner, cancel, free
		},
		"a value between": func(c Clock) (context.Context, func(), func()) {
			outer, cancel := c.WithTimeout(bg, time.Hour)
			return context.WithValue(outer, ctxKeyForTest{}, 1), cancel, nothing
		},
		"a context of package context": func(Clock) (context.Context, func(), func()) {
			ctx, cancel := context.WithCancel(bg)
			return ctx, cancel, nothing
		},
		"one of package context above": func(c Clock) (context.Context, func(), func()) {
			outer, cancel := context.WithCancel(bg)
			inner, free := c.WithTimeout(outer, time.Minute)
			return inner, cancel, free
		},
		"one of package context below": func(c Clock) (context.Context, func(), func()) {
			outer, cancel := c.WithTimeout(bg, time.Hour)
			inner, free := context.WithCancel(outer)
			return inner, cancel, free
		},
		"one of package context between": func(c Clock) (context.Context, func(), func()) {
			outer, freeOuter := c.WithTimeout(bg, time.Hour)
			middle, cancel := context.WithCancel(outer)
			inner, free := c.WithTimeout(middle, time.Minute)
			return inner, cancel, func() { free(); freeOuter() }
		},
		"a foreign one above two of package context": func(c Clock) (context.Context, func(), func()) {
			root, cancel := context.WithCancel(bg)
			outer, freeOuter := c.WithTimeout(root, time.Hour)
			inner, free := context.WithCancel(context.WithValue(outer, ctxKeyForTest{}, 1))
			return inner, cancel, func() { free(); freeOuter() }
		},
	}
	for name, contexts := range derive {
		t.Run(name, func(t *testing.T) {
			onBoth(t, func(t *testing.T, c Clock, _ func()) {
				ctx, cancel, free := contexts(c)
				defer free()
				g := c.Group()
				for range 3 {
					g.Go(func() {
						is(t, c.Sleep(ctx, 30*time.Second), context.Canceled)
						at(t, c, time.Second)
						is(t, c.Sleep(ctx, time.Second), context.Canceled)
					})
				}
				g.Go(func() {
					_ = c.Sleep(bg, time.Second)
					cancel()
				})
				is(t, g.Wait(bg), nil)
				at(t, c, time.Second)
			})
		})
	}
}

type ctxKeyForTest struct{}

func TestCancelAfterTheDeadlineChangesNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, c Clock, _ func()) {
		ctx, cancel := c.WithTimeout(bg, time.Second)
		_ = c.Sleep(bg, 2*time.Second)
		cancel()
		is(t, ctx.Err(), context.DeadlineExceeded)
	})
}

func TestStopWakesEverybodyWithErrStopped(t *testing.T) {
	onBoth(t, func(t *testing.T, c Clock, stop func()) {
		var told atomic.Int32
		g := c.Group()
		for range 3 {
			g.Go(func() {
				if c.Sleep(bg, time.Hour) == ErrStopped {
					told.Add(1)
				}
			})
		}
		g.Go(func() {
			_ = c.Sleep(bg, time.Second)
			stop()
			stop()
			is(t, c.Sleep(bg, time.Second), ErrStopped)
		})
		// Wait may find that all have ended before it hears of the stop.
		if err := g.Wait(bg); err != nil {
			is(t, err, ErrStopped)
		}
		at(t, c, time.Second)
		if _, wall := c.(*Wall); wall {
			synctest.Wait()
			if n := told.Load(); n != 3 {
				t.Errorf("%d sleepers were told, want 3", n)
			}
		}
	})
}

func TestBugH1AClockIsMonotonic(t *testing.T) {
	// A jump of the system's time shows in a time.Time without its monotonic
	// reading only; so Wall must keep that reading.
	w := NewWall()
	if w.start.Round(0) == w.start {
		t.Error("the start of Wall has lost its monotonic reading")
	}
	onBoth(t, func(t *testing.T, c Clock, _ func()) {
		last := c.Now()
		for d := range 100 {
			_ = c.Sleep(bg, time.Duration(d%7)*time.Millisecond)
			if now := c.Now(); now < last {
				t.Fatalf("the time went back from %v to %v", last, now)
			} else {
				last = now
			}
		}
	})
}

// tieCtx ends one second after its Done is asked for, and lets go of its caller
// only then, so that the caller finds everything of that instant ready.
type tieCtx struct {
	context.Context
	err error
}

func (c *tieCtx) Err() error { return c.err }

func (c *tieCtx) Done() <-chan struct{} {
	time.Sleep(time.Second)
	synctest.Wait()
	c.err = context.DeadlineExceeded
	done := make(chan struct{})
	close(done)
	return done
}

func TestOnWallADeadlineLosesEveryTie(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := NewWall()
		for range 50 { // a select chooses at random
			is(t, w.Sleep(&tieCtx{Context: bg}, time.Second), nil)
			g := w.Group()
			g.Go(func() { _ = w.Sleep(bg, time.Second) })
			is(t, g.Wait(&tieCtx{Context: bg}), nil)
		}
	})
}
