package clock

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// nap is one thing that the work of the tests below does: a sleep, under a
// deadline where limit is not never.
type nap struct{ d, limit time.Duration }

// perform does the naps on a clock and reports each.
func perform(c Clock, naps []nap, tell func(text string)) {
	for i, n := range naps {
		ctx, cancel := context.Background(), func() {}
		if n.limit != never {
			ctx, cancel = c.WithTimeout(ctx, n.limit)
		}
		err := c.Sleep(ctx, n.d)
		tell(fmt.Sprintf("%d #%d %v, context %v", c.Now(), i, err, ctx.Err()))
		cancel()
	}
}

// release is a Teller.
type release func()

func (r release) Release() { r() }

func newLane(v *Virtual, tell func()) *Lane {
	l := new(Lane)
	l.Begin(v, release(tell))
	return l
}

// teller holds back what a lane tells ahead of its time.
type teller struct {
	lane  *Lane
	held  []string
	trace *[]string
}

func newTeller(v *Virtual, trace *[]string) *teller {
	t := &teller{trace: trace}
	t.lane = newLane(v, func() {
		*t.trace = append(*t.trace, t.held[0])
		t.held = t.held[1:]
	})
	return t
}

func (t *teller) tell(text string) {
	if t.lane.Hold() {
		t.held = append(t.held, text)
		return
	}
	*t.trace = append(*t.trace, text)
}

// together runs rounds of the same work for several workers, each round after
// the last, and returns what was told in which order. A worker is on a lane
// where onLane says so.
func together(work [][]nap, rounds int, onLane func(i int) bool) (trace []string, steps uint64, err error) {
	v := NewVirtual()
	tellers := make([]*teller, len(work))
	for i := range work {
		tellers[i] = newTeller(v, &trace)
	}
	v.Start(func() {
		for round := range rounds {
			g := v.Group()
			for i, naps := range work {
				do := func(c Clock) func() {
					return func() {
						perform(c, naps, func(text string) {
							tellers[i].tell(fmt.Sprintf("round %d, worker %d: %s", round, i, text))
						})
					}
				}
				if onLane(i) {
					tellers[i].lane.Go(g, do(tellers[i].lane))
				} else {
					g.Go(do(v))
				}
			}
			if g.Wait(bg) != nil {
				return
			}
			trace = append(trace, fmt.Sprint("round over at ", v.Now()))
			_ = v.Sleep(bg, 3)
		}
	})
	err = v.Run(bg)
	return trace, v.Steps(), err
}

// Times are small, so that many coincide.
func TestWorkOnLanesIsToldInTheOrderOfTasks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		one := rapid.Custom(func(t *rapid.T) nap {
			n := nap{d: time.Duration(rapid.IntRange(0, 4).Draw(t, "d")), limit: never}
			if rapid.Bool().Draw(t, "limited") {
				n.limit = time.Duration(rapid.IntRange(0, 4).Draw(t, "limit"))
			}
			return n
		})
		work := rapid.SliceOfN(rapid.SliceOfN(one, 0, 5), 1, 6).Draw(t, "work")
		mask := rapid.IntRange(1, 1<<len(work)-1).Draw(t, "lanes")
		want, wantSteps, err := together(work, 3, func(int) bool { return false })
		if err != nil {
			t.Fatal(err)
		}
		got, steps, err := together(work, 3, func(i int) bool { return mask&(1<<i) != 0 })
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got, want) || steps != wantSteps {
			t.Fatalf("got %d steps\n%q\nwant %d\n%q", steps, got, wantSteps, want)
		}
	})
}

// onLane runs fn on a lane in a group of its own and waits for it.
func onLane(t *testing.T, fn func(v *Virtual, l *Lane)) {
	t.Helper()
	is(t, inTask(t, func(v *Virtual) {
		l := newLane(v, func() {})
		g := v.Group()
		l.Go(g, func() { fn(v, l) })
		is(t, g.Wait(bg), nil)
	}), nil)
}

func TestOnALaneOnlyItsOwnTimeIsAhead(t *testing.T) {
	onLane(t, func(v *Virtual, l *Lane) {
		if l.Hold() {
			t.Error("something is held back that happens now")
		}
		is(t, l.Sleep(bg, time.Hour), nil)
		at(t, l, time.Hour)
		at(t, v, 0)
		if !l.Hold() {
			t.Error("something is told an hour too early")
		}
	})
}

func TestALaneIsTheClockWhileItDoesNotRun(t *testing.T) {
	is(t, inTask(t, func(v *Virtual) {
		l := newLane(v, func() { t.Error("told of nothing") })
		ctx, cancel := l.WithTimeout(bg, time.Second)
		defer cancel()
		is(t, l.Sleep(ctx, time.Minute), context.DeadlineExceeded)
		at(t, v, time.Second)
		at(t, l, time.Second)
		g := l.Group()
		g.Go(func() { _ = l.Sleep(bg, time.Second) })
		is(t, g.Wait(bg), nil)
		at(t, l, 2*time.Second)
		if l.Hold() {
			t.Error("held back, and nothing is ahead")
		}
	}), nil)
}

func TestTheContextsOfALane(t *testing.T) {
	onLane(t, func(v *Virtual, l *Lane) {
		type key struct{}
		outer, cancelOuter := l.WithTimeout(context.WithValue(bg, key{}, "kept"), 2*time.Second)
		inner, cancelInner := l.WithTimeout(outer, time.Minute)
		if inner.Value(key{}) != "kept" {
			t.Error("the parent's value is lost")
		}
		derived, cancel := context.WithCancel(inner)
		if closed(inner) {
			t.Error("ended before its time")
		}
		other, cancelOther := context.WithCancel(inner)
		cancelOther() // unregisters
		is(t, other.Err(), context.Canceled)
		is(t, l.Sleep(derived, time.Hour), context.DeadlineExceeded) // found through what is derived
		is(t, derived.Err(), context.DeadlineExceeded)               // and told
		at(t, l, 2*time.Second)
		if !closed(inner) {
			t.Error("not ended at its time")
		}
		is(t, inner.Err(), context.DeadlineExceeded)
		is(t, l.Sleep(inner, 0), nil) // the tie
		is(t, l.Sleep(inner, 1), context.DeadlineExceeded)
		cancel()
		cancelInner()
		cancelOuter()
		is(t, outer.Err(), context.DeadlineExceeded) // the first end stays

		first, cancelFirst := l.WithTimeout(bg, time.Second)
		cancelFirst()
		again, cancelAgain := l.WithTimeout(bg, time.Second)
		if again != first {
			t.Error("a context that was done with is not used again")
		}
		is(t, again.Err(), nil)
		cancelAgain()
		is(t, again.Err(), context.Canceled)

		late, cancelLate := l.WithTimeout(bg, time.Second)
		cancelLate()
		if !closed(late) {
			t.Error("Done is first asked for after the end, and open")
		}
		is(t, l.Sleep(late, time.Second), context.Canceled)

		watched, cancelWatched := l.WithTimeout(bg, time.Second)
		done := watched.Done()
		cancelWatched()
		<-done
		if other, cancel := l.WithTimeout(bg, time.Second); other == watched {
			t.Error("a context whose channel is known is used again")
		} else {
			cancel()
		}
	})
}

func TestALaneHonoursADeadlineOfItsClock(t *testing.T) {
	is(t, inTask(t, func(v *Virtual) {
		ctx, cancel := v.WithTimeout(bg, 2*time.Second)
		defer cancel()
		l, g := newLane(v, func() {}), v.Group()
		l.Go(g, func() {
			is(t, l.Sleep(ctx, time.Minute), context.DeadlineExceeded)
			at(t, l, 2*time.Second)
		})
		is(t, g.Wait(bg), nil)
		at(t, v, 2*time.Second)
	}), nil)
}

func TestAPanicOnALaneIsRaisedAtItsTime(t *testing.T) {
	is(t, inTask(t, func(v *Virtual) {
		l, g := newLane(v, func() {}), v.Group()
		for range 2 { // and the lane can be used again
			start := v.Now()
			l.Go(g, func() {
				_ = l.Sleep(bg, time.Second)
				panic("sensor on fire")
			})
			p := raised(t, func() { _ = g.Wait(bg) })
			if p == nil || p.Value != "sensor on fire" {
				t.Errorf("raised %v", p)
			}
			at(t, v, start+time.Second)
		}
	}), nil)
}

func TestAGoexitOnALaneCountsAsEnded(t *testing.T) {
	is(t, inTask(t, func(v *Virtual) {
		l, g := newLane(v, func() {}), v.Group()
		for i := range 3 {
			l.Go(g, func() {
				_ = l.Sleep(bg, time.Second)
				runtime.Goexit()
			})
			is(t, g.Wait(bg), nil)
			at(t, v, time.Duration(i+1)*time.Second)
		}
	}), nil)
}

func TestWhatALaneMayNotDo(t *testing.T) {
	for name, misuse := range map[string]func(v *Virtual, l *Lane){
		"start a task":          func(_ *Virtual, l *Lane) { l.Group() },
		"run twice":             func(v *Virtual, l *Lane) { l.Go(v.Group(), func() {}) },
		"run for another clock": func(v *Virtual, _ *Lane) { newLane(v, nil).Go(NewVirtual().Group(), func() {}) },
		"wait as a task":        func(v *Virtual, _ *Lane) { _ = v.Sleep(bg, 1) },
	} {
		t.Run(name, func(t *testing.T) {
			onLane(t, func(v *Virtual, l *Lane) {
				defer func() {
					if recover() == nil {
						t.Error("it may")
					}
				}()
				misuse(v, l)
			})
		})
	}
}

func TestStopDropsWhatALaneHasAhead(t *testing.T) {
	v := NewVirtual()
	var told []time.Duration
	l := newLane(v, func() { told = append(told, v.Now()) })
	late := newLane(v, func() {})
	g := v.Group()
	v.Start(func() {
		l.Go(g, func() {
			for l.Sleep(bg, time.Second) == nil && l.Now() < time.Minute {
				l.Hold()
			}
		})
		_ = v.Sleep(bg, 2500*time.Millisecond)
		late.Go(g, func() { is(t, late.Sleep(bg, time.Second), ErrStopped) })
		v.Stop()
	})
	is(t, v.Run(bg), ErrStopped)
	if !slices.Equal(told, []time.Duration{time.Second, 2 * time.Second}) {
		t.Errorf("told at %v", told)
	}
	at(t, v, 2500*time.Millisecond)
	late.Go(g, func() { t.Error("a lane runs on a clock that was unwound") })
}

// What is told may end the goroutine that tells, as a test's FailNow does.
func TestWhatALaneTellsIsToldOnceThoughTheTellingEndsItsGoroutine(t *testing.T) {
	is(t, inTask(t, func(v *Virtual) {
		var told []int
		l := newLane(v, func() {
			told = append(told, len(told))
			if len(told)%2 == 1 {
				runtime.Goexit()
			}
		})
		g := v.Group()
		l.Go(g, func() {
			for range 2 {
				_ = l.Sleep(bg, time.Second)
				l.Hold()
				l.Hold()
			}
		})
		is(t, g.Wait(bg), nil)
		at(t, v, 2*time.Second)
		if !slices.Equal(told, []int{0, 1, 2, 3}) {
			t.Errorf("told %v", told)
		}
	}), nil)
}

func TestALaneThatSleepsMoreOftenThanMostIsToldTheSame(t *testing.T) {
	is(t, inTask(t, func(v *Virtual) {
		var told []time.Duration
		l := newLane(v, func() { told = append(told, v.Now()) })
		g := v.Group()
		for range 2 {
			told = nil
			start := v.Now()
			l.Go(g, func() {
				for range 3 * len(l.few) {
					_ = l.Sleep(bg, time.Second)
					l.Hold()
				}
			})
			is(t, g.Wait(bg), nil)
			for i, at := range told {
				if at != start+time.Duration(i+1)*time.Second {
					t.Errorf("told at %v", told)
				}
			}
			if len(told) != 3*len(l.few) {
				t.Errorf("told %d times", len(told))
			}
		}
	}), nil)
}
