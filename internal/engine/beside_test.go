package engine_test

import (
	"context"
	"fmt"
	"strings"
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

// besideRun is a run of real sensors in which the policies only watch.
func besideRun(members ...engine.Member) engine.Config {
	config := realRun(members...)
	config.Beside = true
	return config
}

// byScript answers call by call: . is an answer, x a failure, n an error that says nothing
// about the sensor, h none at all. The last letter is for ever.
func byScript(script string) read {
	return func(ctx context.Context, clk clock.Clock, r sensors.Request) (sensors.Reading, error) {
		if err := clk.Sleep(ctx, 20*ms); err != nil {
			return sensors.Reading{}, err
		}
		switch script[min(int(r.Call), len(script))-1] {
		case 'x':
			return sensors.Reading{}, &sensors.ReadError{Text: "connection refused"}
		case 'n':
			return sensors.Reading{}, breaker.Ignored(errOdd)
		case 'h':
			return sensors.Reading{}, clk.Sleep(ctx, time.Hour)
		}
		return sensors.Reading{Value: float64(r.Call), At: clk.Now()}, nil
	}
}

// inLetters is one word a call: its result, and what the breaker did with it: r for one
// that it would have refused, p for a probe.
func inLetters(calls []event.Call) string {
	var all []string
	for _, c := range calls {
		word := c.Result.String()
		switch {
		case !c.Admitted:
			word += " r"
		case c.Probe:
			word += " p"
		}
		all = append(all, word)
	}
	return strings.Join(all, ", ")
}

func TestABreakerBesideTheCallsRefusesNoneAndSaysWhichItWouldHave(t *testing.T) {
	p := layers()
	p.Breaker.FailureThreshold, p.Breaker.OpenFor = 2, 2500*ms
	const script = "xxx.xxx..."
	onWall(t, besideRun(member("a", p, byScript(script))), func(t *testing.T, l *live) {
		time.Sleep(9100 * ms)
		const want = "missing, missing, missing r, live r, missing p, missing r, missing r, live p, live p, live"
		if got := inLetters(l.calls(0)); got != want {
			t.Errorf("%s, want %s", got, want)
		}
		for i, c := range l.calls(0) {
			if c.Start != time.Duration(i)*time.Second || c.Attempts != 1 || c.Avoided != 0 || c.Served != (script[i] == '.') {
				t.Errorf("call %d: %+v", i+1, c)
			}
			if failed := script[i] == 'x'; (c.Outcome == breaker.Failure) != failed || (c.Err == "connection refused") != failed || len(c.Tries) == 1 != failed {
				t.Errorf("call %d: %+v", i+1, c)
			}
		}
		changes := ""
		for _, e := range l.of(event.StateChanged) {
			changes += fmt.Sprintf("%v %v (%s) ", e.Batch, e.Change.To, e.Change.Cause)
		}
		const to = "2 OPEN (connection refused) 5 HALF_OPEN () 5 OPEN (connection refused) 8 HALF_OPEN () 9 CLOSED () "
		if to != changes {
			t.Errorf("the breaker went %s", changes)
		}
		if !l.of(event.RunStarted)[0].Run.Beside {
			t.Error("the run does not say so")
		}
	})
}

func TestACallBesideIsCutAtItsTimeoutAndNotRepeated(t *testing.T) {
	onWall(t, besideRun(member("a", layers(), byScript(".h"))), func(t *testing.T, l *live) {
		time.Sleep(1500 * ms)
		c := l.calls(0)[1]
		if c.Result != event.Missing || c.Took != 250*ms || c.Attempts != 1 || c.Err != "no answer within 250 ms" || c.Served {
			t.Errorf("%+v", c)
		}
	})
}

func TestAnErrorThatSaysNothingIsNeutralBesideToo(t *testing.T) {
	p := layers()
	p.Breaker.FailureThreshold = 1
	onWall(t, besideRun(member("a", p, byScript("nxnn"))), func(t *testing.T, l *live) {
		time.Sleep(3500 * ms)
		const want = "missing, missing, missing r, missing r"
		if got := inLetters(l.calls(0)); got != want {
			t.Errorf("%s, want %s", got, want)
		}
		for i, c := range l.calls(0) {
			if neutral := i != 1; (c.Outcome == breaker.Neutral) != neutral {
				t.Errorf("call %d is %v", i+1, c.Outcome)
			}
		}
	})
}

func TestFaultsForcedOpeningAndTuningWorkBeside(t *testing.T) {
	onWall(t, besideRun(member("a", layers(), answers(20*ms))), func(t *testing.T, l *live) {
		l.do(event.Command{Op: event.Inject, Fault: lasting(fault.Crash, 1500*ms)})
		time.Sleep(2500 * ms)
		l.do(event.Command{Op: event.ToggleForced})
		time.Sleep(time.Second)
		l.do(event.Command{Op: event.ToggleForced})
		time.Sleep(2 * time.Second) // two good probes
		tuned := layers()
		tuned.BreakerOff = true
		l.do(event.Command{Op: event.Tune, Policy: tuned})
		time.Sleep(time.Second)
		const want = "live, missing, live, live r, live p, live p, live"
		if got := inLetters(l.calls(0)); got != want {
			t.Errorf("%s, want %s", got, want)
		}
		if c := l.calls(0)[6]; c.Circuit.State != breaker.Disabled {
			t.Errorf("the breaker is %v", c.Circuit.State)
		}
	})
}

// Two calls at once: one is the probe, the other is made outside of the breaker, and what
// comes of it decides nothing.
func TestACallBesideAProbeIsMadeOutsideOfTheBreaker(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := layers()
		p.Timeout = 10 * time.Second
		p.Breaker.FailureThreshold, p.Breaker.SuccessesToClose, p.Breaker.OpenFor = 1, 1, time.Second
		r, wall := newRecorder(), clock.NewWall()
		answer := func(ctx context.Context, clk clock.Clock, q sensors.Request) (sensors.Reading, error) {
			switch q.Call {
			case 1: // opens the circuit
				return sensors.Reading{}, &sensors.ReadError{Text: "odd"}
			case 2: // the probe
				return sensors.Reading{}, clk.Sleep(ctx, 4*time.Second)
			default: // beside it
				return sensors.Reading{}, &sensors.ReadError{Text: "worse"}
			}
		}
		client, err := engine.NewClient(engine.ClientConfig{
			Clock: wall, Hub: r.hub, Seed: 1, Policy: p, Beside: true,
			Sensor: &raw{info: sensors.Info{ID: "T", Real: true}, clk: wall, read: answer},
		})
		if err != nil {
			t.Fatal(err)
		}
		_, _ = client.Read(t.Context(), 0)
		time.Sleep(time.Second)
		go func() { _, _ = client.Read(t.Context(), 0) }()
		synctest.Wait()
		other, _ := client.Read(t.Context(), 0)
		if other.Admitted || other.Result != event.Missing || other.Circuit.State != breaker.HalfOpen {
			t.Errorf("the other call: %+v", other)
		}
		time.Sleep(4 * time.Second)
		synctest.Wait()
		if got := client.Breaker().Circuit().State; got != breaker.Closed {
			t.Errorf("after the good probe it is %v", got)
		}
		if m := client.Breaker().Snapshot().Metrics; m.FastFailCount != 1 || m.FailureCalls != 1 || m.InFlight != 0 {
			t.Errorf("%+v", m)
		}
	})
}

func TestASimulatedRunHasItsPoliciesInTheWay(t *testing.T) {
	config := pipeline(42, 3)
	config.Beside = true
	if run := play(t, config).of(event.RunStarted)[0].Run; run.Beside {
		t.Error("it has them beside")
	}
}
