package engine

import (
	"context"
	"errors"
	"testing"
	"time"

	"resiltui/internal/engine/retry"
	"resiltui/internal/engine/timeout"
	"resiltui/internal/sensors"
)

// oracle answers as its list says, by attempt.
type oracle struct {
	plans []sensors.Plan
	asked []time.Duration
}

func (*oracle) Info() sensors.Info { return sensors.Info{ID: "S0"} }

func (*oracle) Read(context.Context, sensors.Request) (sensors.Reading, error) {
	return sensors.Reading{}, errors.New("a refused call reads nothing")
}

func (o *oracle) Plan(r sensors.Request) sensors.Plan {
	o.asked = append(o.asked, r.At)
	return o.plans[r.Attempt-1]
}

func TestARefusedCallKnowsWhatItWouldHaveSent(t *testing.T) {
	bad := sensors.Plan{Latency: 10 * time.Millisecond, Err: errors.New("bad frame")}
	good := sensors.Plan{Latency: 20 * time.Millisecond}
	hang := sensors.Plan{Hang: true}
	late := sensors.Plan{Latency: time.Second}
	never := bad
	never.Err = retry.Permanent(errors.New("gone"))
	const limit = 100 * time.Millisecond
	low, err := retry.NewBudget(3, 1)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		plans  []sensors.Plan
		limit  time.Duration
		budget *retry.Budget
		want   int
	}{
		"good at once":           {[]sensors.Plan{good}, limit, nil, 1},
		"good at the second":     {[]sensors.Plan{bad, good}, limit, nil, 2},
		"all fail":               {[]sensors.Plan{bad, bad, bad}, limit, nil, 3},
		"not retried":            {[]sensors.Plan{never}, limit, nil, 1},
		"hangs, and is cut":      {[]sensors.Plan{hang, late, good}, limit, nil, 3},
		"hangs for ever":         {[]sensors.Plan{hang}, 0, nil, 1},
		"late, without a limit":  {[]sensors.Plan{late}, 0, nil, 1},
		"a budget of one retry":  {[]sensors.Plan{bad, bad}, limit, low, 2},
		"a budget and a success": {[]sensors.Plan{bad, good}, limit, low, 2},
	} {
		p := retry.Policy{BaseDelay: 50 * time.Millisecond, Jitter: retry.Decorrelated, Budget: c.budget}
		p.Rand = func() float64 { t.Error("a draw was taken"); return 0 }
		o := &oracle{plans: c.plans}
		if got, atMost := newAvoidedEstimator(o, &layers{retry: p, timeout: timeout.Policy{After: c.limit}}).estimate(7, time.Second); got != c.want || atMost {
			t.Errorf("%s: %d attempts, want %d (at most: %v)", name, got, c.want, atMost)
		}
		if o.asked[0] != time.Second || len(o.asked) > 1 && o.asked[1] <= o.asked[0] {
			t.Errorf("%s: asked at %v", name, o.asked)
		}
		if low.State().Tokens != 3 {
			t.Errorf("%s: it took from the budget", name)
		}
	}
}

// blind hides the plan, as a real endpoint has none.
type blind struct{ sensors.Sensor }

func TestWhatARealEndpointWouldHaveBeenSentIsAnUpperBound(t *testing.T) {
	for attempts, want := range map[int]int{1: 1, 5: 5} {
		got, atMost := newAvoidedEstimator(blind{&oracle{}}, &layers{retry: retry.Policy{MaxAttempts: attempts}}).estimate(1, 0)
		if got != want || !atMost {
			t.Errorf("%d attempts: %d, at most %v", attempts, got, atMost)
		}
	}
}
