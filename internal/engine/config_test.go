package engine_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"resiltui/internal/engine"
	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/clock"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/policy"
	"resiltui/internal/engine/retry"
)

func TestAConfigThatCannotRunSaysWhy(t *testing.T) {
	tests := map[string]struct {
		change func(c *engine.Config)
		want   string // what the error begins with; empty is no error
	}{
		"as it is":          {func(*engine.Config) {}, ""},
		"shortest interval": {func(c *engine.Config) { c.Interval = engine.MinInterval }, ""},
		"longest interval":  {func(c *engine.Config) { c.Interval = engine.MaxInterval }, ""},
		"no sensors":        {func(c *engine.Config) { c.Members = nil }, "a run needs at least one sensor"},
		"no interval":       {func(c *engine.Config) { c.Interval = 0 }, "interval 0s: must be from 1ms to 24h0m0s"},
		"too long":          {func(c *engine.Config) { c.Interval = engine.MaxInterval + 1 }, "interval 24h0m0.000000001s: must be"},
		"negative batches":  {func(c *engine.Config) { c.Batches = -1 }, "batches -1: must be 0 (no end) or more"},
		"an id twice":       {func(c *engine.Config) { c.Members[2].Info.ID = "S0" }, "sensor S0: the id is used twice"},
		"a bad policy":      {func(c *engine.Config) { c.Members[2].Policy.Strategy = "hope" }, `sensor S2: unknown strategy "hope"`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			config := pipeline(42, 1)
			tt.change(&config)
			err := config.Validate()
			if (err == nil) != (tt.want == "") || err != nil && !strings.HasPrefix(err.Error(), tt.want) {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestAPolicyThatCannotBeSaysWhichSetting(t *testing.T) {
	tests := map[string]struct {
		change func(p *policy.Policy)
		want   string // what the error says; empty is no error
	}{
		"as it is":          {func(*policy.Policy) {}, ""},
		"zero":              {func(p *policy.Policy) { *p = policy.Policy{} }, ""},
		"jitter of its own": {func(p *policy.Policy) { p.Retry.Jitter, p.Breaker.OpenJitter = retry.Full, 0.5 }, ""},
		"timeout":           {func(p *policy.Policy) { p.Timeout = -1 }, "timeout: must not be negative"},
		"retry":             {func(p *policy.Policy) { p.Retry.MaxAttempts = -1 }, "max attempts is -1"},
		"breaker":           {func(p *policy.Policy) { p.Breaker.OpenFor = -1 }, "OpenFor"},
		"strategy":          {func(p *policy.Policy) { p.Strategy = "hope" }, "want one of drop, last-known-good, interpolated"},
		"age":               {func(p *policy.Policy) { p.MaxAge = -1 }, "max age"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			p := layers()
			tt.change(&p)
			err := p.Validate()
			if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%v", err)
			}
			// A client is as strict.
			c, clientErr := engine.NewClient(engine.ClientConfig{
				Clock: clock.NewVirtual(), Sensor: newTold(clock.NewVirtual(), inTurn(good(1))), Hub: event.NewHub(), Policy: p,
			})
			if (clientErr == nil) != (err == nil) || (c == nil) != (err != nil) {
				t.Errorf("the policy says %v, the client %v", err, clientErr)
			}
		})
	}
}

func TestReadersAreToldWhatZeroStandsFor(t *testing.T) {
	config := pipeline(42, 1)
	config.Compare = false
	for i := range config.Members {
		config.Members[i].Policy = policy.Policy{}
	}
	config.Members[1].Policy.BreakerOff = true
	r := play(t, config)
	run := r.of(event.RunStarted)[0].Run
	if s := run.Sensors[0]; s.Policy.Resolved().Retry.MaxAttempts != 3 || s.Initial.FailuresToTrip != 5 || s.Strategy != "drop" || s.Initial.State != breaker.Closed {
		t.Errorf("%+v", s)
	}
	if s := run.Sensors[1]; s.Initial.State != breaker.Disabled {
		t.Errorf("a breaker that is off begins %v", s.Initial.State)
	}
	if run.Naive || r.of(event.BatchEnded)[0].Round.NaiveTook != 0 {
		t.Error("a naive run that nobody asked for")
	}
	if n := len(r.of(event.StateChanged)); n != 0 {
		t.Errorf("%d changes, though what it begins with is none", n)
	}
}

func TestABreakerThatIsOffRefusesNothing(t *testing.T) {
	p := layers()
	p.BreakerOff = true
	b := newBench(t, p, byCall(bad("bad frame")))
	for _, c := range b.read(t, 50) {
		if !c.Admitted || c.Probe || c.Result != event.Missing || c.Circuit.State != breaker.Disabled {
			t.Fatalf("%+v", c)
		}
	}
}

func TestTheRegistryCollectsTheRetriesBySensor(t *testing.T) {
	config := pipeline(42, 30)
	config.Registry = retry.NewRegistry()
	r := newRecorder()
	s := newSession(t, r, config, engine.Options{})
	if err := s.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, v := range r.snapshot().Sensors {
		got := config.Registry.Get(v.ID).Summary()
		if want := v.Counts; got.TotalCalls != want.Metrics.SuccessCalls+want.Metrics.FailureCalls || got.TotalAttempts != want.Attempts || got.SuccessfulRetries != want.SavedCalls {
			t.Errorf("%s: %+v and %+v", v.ID, got, want)
		}
	}
}

// Jitter is drawn from streams of the client's own, so it is the same in every
// run of a seed, and another one for every sensor.
func TestJitterIsDrawnFromTheSeed(t *testing.T) {
	config := func(seed uint64) engine.Config {
		c := pipeline(seed, 40)
		for i := range c.Members {
			c.Members[i].Policy.Retry.Jitter = retry.Full
			c.Members[i].Policy.Breaker.OpenJitter = 0.5
		}
		return c
	}
	one, two, other := play(t, config(42)), play(t, config(42)), play(t, config(43))
	if diff := cmp.Diff(one.all(), two.all()); diff != "" {
		t.Error(diff)
	}
	waits := func(r *recorder, sensor int) (all []time.Duration) {
		for _, c := range r.calls(sensor) {
			if c.Waited > 0 {
				all = append(all, c.Waited)
			}
		}
		return all
	}
	if cmp.Equal(waits(one, 1), waits(other, 1)) || cmp.Equal(waits(one, 1)[0], waits(one, 2)[0]) {
		t.Error("the waits are the same for another seed or another sensor")
	}
	opened := transitions(one, 2, breaker.Open)
	if len(opened) < 2 || opened[0].Change.OpenFor < 3*time.Second || opened[0].Change.OpenFor == opened[1].Change.OpenFor {
		t.Errorf("the open times have no jitter: %+v", opened)
	}
}

// On the wall clock the same sensors say the same things; it only takes its
// time.
func TestRealtimeIsTheSameRunOnTheWallClock(t *testing.T) {
	want := play(t, pipeline(42, 30)).snapshot()
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		r := newRecorder()
		config := pipeline(42, 30)
		config.Realtime = true
		s := newSession(t, r, config, engine.Options{})
		r.on = func(e *event.Event) {
			if e.Kind == event.BatchStarted {
				s.Do(event.Command{Op: event.Pause}) // nobody is there to take it
				if s.Now() != e.At {
					t.Errorf("now is %v at %v", s.Now(), e.At)
				}
			}
		}
		if err := s.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		got := r.snapshot()
		if took := time.Since(began); took != got.At || took < 14*time.Second {
			t.Errorf("it took %v, its clock says %v", took, got.At)
		}
		for i := range want.Sensors {
			if diff := cmp.Diff(want.Sensors[i].Counts, got.Sensors[i].Counts); diff != "" {
				t.Errorf("S%d: %s", i, diff)
			}
		}
		if diff := cmp.Diff(want.Pipeline, got.Pipeline); diff != "" {
			t.Error(diff)
		}
	})
}
