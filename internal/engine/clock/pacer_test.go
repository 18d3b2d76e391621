package clock

import (
	"context"
	"math"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

// paced is a Pacer under test, with the real times at which its clock's tasks
// were woken. It lives in a bubble, so real time is exact.
type paced struct {
	*Pacer
	t     *testing.T
	clock *Virtual
	start time.Time
	woken []time.Duration // real times since start
	over  chan error
	stop  func()
}

// pace runs test in a bubble beside a Pacer whose clock wakes a task every
// 100 ms of virtual time, n times.
func pace(t *testing.T, opts PacerOptions, n int, test func(p *paced)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		v := NewVirtual()
		p := &paced{Pacer: NewPacer(v, opts), t: t, clock: v, start: time.Now(), over: make(chan error, 1)}
		v.Start(func() {
			for range n {
				if v.Sleep(bg, 100*time.Millisecond) != nil {
					return
				}
				p.woken = append(p.woken, time.Since(p.start))
			}
		})
		ctx, cancel := context.WithCancel(t.Context())
		p.stop = cancel
		defer cancel()
		go func() { p.over <- p.Run(ctx) }()
		synctest.Wait()
		test(p)
	})
}

// finish waits for the end of the run.
func (p *paced) finish(want error) {
	p.t.Helper()
	if err := <-p.over; err != want {
		p.t.Errorf("Run: %v, want %v", err, want)
	}
	if !p.ended || p.clock.Tasks() != 0 {
		p.t.Errorf("%d tasks are left", p.clock.Tasks())
	}
}

func (p *paced) shows(now time.Duration, paused bool, speed float64) {
	p.t.Helper()
	synctest.Wait()
	if got, want := p.State(), (PacerState{now, paused, speed}); got != want {
		p.t.Errorf("after %v: State = %+v, want %+v", time.Since(p.start), got, want)
	}
}

// wokenAt checks the real times of the wake-ups, in milliseconds.
func (p *paced) wokenAt(ms ...float64) {
	p.t.Helper()
	synctest.Wait()
	got := make([]float64, len(p.woken))
	for i, d := range p.woken {
		got[i] = float64(d) / float64(time.Millisecond)
	}
	if !slices.Equal(got, ms) {
		p.t.Errorf("woken at %v ms, want %v", got, ms)
	}
}

const ms = time.Millisecond

func TestAPacerKeepsItsSpeed(t *testing.T) {
	for _, tc := range []struct {
		speed float64
		want  []float64
	}{
		{0, []float64{100, 200, 300, 400}}, // 0 means 1
		{1, []float64{100, 200, 300, 400}},
		{4, []float64{25, 50, 75, 100}},
		{0.25, []float64{400, 800, 1200, 1600}},
		{0.01, []float64{400, 800, 1200, 1600}},
		{1000, []float64{1.5625, 3.125, 4.6875, 6.25}},
	} {
		pace(t, PacerOptions{Speed: tc.speed}, 4, func(p *paced) {
			p.finish(nil)
			p.wokenAt(tc.want...)
			p.shows(400*ms, false, p.speed)
		})
	}
}

func TestStateMovesSmoothlyBetweenTheWakeUps(t *testing.T) {
	pace(t, PacerOptions{Speed: 2}, 3, func(p *paced) {
		for range 6 {
			time.Sleep(20 * ms)
			p.shows(2*time.Since(p.start), false, 2)
		}
		at(t, p.clock, 200*ms)
		p.finish(nil)
	})
}

func TestAPausedPacerStandsStillAndResumesWhereItWas(t *testing.T) {
	pace(t, PacerOptions{}, 3, func(p *paced) {
		time.Sleep(130 * ms)
		p.Pause()
		p.shows(130*ms, true, 1)
		time.Sleep(time.Hour)
		p.shows(130*ms, true, 1)
		p.Resume()
		p.shows(130*ms, false, 1)
		time.Sleep(20 * ms)
		p.shows(150*ms, false, 1)
		p.finish(nil)
		hour := float64(time.Hour / ms)
		p.wokenAt(100, hour+200, hour+300)
	})
}

func TestAPacerMayBeginPaused(t *testing.T) {
	pace(t, PacerOptions{Paused: true}, 1, func(p *paced) {
		time.Sleep(time.Second)
		p.shows(0, true, 1)
		p.SetSpeed(4)
		p.Resume()
		p.finish(nil)
		p.wokenAt(1025)
	})
}

func TestAChangeOfSpeedDoesNotChangeThePast(t *testing.T) {
	pace(t, PacerOptions{}, 2, func(p *paced) {
		time.Sleep(50 * ms)
		p.SetSpeed(0.5)
		p.SetSpeed(math.NaN()) // ignored
		p.shows(50*ms, false, 0.5)
		time.Sleep(20 * ms)
		p.shows(60*ms, false, 0.5)
		time.Sleep(80 * ms) // at 100 ms, which took 150
		p.SetSpeed(math.Inf(1))
		p.shows(100*ms, false, MaxSpeed)
		p.finish(nil)
		p.wokenAt(150, 151.5625)
	})
}

func TestDoRunsInOrderBetweenStepsAlsoWhilePaused(t *testing.T) {
	pace(t, PacerOptions{}, 2, func(p *paced) {
		var got []int
		time.Sleep(150 * ms)
		p.Pause()
		for i := range 5 {
			p.Do(func() {
				got = append(got, i)
				at(t, p.clock, 100*ms) // the last step, not the shown time
				if i == 0 {
					p.Do(func() { got = append(got, 99) }) // must not lock up
				}
			})
		}
		synctest.Wait()
		// 99 comes after what was asked for before it, which may be any number.
		inOrder := slices.DeleteFunc(slices.Clone(got), func(n int) bool { return n == 99 })
		if !slices.Equal(inOrder, []int{0, 1, 2, 3, 4}) || slices.Index(got, 99) < 1 || len(got) != 6 {
			t.Errorf("done: %v", got)
		}
		p.Do(func() {
			p.clock.Start(func() {
				_ = p.clock.Sleep(bg, 150*ms)
				got = append(got, int(p.clock.Now()/ms))
			})
		})
		synctest.Wait()
		p.Resume()
		p.finish(nil)
		if got[len(got)-1] != 250 {
			t.Errorf("the task that Do started ended at %v ms, want 250", got[len(got)-1])
		}
		p.Do(func() { t.Error("done after the end") })
		p.Pause()
		p.Resume()
		p.RunUntil(nil, time.Hour)
		p.shows(250*ms, false, 1)
	})
}

func TestDoBeforeRunWaitsForIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := NewVirtual()
		p := NewPacer(v, PacerOptions{})
		started := false
		p.Do(func() { v.Start(func() { started = true }) })
		if p.State() != (PacerState{Speed: 1}) {
			t.Errorf("State = %+v", p.State())
		}
		is(t, p.Run(t.Context()), nil)
		if !started {
			t.Error("the task was not run")
		}
	})
}

func TestRunUntilRunsAtOnceAndThenPauses(t *testing.T) {
	pace(t, PacerOptions{}, 1000, func(p *paced) {
		time.Sleep(150 * ms)
		asked := 0
		p.RunUntil(func() bool { asked++; return p.clock.Now() >= 2*time.Second }, time.Hour)
		p.shows(2*time.Second, true, 1)
		if asked != 19 {
			t.Errorf("stop was asked %d times, want once an instant: 19", asked)
		}
		if took := time.Since(p.start); took != 150*ms {
			t.Errorf("it took %v of real time", took-150*ms)
		}
		p.RunUntil(nil, 250*ms) // until between two wake-ups
		p.shows(2250*ms, true, 1)
		at(t, p.clock, 2250*ms)
		p.RunUntil(nil, 0)
		p.shows(2250*ms, true, 1)
		p.Resume()
		time.Sleep(50 * ms)
		p.shows(2300*ms, false, 1)
		p.RunUntil(nil, time.Hour) // past the last task
		p.finish(nil)
		at(t, p.clock, 100*time.Second)
	})
}

func TestRunUntilCanBeInterrupted(t *testing.T) {
	const forever = math.MaxInt
	for name, tc := range map[string]struct {
		interrupt func(p *paced)
		want      error
	}{
		"by a Do":      {func(p *paced) { p.Do(p.Pause) }, nil},
		"by Pause":     {func(p *paced) { p.Pause() }, nil},
		"by another":   {func(p *paced) { p.RunUntil(nil, 10*time.Second) }, nil},
		"by a context": {func(p *paced) { p.stop() }, context.Canceled},
		"by Stop":      {func(p *paced) { p.clock.Stop() }, ErrStopped},
	} {
		t.Run(name, func(t *testing.T) {
			pace(t, PacerOptions{}, forever, func(p *paced) {
				steps := 0
				p.RunUntil(func() bool {
					if steps++; steps == 5000 {
						tc.interrupt(p)
					}
					return steps > 20000
				}, never)
				synctest.Wait()
				if steps < 5000 || steps > 6000 {
					t.Errorf("it ran for %d steps, want 5000 and at most 1000 more", steps)
				}
				p.stop()
				if tc.want == nil {
					tc.want = context.Canceled
				}
				p.finish(tc.want)
			})
		})
	}
}

func TestAProcessThatWasStoppedDoesNotRaceToCatchUp(t *testing.T) {
	for _, tc := range []struct {
		name string
		gap  time.Duration
		want []float64
	}{
		// Held up from 150 on. The next was due at 200.
		{"a short lag is caught up", 240 * ms, []float64{100, 390, 390, 400, 500}},
		{"a long one is forgiven", 10 * time.Second, []float64{100, 10150, 10250, 10350, 10450}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			pace(t, PacerOptions{}, 5, func(p *paced) {
				time.Sleep(150 * ms)
				p.Do(func() { time.Sleep(tc.gap) })
				p.shows(150*ms, false, 1)
				time.Sleep(60 * ms)
				p.shows(200*ms, false, 1) // not past a wake-up that is not done
				p.finish(nil)
				p.wokenAt(tc.want...)
			})
		})
	}
}

func TestShownTimeNeverGoesBack(t *testing.T) {
	pace(t, PacerOptions{Speed: 3}, 40, func(p *paced) {
		last, changes := time.Duration(0), []func(){
			p.Pause, p.Resume, func() { p.SetSpeed(0.3) }, func() { p.Do(func() { p.clock.Start(func() {}) }) },
			func() { p.RunUntil(nil, 33*ms) }, p.Resume, func() { p.SetSpeed(7) }, func() { p.Do(func() { time.Sleep(400 * ms) }) },
		}
		for i := 0; i < 400; i++ {
			time.Sleep(3 * ms)
			s := p.State()
			if s.Now < last || s.Now < p.clock.Now() {
				t.Fatalf("shown %v after %v, with the clock at %v", s.Now, last, p.clock.Now())
			}
			last = s.Now
			if i%11 == 0 {
				changes[i/11%len(changes)]()
			}
		}
		p.Resume()
		p.finish(nil)
	})
}

func TestPacingDoesNotChangeWhatHappens(t *testing.T) {
	roots := []program{
		{{kind: opSpawn, limit: never, child: program{{d: 3, limit: 2}, {d: 1, limit: never}}}, {d: 2, limit: never}, {kind: opWait, limit: 1}},
		{{d: 2, limit: never}, {kind: opGoexit}},
		{{d: 1, limit: never}, {d: 1, limit: 5}, {d: 4, limit: never}},
	}
	want, err := onVirtual(roots, func(v *Virtual) error { return v.Run(bg) })
	if err != nil {
		t.Fatal(err)
	}
	for _, speed := range []float64{0.25, 1, 64} {
		synctest.Test(t, func(t *testing.T) {
			got, err := onVirtual(roots, func(v *Virtual) error {
				p := NewPacer(v, PacerOptions{Speed: speed})
				p.RunUntil(nil, 1)
				time.AfterFunc(time.Second, p.Resume)
				return p.Run(t.Context())
			})
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("at ×%v: %v\n%q\nwant\n%q", speed, err, got, want)
			}
		})
	}
}
