package clock

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"time"
)

func TestWaitReturnsWhenTheLastTaskHasEnded(t *testing.T) {
	onBoth(t, func(t *testing.T, c Clock, _ func()) {
		g := c.Group()
		is(t, g.Wait(bg), nil)
		for i := range 5 {
			g.Go(func() { _ = c.Sleep(bg, time.Duration(i)*time.Second) })
		}
		is(t, g.Wait(bg), nil)
		at(t, c, 4*time.Second)
		g.Go(func() { _ = c.Sleep(bg, time.Second) }) // used again
		is(t, g.Wait(bg), nil)
		at(t, c, 5*time.Second)
	})
}

func TestGroupsNest(t *testing.T) {
	onBoth(t, func(t *testing.T, c Clock, _ func()) {
		outer := c.Group()
		for i := range 3 {
			outer.Go(func() {
				inner := c.Group()
				for j := range 3 {
					inner.Go(func() { _ = c.Sleep(bg, time.Duration(10*i+j)*time.Second) })
				}
				is(t, inner.Wait(bg), nil)
				at(t, c, time.Duration(10*i+2)*time.Second)
			})
		}
		is(t, outer.Wait(bg), nil)
		at(t, c, 22*time.Second)
	})
}

func TestWaitAgainstADeadline(t *testing.T) {
	for _, tc := range []struct {
		name           string
		deadline, task time.Duration
		want           error
	}{
		{"the tasks are faster", 5, 3, nil},
		{"the deadline is faster", 3, 5, context.DeadlineExceeded},
		{"a group that ends at the deadline has won", 4, 4, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			onBoth(t, func(t *testing.T, c Clock, _ func()) {
				if _, wall := c.(*Wall); wall && tc.deadline == tc.task {
					t.Skip("goroutines due at one instant run in any order")
				}
				ctx, cancel := c.WithTimeout(bg, tc.deadline*time.Second)
				defer cancel()
				g, ended := c.Group(), false
				g.Go(func() {
					_ = c.Sleep(bg, tc.task*time.Second)
					ended = true
				})
				is(t, g.Wait(ctx), tc.want)
				at(t, c, min(tc.deadline, tc.task)*time.Second)
				is(t, g.Wait(bg), nil)
				if !ended {
					t.Error("the task did not go on by itself")
				}
				at(t, c, tc.task*time.Second)
			})
		})
	}
}

func TestCancelEndsAWait(t *testing.T) {
	onBoth(t, func(t *testing.T, c Clock, _ func()) {
		ctx, cancel := c.WithTimeout(bg, time.Hour)
		g, other := c.Group(), c.Group()
		g.Go(func() { _ = c.Sleep(bg, time.Minute) })
		other.Go(func() {
			_ = c.Sleep(bg, time.Second)
			cancel()
		})
		is(t, g.Wait(ctx), context.Canceled)
		at(t, c, time.Second)
		is(t, g.Wait(ctx), context.Canceled)
		is(t, g.Wait(bg), nil)
	})
}

func TestAPanicInATaskIsRaisedByWaitWhenAllHaveEnded(t *testing.T) {
	onBoth(t, func(t *testing.T, c Clock, _ func()) {
		g, cause := c.Group(), errors.New("sensor on fire")
		g.Go(func() { _ = c.Sleep(bg, 5*time.Second) })
		g.Go(func() {
			_ = c.Sleep(bg, time.Second)
			panic(cause)
		})
		g.Go(func() {
			_ = c.Sleep(bg, 2*time.Second)
			panic("a later one")
		})
		p := raised(t, func() { _ = g.Wait(bg) })
		at(t, c, 5*time.Second)
		if p == nil || p.Value != any(cause) || !errors.Is(p, cause) || len(p.Stack) == 0 {
			t.Errorf("raised %+v, want the first panic", p)
		}
		is(t, g.Wait(bg), nil) // raised once only
	})
}

func TestAPanicIsNotLostWhenWaitIsCutShort(t *testing.T) {
	onBoth(t, func(t *testing.T, c Clock, _ func()) {
		ctx, cancel := c.WithTimeout(bg, 2*time.Second)
		defer cancel()
		g := c.Group()
		g.Go(func() { panic("early") })
		g.Go(func() { _ = c.Sleep(bg, 5*time.Second) })
		p := raised(t, func() { _ = g.Wait(ctx) })
		if p == nil || p.Value != "early" || p.Unwrap() != nil {
			t.Errorf("raised %+v", p)
		}
		is(t, g.Wait(bg), nil)
	})
}

func TestAPanicKeepsItsFirstStackThroughNestedGroups(t *testing.T) {
	onBoth(t, func(t *testing.T, c Clock, _ func()) {
		outer := c.Group()
		outer.Go(func() {
			inner := c.Group()
			inner.Go(func() { panic("deep") })
			_ = inner.Wait(bg)
		})
		p := raised(t, func() { _ = outer.Wait(bg) })
		if p == nil || p.Value != "deep" || p.Error() != "panic in a task: deep" {
			t.Errorf("raised %v", p)
		}
	})
}

func TestGoexitCountsAsEnded(t *testing.T) {
	onBoth(t, func(t *testing.T, c Clock, _ func()) {
		g, deferred := c.Group(), 0
		for range 3 {
			g.Go(func() {
				defer func() { deferred++ }()
				_ = c.Sleep(bg, time.Second)
				runtime.Goexit()
			})
			is(t, g.Wait(bg), nil)
		}
		if deferred != 3 {
			t.Errorf("%d deferred functions ran, want 3", deferred)
		}
		at(t, c, 3*time.Second)
	})
}
