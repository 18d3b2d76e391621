package engine_test

import (
	"slices"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"resiltui/internal/engine"
	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/clock"
	"resiltui/internal/engine/event"
	"resiltui/internal/sensors"
	"resiltui/internal/sensors/fault"
)

func TestEveryEndpointHasAScheduleOfItsOwn(t *testing.T) {
	config := realRun(
		member("a", layers(), answers(20*ms)),
		every(member("b", layers(), answers(20*ms)), 300*ms),
		every(member("c", layers(), answers(20*ms)), 4*time.Second))
	onWall(t, config, func(t *testing.T, l *live) {
		time.Sleep(3100 * ms)
		for i, want := range [][]time.Duration{steps(0, time.Second, 4), steps(20*ms, 300*ms, 11), {40 * ms}} {
			if got := l.starts(i); !slices.Equal(got, want) {
				t.Errorf("endpoint %d is read at %v", i, got)
			}
		}
		run := l.of(event.RunStarted)[0].Run
		if run.Virtual || run.Naive || run.Sensors[0].Interval != time.Second || run.Sensors[1].Interval != 300*ms {
			t.Errorf("%+v", run)
		}
		for _, e := range l.of(event.CallEnded) {
			if e.Batch != int(e.Call.Number) || e.Call.HasTruth {
				t.Errorf("call %d is told as batch %d, truth %v", e.Call.Number, e.Batch, e.Call.HasTruth)
			}
		}
	})
}

func TestManyEndpointsAreNotReadAllAtOnce(t *testing.T) {
	const n = 200
	var members []engine.Member
	for i := range n {
		members = append(members, member(strconv.Itoa(i), layers(), answers(ms)))
	}
	onWall(t, realRun(members...), func(t *testing.T, l *live) {
		spread := func(when string, k int, from time.Duration) {
			t.Helper()
			for i := range n {
				if got, want := l.starts(i)[k], from+time.Duration(i)*5*ms; got != want {
					t.Fatalf("%s: endpoint %d is read at %v, not at %v", when, i, got, want)
				}
			}
		}
		time.Sleep(1999 * ms)
		spread("at the start", 0, 0)
		spread("an interval later", 1, time.Second)
		l.do(event.Command{Op: event.Pause})
		time.Sleep(time.Minute)
		l.do(event.Command{Op: event.Pause})
		l.do(event.Command{Op: event.Toggle})
		time.Sleep(999 * ms)
		spread("after a pause", 2, time.Minute+1999*ms)
	})
}

// With few of them it is not seen, and the last of them waits for no long interval.
func TestFewEndpointsAreReadShortlyAfterAnother(t *testing.T) {
	config := realRun(member("a", layers(), answers(ms)), member("b", layers(), answers(ms)), every(member("c", layers(), answers(ms)), time.Hour))
	onWall(t, config, func(t *testing.T, l *live) {
		time.Sleep(100 * ms)
		for i := range 3 {
			if got := l.starts(i); len(got) != 1 || got[0] != time.Duration(i)*20*ms {
				t.Errorf("endpoint %d is read at %v", i, got)
			}
		}
	})
}

func TestARealRunHasItsDatesInTheZoneThatIsAskedFor(t *testing.T) {
	for _, utc := range []bool{true, false} {
		config := realRun(member("a", layers(), answers(ms)))
		config.UTC = utc
		onWall(t, config, func(t *testing.T, l *live) {
			start := l.of(event.RunStarted)[0].Run.Start
			if inUTC := start.Location() == time.UTC; inUTC != utc || start.IsZero() {
				t.Errorf("UTC %t: it starts at %v in %v", utc, start, start.Location())
			}
		})
	}
}

func TestASlowEndpointDoesNotHoldTheOthersUp(t *testing.T) {
	p := layers()
	p.Timeout = 10 * time.Second
	config := realRun(member("slow", p, answers(2500*ms)), member("quick", p, answers(20*ms)))
	onWall(t, config, func(t *testing.T, l *live) {
		time.Sleep(10100 * ms)
		if got := l.starts(1); !slices.Equal(got, steps(20*ms, time.Second, 11)) {
			t.Errorf("the quick one is read at %v", got)
		}
		// While it answers it misses two of its times, and keeps to the others.
		if got := l.starts(0); !slices.Equal(got, steps(0, 3*time.Second, 3)) {
			t.Errorf("the slow one is read at %v", got)
		}
		for _, c := range slices.Concat(l.calls(0), l.calls(1)) {
			if want := int(c.Took / time.Second); c.Missed != want {
				t.Errorf("a call of %v missed %d", c.Took, c.Missed)
			}
		}
	})
}

func TestACallThatTakesExactlyItsIntervalMissesNone(t *testing.T) {
	p := layers()
	p.Timeout = 10 * time.Second
	onWall(t, realRun(member("a", p, answers(time.Second)), every(member("b", p, answers(4*time.Second)), 2*time.Second)), func(t *testing.T, l *live) {
		time.Sleep(9500 * ms)
		if got := l.starts(0); !slices.Equal(got, steps(0, time.Second, 9)) || l.calls(0)[5].Missed != 0 {
			t.Errorf("it is read at %v, missed %d", got, l.calls(0)[5].Missed)
		}
		if got := l.starts(1); !slices.Equal(got, steps(20*ms, 4*time.Second, 2)) || l.calls(1)[1].Missed != 1 {
			t.Errorf("one that takes two intervals is read at %v, missed %d", got, l.calls(1)[1].Missed)
		}
	})
}

// Nobody is late because the run was paused.
func TestAPauseMissesNoCalls(t *testing.T) {
	onWall(t, realRun(member("a", layers(), answers(20*ms))), func(t *testing.T, l *live) {
		time.Sleep(500 * ms)
		l.do(event.Command{Op: event.Pause})
		time.Sleep(time.Minute + 700*ms)
		l.do(event.Command{Op: event.Resume})
		time.Sleep(1500 * ms)
		from := time.Minute + 1200*ms
		if got := l.starts(0); !slices.Equal(got, append([]time.Duration{0}, steps(from, time.Second, 2)...)) {
			t.Errorf("it is read at %v", got)
		}
		for _, c := range l.calls(0) {
			if c.Missed != 0 {
				t.Errorf("the call at %v missed %d", c.Start, c.Missed)
			}
		}
	})
}

func TestASensorThatIgnoresItsContextHoldsNobodyUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		released := make(chan struct{})
		l := startLive(t, realRun(member("deaf", layers(), deaf(released)), member("quick", layers(), answers(20*ms))), 1)
		time.Sleep(9300 * ms)
		if got := l.starts(1); !slices.Equal(got, steps(20*ms, time.Second, 10)) {
			t.Errorf("the quick one is read at %v", got)
		}
		calls := l.calls(0)
		if len(calls) < 5 || calls[0].Took != 900*ms+3*grace || calls[0].Err != "no answer within 250 ms" {
			t.Fatalf("%+v", calls)
		}
		if len(transitions(l.recorder, 0, breaker.Open)) != 1 {
			t.Error("its timeouts do not trip the breaker")
		}
		if err := l.stop(); err != nil {
			t.Error(err)
		}
		close(released)
	})
}

func TestCancelEndsEveryGoroutineOfARealRun(t *testing.T) {
	p := layers()
	p.Timeout = 0
	// The bubble of synctest would not end if any of them stayed.
	config := realRun(
		member("hangs", p, answers(24*time.Hour)),
		member("waits for its time", p, answers(20*ms)),
		member("waits for its retry", p, failing))
	onWall(t, config, func(t *testing.T, l *live) {
		time.Sleep(70 * ms)
		n := len(l.all())
		if err := l.stop(); err != nil {
			t.Error(err)
		}
		l.done <- nil
		if len(l.all()) != n {
			t.Errorf("%d events after the cancel", len(l.all())-n)
		}
	})
}

func TestPauseStopsTheReadingOfEndpoints(t *testing.T) {
	onWall(t, realRun(member("a", layers(), answers(20*ms))), func(t *testing.T, l *live) {
		time.Sleep(1500 * ms)
		l.do(event.Command{Op: event.Pause})
		l.do(event.Command{Op: event.Pause})
		time.Sleep(time.Hour)
		if n := len(l.calls(0)); n != 2 {
			t.Errorf("%d calls", n)
		}
		if paused, _ := l.paceNow(); !paused || l.session.Now() != time.Hour+1500*ms {
			t.Errorf("paused is %v, now is %v", paused, l.session.Now())
		}
		l.do(event.Command{Op: event.Toggle})
		time.Sleep(1100 * ms)
		if got, from := l.starts(0), time.Hour+1500*ms; !slices.Equal(got[2:], steps(from, time.Second, 2)) {
			t.Errorf("it is read at %v", got)
		}
	})
}

func TestAPausedRealRunCanBeCancelled(t *testing.T) {
	onWall(t, realRun(member("a", layers(), answers(20*ms))), func(t *testing.T, l *live) {
		l.do(event.Command{Op: event.Pause})
		time.Sleep(2 * time.Second) // it waits at the gate now
	})
}

// There is no virtual time to step or to speed up.
func TestStepAndSpeedMeanNothingInARealRun(t *testing.T) {
	onWall(t, realRun(member("a", layers(), answers(20*ms))), func(t *testing.T, l *live) {
		for _, op := range []event.Op{event.Step, event.RunOn, event.SetSpeed} {
			l.do(event.Command{Op: op, Speed: 4})
		}
		time.Sleep(2100 * ms)
		if len(texts(l.all())) != 0 || len(l.of(event.CommandTaken)) != 0 || len(l.calls(0)) != 3 {
			t.Errorf("%q, %d calls", texts(l.all()), len(l.calls(0)))
		}
	})
}

func TestCommandsTakeEffectAtOnceInARealRun(t *testing.T) {
	onWall(t, realRun(member("a", layers(), answers(20*ms)), member("b", layers(), answers(20*ms))), func(t *testing.T, l *live) {
		time.Sleep(1500 * ms)
		l.do(event.Command{Op: event.Inject, Sensors: []int{0}, Fault: lasting(fault.Crash, 300*ms)})
		l.do(event.Command{Op: event.ToggleForced, Sensors: []int{1}})
		began, forced := l.of(event.FaultBegan)[0], transitions(l.recorder, 1, breaker.ForcedOpen)
		if began.At != 1500*ms || began.Batch != 3 || len(forced) != 1 || forced[0].At != 1500*ms || forced[0].Batch != 3 {
			t.Errorf("%+v, %+v", began, forced)
		}
		// The crash is over, though nobody was read meanwhile. Another takes its
		// place, and both are told.
		time.Sleep(400 * ms)
		l.do(event.Command{Op: event.Inject, Sensors: []int{0}, Fault: lasting(fault.Crash, 0)})
		l.do(event.Command{Op: event.Inject, Sensors: []int{7}, Fault: lasting(fault.Crash, 0)})
		want := []string{
			"batch 3 S0 you: crash begins",
			"batch 3 S0 its time was over: crash ended after 300ms",
			"batch 3 S0 you: crash begins",
			"batch 0 S0 you: crash ended after 1s",
		}
		time.Sleep(time.Second)
		l.do(event.Command{Op: event.Recover})
		if got := faultsOf(l.all()); !slices.Equal(got, want) {
			t.Errorf("%q", got)
		}
		if c := l.calls(0)[2]; c.Err != "connection refused" || !c.Faulted {
			t.Errorf("%+v", c)
		}
		if n := l.snapshot().Faults; n != 0 {
			t.Errorf("the aggregator counts %d faults", n)
		}
	})
}

// In a real run too a fault's time to live is told when its sensor is next read.
func TestAFaultOfARealRunEndsWithItsTimeToLive(t *testing.T) {
	onWall(t, realRun(member("a", layers(), answers(20*ms))), func(t *testing.T, l *live) {
		time.Sleep(500 * ms)
		l.do(event.Command{Op: event.Inject, Fault: lasting(fault.Crash, 900*ms)})
		time.Sleep(2 * time.Second)
		want := []string{"batch 0 S0 you: crash begins", "batch 3 S0 its time was over: crash ended after 900ms"}
		if got := faultsOf(l.all()); !slices.Equal(got, want) {
			t.Errorf("%q", got)
		}
	})
}

func TestARealRunMayEndAfterSoManyCalls(t *testing.T) {
	config := realRun(member("a", layers(), answers(20*ms)), every(member("b", layers(), answers(20*ms)), 5*time.Second))
	config.Batches = 3
	synctest.Test(t, func(t *testing.T) {
		r := newRecorder()
		if err := newSession(t, r, config, engine.Options{}).Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		if a, b := len(r.calls(0)), len(r.calls(1)); a != 3 || b != 3 {
			t.Errorf("%d and %d calls", a, b)
		}
		events := r.all()
		if end := events[len(events)-1]; end.Kind != event.RunEnded {
			t.Errorf("the last event is %v", end.Kind)
		}
	})
}

func TestARealRunRestarts(t *testing.T) {
	onWall(t, realRun(member("a", layers(), answers(20*ms))), func(t *testing.T, l *live) {
		time.Sleep(2500 * ms)
		l.do(event.Command{Op: event.Restart, Seed: 9})
		time.Sleep(500 * ms)
		parts := runs(l.all())
		if len(parts) != 2 || parts[1][0].Run.Seed != 9 || l.session.Now() != 500*ms {
			t.Errorf("%d runs, now is %v", len(parts), l.session.Now())
		}
	})
}

// More commands than a keyboard can give, before anybody takes them.
func TestAFullInboxDropsCommandsAndBlocksNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRecorder()
		s := newSession(t, r, realRun(member("a", layers(), answers(20*ms))), engine.Options{Paced: true})
		r.on = func(e *event.Event) {
			if e.Kind == event.RunStarted {
				for range 2 * engine.InboxSize {
					s.Do(event.Command{Op: event.ResetBreaker})
				}
			}
		}
		l := goLive(t, r, s)
		if n := len(l.of(event.StateChanged)); n != engine.InboxSize {
			t.Errorf("%d commands were taken", n)
		}
		if err := l.stop(); err != nil {
			t.Error(err)
		}
	})
}

// Real sensors are on the wall clock, all others on the virtual one.
func TestClocksOfBothKindsAreGivenToSensors(t *testing.T) {
	for _, isReal := range []bool{true, false} {
		var got clock.Clock
		m := member("a", layers(), answers(20*ms))
		inner := m.New
		m.New = func(seed uint64, clk clock.Clock) (sensors.Sensor, error) {
			got = clk
			return inner(seed, clk)
		}
		config := realRun(m)
		config.Real, config.Batches = isReal, 1
		synctest.Test(t, func(t *testing.T) { play(t, config) })
		if _, wall := got.(*clock.Wall); wall != isReal {
			t.Errorf("real %v, but the clock is a %T", isReal, got)
		}
	}
}
