package engine_test

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"resiltui/internal/engine"
	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/clock"
	"resiltui/internal/engine/event"
	"resiltui/internal/sensors"
	"resiltui/internal/stats"
)

// Own refusals are no failures: however many there are, it recovers.
func TestBugF7RefusedCallsAreNotFailures(t *testing.T) {
	b := newBench(t, layers(), badCalls(5+10_000, good(1)))
	b.read(t, 5)
	before := b.client.Breaker().Snapshot()
	b.read(t, 10_000)
	after := b.client.Breaker().Snapshot()
	if after.Metrics.FailureCalls != 5 || after.Metrics.FastFailCount != 10_000 || after.ProbeAt != before.ProbeAt || after.Opens != 1 {
		t.Errorf("%+v", after)
	}
	b.sleep(t, 3*time.Second)
	if calls := b.read(t, 3); calls[1].Circuit.State != breaker.Closed || calls[2].Result != event.Live {
		t.Errorf("it does not recover: %+v", calls)
	}
}

func TestBugG1TheCallersOwnCancelIsNeutral(t *testing.T) {
	b := newBench(t, layers(), byCall(bad("bad frame")))
	b.run(t, func(ctx context.Context) {
		for _, d := range []time.Duration{20 * ms, 70 * ms, 120 * ms, 20 * ms, 20 * ms, 20 * ms} { // in reads and in waits
			b.leaveAfter(ctx, t, d)
		}
	})
	s := b.client.Breaker().Snapshot()
	if s.Metrics.IgnoredCalls != 6 || s.Metrics.FailureCalls != 0 || s.State != breaker.Closed || s.Failures != 0 {
		t.Errorf("%+v", s)
	}
	if n := len(b.of(event.CallEnded)); n != 0 {
		t.Errorf("%d calls are told that nobody waited for", n)
	}
}

// Whatever the sensor makes of it: an error of its own after the cancel is no
// failure either, and neither is the answer to a caller who had gone before.
func TestBugG1AnErrorAfterTheCancelIsNeutral(t *testing.T) {
	b := newBench(t, layers(), byCall(good(1)))
	b.sensor.read = func(ctx context.Context, clk clock.Clock, _ sensors.Request) (sensors.Reading, error) {
		_ = clk.Sleep(ctx, 50*ms)
		return sensors.Reading{}, errOdd
	}
	b.run(t, func(ctx context.Context) {
		b.leaveAfter(ctx, t, 20*ms)
		gone, cancel := context.WithCancel(ctx)
		cancel()
		if call, ok := b.client.Read(gone, 0); ok || call.Outcome != breaker.Neutral {
			t.Errorf("%+v", call)
		}
	})
	if m := b.client.Breaker().Metrics(); m.IgnoredCalls != 2 || m.FailureCalls != 0 || len(b.all()) != 0 {
		t.Errorf("%+v, %d events", m, len(b.all()))
	}
}

// The end of the run says nothing about the sensors either, on both clocks.
func TestBugG1TheEndOfTheRunIsNeutral(t *testing.T) {
	t.Run("virtual", func(t *testing.T) {
		b := newBench(t, layers(), byCall(hang()))
		b.clock.Start(func() { b.client.Read(context.Background(), 0) })
		b.clock.Start(func() {
			_ = b.clock.Sleep(context.Background(), 100*ms)
			b.clock.Stop()
		})
		_ = b.clock.Run(context.Background())
		if m := b.client.Breaker().Metrics(); m.IgnoredCalls != 1 || m.FailureCalls != 0 || len(b.all()) != 0 {
			t.Errorf("%+v, %d events", m, len(b.all()))
		}
	})
	t.Run("wall", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			r := newRecorder()
			s := newSession(t, r, realRun(member("a", layers(), answers(200*ms))), engine.Options{Paced: true})
			l := goLive(t, r, s)
			time.Sleep(100 * ms)
			if err := l.stop(); err != nil {
				t.Error(err)
			}
			if m := s.Breakers()[0].Metrics(); m.IgnoredCalls != 1 || m.FailureCalls != 0 {
				t.Errorf("%+v", m)
			}
		})
	})
}

func TestBugG3TimeoutsTrip(t *testing.T) {
	b := newBench(t, layers(), byCall(hang()))
	calls := b.read(t, 6)
	if calls[4].Circuit.State != breaker.Open || calls[5].Result != event.FastFail {
		t.Errorf("%v after five timeouts", calls[4].Circuit.State)
	}
	if c := b.of(event.StateChanged)[0].Change; c.Cause != "no answer within 250 ms" {
		t.Errorf("because of %q", c.Cause)
	}
}

// What reads no time of the system cannot be moved by its jumps. The clocks are
// in a package of their own, on monotonic time, and tested there.
func TestBugH1TheEngineReadsNoSystemTime(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) < 8 {
		t.Fatal(files, err)
	}
	banned := " Now Since Until Time Sleep After AfterFunc NewTimer NewTicker Tick Unix "
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := sel.X.(*ast.Ident); ok && x.Name == "time" && strings.Contains(banned, " "+sel.Sel.Name+" ") {
					t.Errorf("%v uses time.%s", set.Position(n.Pos()), sel.Sel.Name)
				}
			}
			return true
		})
	}
}

// A reader that comes late learns the state at once, before anything changes.
func TestBugE3ASubscriberKnowsTheInitialState(t *testing.T) {
	r := newRecorder()
	var sub *event.Subscription
	s := newSession(t, r, pipeline(42, 30), engine.Options{})
	var known stats.Snapshot
	r.on = func(e *event.Event) {
		if e.Kind == event.BatchStarted && e.Batch == 12 {
			known = r.aggregator.Snapshot(stats.Query{})
		}
	}
	sub = r.hub.Subscribe()
	defer sub.Close()
	if err := s.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if known.Run == nil || known.Sensors[4].Circuit.State != breaker.Open || known.Sensors[3].Circuit.State != breaker.Closed {
		t.Errorf("%+v", known)
	}
	// And from the very start: the first event has all sensors in it.
	events, _ := sub.Drain(nil)
	if events[0].Kind != event.RunStarted || len(events[0].Run.Sensors) != 5 {
		t.Errorf("%+v", events[0])
	}
}

func TestBugE5ASubscriberThatNeverDrainsHoldsNobodyUp(t *testing.T) {
	r := newRecorder()
	sub := r.hub.Subscribe()
	defer sub.Close()
	if err := newSession(t, r, pipeline(42, 2000), engine.Options{}).Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	all := r.all()
	plain := play(t, pipeline(42, 2000)).all()
	if len(all) != len(plain) {
		t.Errorf("%d events, without the subscriber %d", len(all), len(plain))
	}
	events, lost := sub.Drain(nil)
	if len(events) != event.RingSize || int(lost) != len(all)-event.RingSize {
		t.Errorf("%d events and %d lost of %d", len(events), lost, len(all))
	}
	if got, want := events[len(events)-1], all[len(all)-1]; got.Seq != want.Seq {
		t.Errorf("the last is %d, not %d", got.Seq, want.Seq)
	}
}
