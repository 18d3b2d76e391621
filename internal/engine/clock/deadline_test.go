package clock

import (
	"context"
	"testing"
	"time"
)

func closed(ctx context.Context) bool {
	select {
	case <-ctx.Done():
		return true
	default:
		return false
	}
}

func TestDoneFollowsTheVirtualDeadline(t *testing.T) {
	is(t, inTask(t, func(v *Virtual) {
		ctx, cancel := v.WithTimeout(bg, 2*time.Second)
		defer cancel()
		if _, ok := ctx.Deadline(); ok {
			t.Error("a virtual deadline is given as a time of day")
		}
		if closed(ctx) || ctx.Err() != nil {
			t.Error("ended before its time")
		}
		_ = v.Sleep(bg, 2*time.Second)
		if !closed(ctx) {
			t.Error("not ended at its time")
		}
		is(t, v.Sleep(ctx, 0), nil) // the tie: a sleep of nothing at the deadline
		_ = v.Sleep(bg, 1)
		is(t, v.Sleep(ctx, 0), context.DeadlineExceeded)

		unseen, cancel := v.WithTimeout(bg, time.Second)
		cancel()
		if !closed(unseen) {
			t.Error("Done is first asked for after the end, and open")
		}
		is(t, v.Sleep(unseen, 0), context.Canceled)
	}), nil)
}

func TestTheFirstEndOfAContextStays(t *testing.T) {
	is(t, inTask(t, func(v *Virtual) {
		outer, cancelOuter := v.WithTimeout(bg, time.Hour)
		defer cancelOuter()
		early, cancel := v.WithTimeout(outer, time.Second)
		defer cancel()
		late, cancel := v.WithTimeout(outer, time.Minute)
		defer cancel()
		_ = v.Sleep(bg, 2*time.Second)
		cancelOuter()
		_ = v.Sleep(bg, time.Hour)
		is(t, early.Err(), context.DeadlineExceeded)
		is(t, late.Err(), context.Canceled)
		is(t, outer.Err(), context.Canceled)
	}), nil)
}

func TestADerivedContextHearsOfTheDeadlineInTheSameStep(t *testing.T) {
	is(t, inTask(t, func(v *Virtual) {
		ctx, cancel := v.WithTimeout(bg, time.Second)
		defer cancel()
		child, cancelChild := context.WithCancel(ctx)
		defer cancelChild()
		other, cancelOther := context.WithCancel(ctx)
		cancelOther() // unregisters
		is(t, other.Err(), context.Canceled)
		is(t, v.Sleep(child, time.Minute), context.DeadlineExceeded)
		is(t, child.Err(), context.DeadlineExceeded)
		at(t, v, time.Second)
	}), nil)
}

func TestAfterFuncOfAContextThatHasEnded(t *testing.T) {
	ran := make(chan struct{})
	is(t, inTask(t, func(v *Virtual) {
		ctx, cancel := v.WithTimeout(bg, time.Second)
		registered := 0
		stop := ctx.(*deadlineCtx).AfterFunc(func() { registered++ })
		if !stop() || stop() {
			t.Error("stop must say true once")
		}
		cancel()
		if registered != 0 {
			t.Error("a function was called that was taken back")
		}
		if ctx.(*deadlineCtx).AfterFunc(func() { close(ran) })() {
			t.Error("it was too late to take back, and stop says otherwise")
		}
	}), nil)
	<-ran
}

func TestTheContextOfAnotherClockIsAForeignOne(t *testing.T) {
	other := NewVirtual()
	is(t, inTask(t, func(v *Virtual) {
		ctx, cancel := other.WithTimeout(bg, time.Second)
		g := v.Group()
		g.Go(func() { is(t, v.Sleep(ctx, time.Minute), context.Canceled) })
		_ = v.Sleep(bg, 30*time.Second)
		cancel()
		is(t, g.Wait(bg), nil)
		at(t, v, 30*time.Second)
	}), nil)
}

func TestForeignContextsAreWatchedOnlyWhileSomebodyWaits(t *testing.T) {
	a, cancelA := context.WithCancel(bg)
	b, cancelB := context.WithCancel(bg)
	is(t, inTask(t, func(v *Virtual) {
		g := v.Group()
		for _, ctx := range []context.Context{a, b, a, b} {
			g.Go(func() { is(t, v.Sleep(ctx, time.Minute), context.Canceled) })
		}
		_ = v.Sleep(bg, time.Second)
		if len(v.foreign) != 2 {
			t.Errorf("%d contexts are watched, want 2", len(v.foreign))
		}
		cancelA()
		_ = v.Sleep(bg, time.Second)
		if len(v.foreign) != 1 || v.Tasks() != 3 {
			t.Errorf("%d contexts are watched for %d tasks, want 1 for 3", len(v.foreign), v.Tasks())
		}
		cancelB()
		is(t, g.Wait(bg), nil)
		if len(v.foreign) != 0 {
			t.Errorf("%d contexts are still watched", len(v.foreign))
		}
		at(t, v, 2*time.Second)
	}), nil)
}

func TestASleepThatIsDueAtTheMomentOfTheCancelHasWon(t *testing.T) {
	is(t, inTask(t, func(v *Virtual) {
		ctx, cancel := v.WithTimeout(bg, time.Hour)
		g := v.Group()
		g.Go(func() {
			_ = v.Sleep(bg, time.Second)
			cancel()
		})
		order := ""
		g.Go(func() {
			is(t, v.Sleep(ctx, time.Second), nil)
			order += "a"
		})
		g.Go(func() {
			_ = v.Sleep(bg, time.Second)
			order += "b"
		})
		is(t, g.Wait(bg), nil)
		if order != "ab" {
			t.Errorf("order %q: the cancel has moved a sleep that was due", order)
		}
	}), nil)
}

func TestTasksUnderACancelledContextWakeInTheOrderInWhichTheyParked(t *testing.T) {
	is(t, inTask(t, func(v *Virtual) {
		ctx, cancel := v.WithTimeout(bg, time.Hour)
		g, order := v.Group(), ""
		for i, name := range []string{"c", "b", "a"} {
			g.Go(func() {
				_ = v.Sleep(bg, time.Duration(3-i)*time.Second)
				is(t, v.Sleep(ctx, time.Duration(i)*time.Minute+time.Minute), context.Canceled)
				order += name
			})
		}
		_ = v.Sleep(bg, 10*time.Second)
		cancel()
		is(t, g.Wait(bg), nil)
		if order != "abc" {
			t.Errorf("order %q, want abc", order)
		}
	}), nil)
}
