package clock

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// inTask runs fn as the only root task of a new clock and returns Run's error.
func inTask(t *testing.T, fn func(v *Virtual)) error {
	t.Helper()
	v := NewVirtual()
	v.Start(func() { fn(v) })
	return v.Run(t.Context())
}

func TestTasksOfOneInstantRunInTheOrderOfTheirWakeUps(t *testing.T) {
	v, order := NewVirtual(), []int{}
	for i, d := range []time.Duration{3, 1, 3, 2, 1} {
		v.Start(func() {
			_ = v.Sleep(bg, d*time.Second)
			order = append(order, i)
		})
	}
	is(t, v.Run(bg), nil)
	if want := []int{1, 4, 3, 0, 2}; !slices.Equal(order, want) {
		t.Errorf("order %v, want %v", order, want)
	}
	if v.Steps() != 10 || v.Tasks() != 0 {
		t.Errorf("%d steps and %d tasks, want 10 and 0", v.Steps(), v.Tasks())
	}
	v.Start(func() { _ = v.Sleep(bg, time.Second) }) // it can go on
	is(t, v.Run(bg), nil)
	at(t, v, 4*time.Second)
}

func TestWaitingOutsideOfATaskPanics(t *testing.T) {
	v := NewVirtual()
	for name, call := range map[string]func(){
		"Sleep": func() { _ = v.Sleep(bg, time.Second) },
		"Wait":  func() { _ = v.Group().Wait(bg) },
	} {
		func() {
			defer func() {
				if s, _ := recover().(string); !strings.Contains(s, name+" of a Virtual called outside of its tasks") {
					t.Errorf("%s panicked with %q", name, s)
				}
			}()
			call()
		}()
	}
}

func TestAVeryLongSleepDoesNotOverflow(t *testing.T) {
	is(t, inTask(t, func(v *Virtual) {
		_ = v.Sleep(bg, time.Hour)
		ctx, cancel := v.WithTimeout(bg, never)
		defer cancel()
		g := v.Group()
		g.Go(func() { _ = v.Sleep(ctx, never) })
		is(t, g.Wait(bg), nil)
		at(t, v, never)
	}), nil)
}

func TestARootTasksPanicEndsTheRun(t *testing.T) {
	v, told := NewVirtual(), false
	v.Start(func() { told = v.Sleep(bg, time.Hour) == ErrStopped })
	v.Start(func() {
		_ = v.Sleep(bg, time.Second)
		panic("boom")
	})
	for range 2 { // the second Run has nothing to do, and says so
		var p *PanicError
		if err := v.Run(bg); !errors.As(err, &p) || p.Value != "boom" {
			t.Errorf("Run: %v, want the panic", err)
		}
	}
	if !told {
		t.Error("the other task was not stopped")
	}
	at(t, v, time.Second)
}

func TestADeadlockIsAnError(t *testing.T) {
	v := NewVirtual()
	a, b := v.Group(), v.Group()
	var first, second error
	a.Go(func() { first = b.Wait(bg) })
	b.Go(func() { second = a.Wait(bg) })
	err := v.Run(bg)
	is(t, first, ErrStopped) // in the order in which they parked
	is(t, second, nil)       // its group has ended, thanks to the stop
	if !errors.Is(err, ErrDeadlock) || !strings.Contains(err.Error(), "2 tasks") {
		t.Errorf("Run: %v", err)
	}
}

func TestTwoTasksMayNotWaitOnOneGroup(t *testing.T) {
	v := NewVirtual()
	g := v.Group()
	g.Go(func() { _ = v.Sleep(bg, time.Second) })
	for range 2 {
		v.Start(func() { _ = g.Wait(bg) })
	}
	if err := v.Run(bg); err == nil || !strings.Contains(err.Error(), "two tasks wait on one group") {
		t.Errorf("Run: %v", err)
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(bg)
	defer cancel()
	v, ended := NewVirtual(), 0
	for range 10 {
		v.Start(func() {
			defer func() { ended++ }()
			for v.Sleep(bg, time.Second) == nil {
				if v.Now() == 5*time.Second {
					cancel()
				}
			}
		})
	}
	is(t, v.Run(ctx), context.Canceled)
	at(t, v, 5*time.Second)
	if ended != 10 {
		t.Errorf("%d tasks ended, want 10", ended)
	}
	is(t, v.Run(bg), ErrStopped)
}

func TestStopUnwindsParkedTasksAndLeavesNoGoroutine(t *testing.T) {
	before := goleak.IgnoreCurrent()
	v, deferred := NewVirtual(), 0
	for i := range 50 {
		v.Start(func() {
			defer func() { deferred++ }()
			g := v.Group()
			g.Go(func() {
				defer func() { deferred++ }()
				is(t, v.Sleep(bg, time.Duration(i)*time.Hour+time.Second), ErrStopped)
				runtime.Goexit()
			})
			if err := g.Wait(bg); err != nil {
				is(t, err, ErrStopped)
			}
		})
	}
	is(t, v.RunTo(0), nil)
	late := errors.New("never slept")
	v.Start(func() { late = v.Sleep(bg, time.Second) })
	v.Stop()
	v.Stop()
	if deferred != 100 || v.Tasks() != 0 {
		t.Errorf("%d deferred functions ran and %d tasks are left, want 100 and 0", deferred, v.Tasks())
	}
	is(t, late, ErrStopped)
	at(t, v, 0)
	v.Start(func() { t.Error("a task started after Stop") })
	v.Group().Go(func() { t.Error("a task started after Stop") })
	is(t, v.RunTo(time.Hour), ErrStopped)
	at(t, v, 0)
	if err := goleak.Find(before); err != nil {
		t.Error(err)
	}
}

func TestATaskThatSleepsAfterItWasStoppedPanics(t *testing.T) {
	v := NewVirtual()
	var p *PanicError
	v.Start(func() {
		defer func() { p = asPanic(recover()) }()
		for {
			_ = v.Sleep(bg, time.Second)
		}
	})
	is(t, v.RunTo(3*time.Second), nil)
	v.Stop()
	if p == nil || !strings.Contains(p.Error(), "went on waiting after it was given ErrStopped") {
		t.Errorf("the task ended with %v", p)
	}
}

func TestAStoppedWaitIsTold(t *testing.T) {
	v := NewVirtual()
	g := v.Group()
	v.Start(func() {
		v.Stop()
		g.Go(func() {})
		is(t, g.Wait(bg), ErrStopped)
	})
	is(t, v.Run(bg), ErrStopped)
}

func TestRunToStopsAtItsTime(t *testing.T) {
	v, woken := NewVirtual(), []time.Duration{}
	v.Start(func() {
		for v.Sleep(bg, 2*time.Second) == nil {
			woken = append(woken, v.Now())
		}
	})
	if next, ok := v.Next(); !ok || next != 0 {
		t.Errorf("Next = %v, %v before the first step", next, ok)
	}
	is(t, v.RunTo(4*time.Second), nil) // inclusive
	is(t, v.RunTo(5*time.Second), nil)
	at(t, v, 5*time.Second)
	is(t, v.RunTo(time.Second), nil) // the past: nothing
	at(t, v, 5*time.Second)
	if next, ok := v.Next(); !ok || next != 6*time.Second {
		t.Errorf("Next = %v, %v, want 6s", next, ok)
	}
	if !slices.Equal(woken, []time.Duration{2 * time.Second, 4 * time.Second}) {
		t.Errorf("woken at %v", woken)
	}
	v.Start(func() { panic("boom") })
	if err := v.RunTo(5 * time.Second); err == nil || err.Error() != "panic in a task: boom" {
		t.Errorf("RunTo: %v", err)
	}
	if _, ok := v.Next(); ok {
		t.Error("something is left after a failure")
	}
}

func TestRunToWithNothingDueIsNoDeadlock(t *testing.T) {
	v := NewVirtual()
	a, b := v.Group(), v.Group()
	a.Go(func() {
		_ = v.Sleep(bg, time.Second)
		if err := b.Wait(bg); err != nil {
			is(t, err, ErrStopped)
		}
	})
	b.Go(func() { _ = a.Wait(bg) })
	is(t, v.RunTo(time.Minute), nil)
	at(t, v, time.Minute)
	if v.Tasks() != 2 {
		t.Errorf("%d tasks, want 2", v.Tasks())
	}
	v.Stop()
}

func TestGoexitOfATaskDoesNotEndTheCaller(t *testing.T) {
	v, done := NewVirtual(), 0
	for i := range 10 {
		v.Start(func() {
			_ = v.Sleep(bg, time.Duration(i)*time.Second)
			if i%2 == 0 {
				runtime.Goexit()
			}
			done++
		})
	}
	is(t, v.RunTo(4*time.Second), nil)
	is(t, v.Run(bg), nil)
	if done != 5 {
		t.Errorf("%d tasks returned, want 5", done)
	}
	at(t, v, 9*time.Second)
}

func TestAVirtualIsRunByOneAtATime(t *testing.T) {
	err := inTask(t, func(v *Virtual) { _ = v.RunTo(time.Second) })
	if err == nil || !strings.Contains(err.Error(), "being run already") {
		t.Errorf("Run: %v", err)
	}
}

func TestAStopThatCameTooLateForTheRunIsMadeGood(t *testing.T) {
	v := NewVirtual()
	v.Start(func() { _ = v.Sleep(bg, time.Hour) })
	is(t, v.RunTo(time.Second), nil)
	v.acquire()
	v.Stop() // finds the clock busy
	v.release()
	if v.Tasks() != 0 {
		t.Error("the task is still parked")
	}
}

func TestAGroupThatGrowsWhileItsWaiterIsDueIsWaitedForAgain(t *testing.T) {
	is(t, inTask(t, func(v *Virtual) {
		g := v.Group()
		second := func() { _ = v.Sleep(bg, time.Second) }
		g.Go(second)
		// Due at 1 s like the task above and asked for after it, but before
		// the wake-up of the waiter, which that task's end asks for.
		v.Start(func() {
			second()
			g.Go(second)
		})
		is(t, g.Wait(bg), nil)
		at(t, v, 2*time.Second)
	}), nil)
}

func TestATaskReusesACoroutine(t *testing.T) {
	is(t, inTask(t, func(v *Virtual) {
		g := v.Group()
		batch := func() {
			for range 20 {
				g.Go(func() { _ = v.Sleep(bg, time.Second) })
			}
			_ = g.Wait(bg)
		}
		batch()
		before := runtime.NumGoroutine()
		for range 100 {
			batch()
		}
		if n := runtime.NumGoroutine(); n > before+2 {
			t.Errorf("%d goroutines after 100 batches, %d after one", n, before)
		}
		if v.queue.len() != 0 || len(v.tasks) != 1 || len(v.free) != 20 {
			t.Errorf("queue %d, tasks %d, free %d", v.queue.len(), len(v.tasks), len(v.free))
		}
	}), nil)
}
