package engine_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/clock"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/policy"
	"resiltui/internal/engine/retry"
	"resiltui/internal/sensors"
	"resiltui/internal/sensors/fault"
)

// with is the policy of the pipeline, changed.
func with(change func(p *policy.Policy)) policy.Policy {
	p := layers()
	change(&p)
	return p
}

func TestATuneKeepsTheHistory(t *testing.T) {
	config := pipeline(42, 20,
		inject(5, lasting(fault.Crash, 0), 3),
		tuneAt(8, with(func(p *policy.Policy) { p.Breaker.FailureThreshold = 9; p.Strategy = "interpolated" }), 3))
	config.Registry = retry.NewRegistry()
	r, s := playSession(t, config)
	calls := r.calls(3)
	// Three failures before, so it opens with the sixth after it; the value that it
	// serves was read before.
	if c := calls[6].Circuit; c.Failures != 3 || c.FailuresToTrip != 2 {
		t.Errorf("before: %+v", c)
	}
	if c := calls[7].Circuit; c.Failures != 4 || c.FailuresToTrip != 5 {
		t.Errorf("after: %+v", c)
	}
	if c := calls[7]; c.Result != event.Interpolated || c.SourceAt != calls[3].SourceAt {
		t.Errorf("it serves %v of %v", c.Result, c.SourceAt)
	}
	if opened := transitions(r, 3, breaker.Open)[0]; opened.Batch != 13 || opened.Change.Count != 9 || opened.Change.FirstBatch != 5 {
		t.Errorf("it opens in batch %d: %+v", opened.Batch, opened.Change)
	}
	if got, want := s.Breakers()[3].Metrics(), r.snapshot().Sensors[3].Counts.Metrics; got != want {
		t.Errorf("the breaker counts %+v, the events %+v", got, want)
	}
	m := r.snapshot().Sensors[3].Counts.Metrics
	if n := config.Registry.Get("S3").Summary().TotalCalls; n != m.SuccessCalls+m.FailureCalls {
		t.Errorf("the retries count %d calls, the breaker %+v", n, m)
	}
	told := r.of(event.PolicyChanged)
	if len(told) != 1 || told[0].Batch != 8 || told[0].Sensor != 3 || !told[0].Tuned.Differs || told[0].Tuned.By != "script" ||
		!strings.Contains(told[0].Tuned.Text, "5 → 9") || told[0].Tuned.Policy.Breaker.FailureThreshold != 9 {
		t.Errorf("told: %+v", told)
	}
}

func TestALoweredThresholdTripsWithTheNextFailure(t *testing.T) {
	r := play(t, pipeline(42, 12, inject(5, lasting(fault.Crash, 0), 3),
		tuneAt(9, with(func(p *policy.Policy) { p.Breaker.FailureThreshold = 2 }), 3)))
	opened := transitions(r, 3, breaker.Open)
	if len(opened) == 0 || opened[0].Batch != 9 || opened[0].Change.Count != 5 {
		t.Errorf("%+v", opened)
	}
}

func TestTheOriginalPolicyUndoesATune(t *testing.T) {
	r := play(t, pipeline(42, 12, tuneAt(3, with(func(p *policy.Policy) { p.Timeout = 99 * ms })), tuneAt(6, layers()), tuneAt(7, layers(), 3)))
	told := r.of(event.PolicyChanged)
	if len(told) != 10 {
		t.Fatalf("%d changes are told", len(told))
	}
	for i, e := range told {
		if first := i < 5; e.Tuned.Differs != first || first != (e.Tuned.Policy.Timeout == 99*ms) || e.Sensor != i%5 {
			t.Errorf("%d: %+v", i, e.Tuned)
		}
	}
	if said := texts(r.all()); !slices.Equal(said, []string{"script: the settings are these already"}) {
		t.Errorf("%q", said)
	}
	// From then on it is the run that it would have been.
	plain := play(t, pipeline(42, 12))
	for i := range 5 {
		for k := range 2 {
			if diff := cmp.Diff(plain.calls(i)[k], r.calls(i)[k]); diff != "" {
				t.Error(diff)
			}
		}
	}
}

func TestAPolicyThatCannotBeIsToldAndChangesNothing(t *testing.T) {
	r := play(t, pipeline(42, 10, tuneAt(3, with(func(p *policy.Policy) { p.Timeout = -1 }), 3)))
	if said := texts(r.all()); !slices.Equal(said, []string{"script: timeout: must not be negative"}) {
		t.Errorf("%q", said)
	}
	if len(r.of(event.PolicyChanged)) != 0 {
		t.Error("a change is told")
	}
	if diff := cmp.Diff(play(t, pipeline(42, 10)).calls(3), r.calls(3)); diff != "" {
		t.Error(diff)
	}
}

func TestATuneTurnsTheBreakerOffAndOn(t *testing.T) {
	r := play(t, pipeline(42, 20, tuneAt(3, with(func(p *policy.Policy) { p.BreakerOff = true }), 2), tuneAt(10, layers(), 2)))
	var states []string
	for _, e := range r.of(event.StateChanged) {
		if e.Sensor == 2 && e.Change.By == "script" {
			states = append(states, e.Change.To.String())
		}
	}
	if !slices.Equal(states, []string{"DISABLED", "CLOSED"}) {
		t.Errorf("%q", states)
	}
	for _, c := range r.calls(2)[2:9] {
		if !c.Admitted {
			t.Errorf("call %d is refused", c.Number)
		}
	}
}

func TestATunedBudgetGoesOnFromTheOneBefore(t *testing.T) {
	budget := func(n float64) policy.Policy {
		return with(func(p *policy.Policy) {
			p.BudgetTokens, p.BudgetRatio, p.Breaker.FailureThreshold = n, 0.1, 1000
		})
	}
	// S2 is nearly dead, so its tokens are spent when the maximum is doubled.
	r := play(t, pipeline(42, 12, tuneAt(1, budget(10), 2), tuneAt(10, budget(20), 2)))
	if c := r.calls(2)[9]; c.Attempts != 1 {
		t.Errorf("%d attempts with a new budget", c.Attempts)
	}
}

// In a real run a Tune comes at once, while calls are in flight. They end as they
// began, and what they say is for nobody's state.
func TestALateResultOfBeforeATuneDecidesNothing(t *testing.T) {
	policy := with(func(p *policy.Policy) {
		p.Timeout, p.Retry.MaxAttempts, p.Breaker.FailureThreshold = 0, 1, 1
	})
	fails := func(ctx context.Context, clk clock.Clock, r sensors.Request) (sensors.Reading, error) {
		if err := clk.Sleep(ctx, 600*ms); err != nil {
			return sensors.Reading{}, err
		}
		return sensors.Reading{}, errOdd
	}
	onWall(t, realRun(member("a", policy, fails)), func(t *testing.T, l *live) {
		time.Sleep(300 * ms) // the first call is in flight, and would trip it
		next := policy
		next.Timeout = 50 * ms
		l.do(event.Command{Op: event.Tune, Policy: next})
		told := l.of(event.PolicyChanged)
		if len(told) != 1 || told[0].At != 300*ms || told[0].Batch != 0 {
			t.Errorf("told: %+v", told)
		}
		time.Sleep(400 * ms)
		calls := l.calls(0)
		if len(calls) != 1 || calls[0].Took != 600*ms || calls[0].Circuit.State != breaker.Closed || calls[0].Circuit.Failures != 0 {
			t.Fatalf("%+v", calls)
		}
		if n := len(l.of(event.StateChanged)); n != 0 {
			t.Errorf("%d transitions", n)
		}
		time.Sleep(400 * ms) // the second call ends after the new timeout
		calls = l.calls(0)
		if len(calls) != 2 || calls[1].Took != 50*ms || calls[1].Circuit.State != breaker.Open {
			t.Errorf("%+v", calls)
		}
	})
}
