package clock

import (
	"errors"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestHowAPacedRunEnds(t *testing.T) {
	deadlock := func(v *Virtual) {
		a, b := v.Group(), v.Group()
		a.Go(func() { _ = v.Sleep(bg, time.Second); _ = b.Wait(bg) })
		b.Go(func() { _ = a.Wait(bg) })
	}
	for name, tc := range map[string]struct {
		begin func(v *Virtual, p *Pacer)
		want  func(err error) bool
	}{
		"no tasks": {func(*Virtual, *Pacer) {}, func(err error) bool { return err == nil }},
		"a deadlock": {
			func(v *Virtual, _ *Pacer) { deadlock(v) },
			func(err error) bool { return errors.Is(err, ErrDeadlock) },
		},
		"a deadlock in RunUntil": {
			func(v *Virtual, p *Pacer) { deadlock(v); p.RunUntil(nil, never) },
			func(err error) bool { return errors.Is(err, ErrDeadlock) },
		},
		"a panic in a root task": {
			func(v *Virtual, _ *Pacer) { v.Start(func() { panic("boom") }) },
			func(err error) bool { var p *PanicError; return errors.As(err, &p) && p.Value == "boom" },
		},
		"a stop while it waits": {
			func(v *Virtual, _ *Pacer) {
				v.Start(func() { _ = v.Sleep(bg, time.Hour) })
				time.AfterFunc(time.Minute, v.Stop)
			},
			func(err error) bool { return err == ErrStopped },
		},
		"a stop while it is paused": {
			func(v *Virtual, p *Pacer) {
				v.Start(func() { _ = v.Sleep(bg, time.Hour) })
				p.Pause()
				time.AfterFunc(time.Minute, v.Stop)
			},
			func(err error) bool { return err == ErrStopped },
		},
		"a stop of a task in the midst of an instant": {
			func(v *Virtual, p *Pacer) {
				for range 3 {
					v.Start(func() { v.Stop(); _ = v.Sleep(bg, time.Hour) })
				}
				p.RunUntil(nil, time.Minute)
			},
			func(err error) bool { return err == ErrStopped },
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				v := NewVirtual()
				p := NewPacer(v, PacerOptions{})
				tc.begin(v, p)
				if err := p.Run(t.Context()); !tc.want(err) {
					t.Errorf("Run: %v", err)
				}
				if v.Tasks() != 0 {
					t.Errorf("%d tasks are left", v.Tasks())
				}
			})
		})
	}
}

func TestADoThatPanicsOrExitsLeavesNothingBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := NewVirtual()
		p := NewPacer(v, PacerOptions{})
		unwound := false
		v.Start(func() { unwound = v.Sleep(bg, time.Hour) == ErrStopped })
		p.Do(runtime.Goexit) // survived
		time.AfterFunc(time.Second, func() { p.Do(func() { panic("a bug") }) })
		r := raised(t, func() { _ = p.Run(t.Context()) })
		if r == nil || r.Value != "a bug" || !unwound {
			t.Errorf("raised %v, unwound %v", r, unwound)
		}
	})
}

func TestAPacerRunsOnce(t *testing.T) {
	p := NewPacer(NewVirtual(), PacerOptions{})
	is(t, p.Run(bg), nil)
	defer func() {
		if s, _ := recover().(string); !strings.Contains(s, "called twice") {
			t.Errorf("panicked with %q", s)
		}
	}()
	_ = p.Run(bg)
}

func TestABusyInstantIsNotCutShort(t *testing.T) {
	pace(t, PacerOptions{}, 1, func(p *paced) {
		ran := 0
		p.Do(func() {
			for range 3*stride + 1 {
				p.clock.Start(func() { ran++ })
			}
		})
		p.finish(nil)
		if ran != 3*stride+1 {
			t.Errorf("%d tasks ran", ran)
		}
		p.wokenAt(100)
	})
}

func TestDoWaitsForTheEndOfAnInstantThatAGoexitCutsShort(t *testing.T) {
	for _, fast := range []bool{false, true} {
		pace(t, PacerOptions{}, 1, func(p *paced) {
			ran, seen := 0, 0
			p.Do(func() {
				p.clock.Start(func() {
					p.Do(func() { seen = ran })
					runtime.Goexit()
				})
				for range 3 {
					p.clock.Start(func() { ran++ })
				}
				if fast {
					p.RunUntil(nil, time.Hour)
				}
			})
			p.finish(nil)
			if seen != 3 {
				t.Errorf("Do saw %d of the 3 other tasks of the instant", seen)
			}
		})
	}
}

func TestAResumeInStopOutlivesTheRunUntil(t *testing.T) {
	pace(t, PacerOptions{}, 3, func(p *paced) {
		p.RunUntil(func() bool { p.Resume(); return true }, time.Hour)
		p.shows(100*ms, false, 1)
		p.finish(nil)
		p.wokenAt(0, 100, 200)
	})
}
