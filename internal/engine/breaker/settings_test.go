package breaker

import (
	"errors"
	"math"
	"reflect"
	"testing"
	"time"
)

func TestSettingOutOfRangeIsNamedWithItsValueAndItsRange(t *testing.T) {
	half := func() float64 { return 0.5 }
	for _, tt := range []struct {
		s    Settings
		want string
	}{
		{Settings{FailureThreshold: -1}, "breaker: FailureThreshold is -1; allowed is 1 to 1000000, or 0 for 5"},
		{Settings{FailureThreshold: 1_000_001}, "breaker: FailureThreshold is 1000001; allowed is 1 to 1000000, or 0 for 5"},
		{Settings{OpenFor: -time.Second}, "breaker: OpenFor is -1s; allowed is a positive duration, or 0 for 3s"},
		{Settings{OpenGrowth: 0.5}, "breaker: OpenGrowth is 0.5; allowed is 1 to 1000, or 0 for none"},
		{Settings{OpenGrowth: math.NaN()}, "breaker: OpenGrowth is NaN; allowed is 1 to 1000, or 0 for none"},
		{Settings{OpenGrowth: math.Inf(1)}, "breaker: OpenGrowth is +Inf; allowed is 1 to 1000, or 0 for none"},
		{Settings{OpenMax: time.Second}, "breaker: OpenMax is 1s; allowed is at least OpenFor (3s), or 0 for no cap"},
		{Settings{OpenMax: -1}, "breaker: OpenMax is -1ns; allowed is at least OpenFor (3s), or 0 for no cap"},
		{Settings{OpenJitter: -0.1, Rand: half}, "breaker: OpenJitter is -0.1; allowed is 0 to 1"},
		{Settings{OpenJitter: 1.1, Rand: half}, "breaker: OpenJitter is 1.1; allowed is 0 to 1"},
		{Settings{OpenJitter: math.NaN(), Rand: half}, "breaker: OpenJitter is NaN; allowed is 0 to 1"},
		{Settings{OpenJitter: 0.1}, "breaker: Rand is nil; allowed is a function, because OpenJitter is above 0"},
		{Settings{SuccessesToClose: -2}, "breaker: SuccessesToClose is -2; allowed is 1 to 1000000, or 0 for 2"},
		{Settings{MaxProbes: 1001}, "breaker: MaxProbes is 1001; allowed is 1 to 1000, or 0 for 1"},
		{Settings{ProbeTimeout: -1}, "breaker: ProbeTimeout is -1ns; allowed is a positive duration, or 0 for none"},
	} {
		b, err := New(tt.s)
		var setting *SettingError
		if b != nil || !errors.As(err, &setting) || err.Error() != tt.want {
			t.Errorf("New: %v\nwant: %s", err, tt.want)
		}
	}
}

func TestZeroSettingsAreTheDocumentedDefaults(t *testing.T) {
	b, err := New(Settings{})
	if err != nil {
		t.Fatal(err)
	}
	s := b.Settings()
	if s.FailureThreshold != 5 || s.OpenFor != 3*time.Second || s.OpenGrowth != 1 || s.OpenMax != 0 ||
		s.OpenJitter != 0 || s.SuccessesToClose != 2 || s.MaxProbes != 1 || s.ProbeTimeout != 0 ||
		s.Now == nil || s.Classify == nil || s.Rand != nil || s.OnTransition != nil {
		t.Fatalf("%+v", s)
	}
	if err := (Settings{OpenGrowth: 1, OpenMax: 3 * time.Second}).Validate(); err != nil {
		t.Errorf("the ends of the ranges are allowed: %v", err)
	}
}

// What Resolved says is what a breaker goes by, and it is the same again.
func TestResolvedSettingsAreTheRulesOfTheBreaker(t *testing.T) {
	for name, tt := range map[string]struct{ set, want Settings }{
		"nothing set": {Settings{}, Settings{FailureThreshold: 5, OpenFor: 3 * time.Second, OpenGrowth: 1, SuccessesToClose: 2, MaxProbes: 1}},
		"a window by count is judged when it is full": {
			Settings{Window: Window{Calls: 20}, FailureRate: 0.5},
			Settings{FailureThreshold: 5, Window: Window{Calls: 20}, MinVolume: 20, FailureRate: 0.5, OpenFor: 3 * time.Second, OpenGrowth: 1, SuccessesToClose: 2, MaxProbes: 1},
		},
		"a window by time has ten steps and ten calls": {
			Settings{FailureThreshold: NoThreshold, Window: Window{Span: time.Minute}, FailureRate: 0.5},
			Settings{FailureThreshold: NoThreshold, Window: Window{Span: time.Minute, Buckets: 10}, MinVolume: 10, FailureRate: 0.5, OpenFor: 3 * time.Second, OpenGrowth: 1, SuccessesToClose: 2, MaxProbes: 1},
		},
		"what is set stays": {
			Settings{FailureThreshold: 1, Window: Window{Span: time.Minute, Buckets: 6}, MinVolume: 3, SlowRate: 0.5, SlowCall: time.Second, OpenFor: 1, OpenGrowth: 2, OpenMax: 9, SuccessesToClose: 1, MaxProbes: 3, ProbeTimeout: 4},
			Settings{FailureThreshold: 1, Window: Window{Span: time.Minute, Buckets: 6}, MinVolume: 3, SlowRate: 0.5, SlowCall: time.Second, OpenFor: 1, OpenGrowth: 2, OpenMax: 9, SuccessesToClose: 1, MaxProbes: 3, ProbeTimeout: 4},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := tt.set.Resolved()
			if !reflect.DeepEqual(got, tt.want) {
				t.Errorf("%+v", got)
			}
			if !reflect.DeepEqual(got.Resolved(), got) {
				t.Errorf("resolved twice: %+v", got.Resolved())
			}
			b, err := New(tt.set)
			if err != nil {
				t.Fatal(err)
			}
			rules := b.Settings()
			rules.Now, rules.Classify = nil, nil
			if !reflect.DeepEqual(rules, got) {
				t.Errorf("the breaker goes by %+v", rules)
			}
		})
	}
}

func TestDelayGrowsWithEachFailedProbeAndClosingBringsItBack(t *testing.T) {
	r := newRig(t, Settings{
		FailureThreshold: 1, SuccessesToClose: 1,
		OpenFor: time.Second, OpenGrowth: 1.5, OpenMax: 3 * time.Second,
	})
	r.trip()
	for _, want := range []time.Duration{1000, 1500, 2250, 3000, 3000} {
		if got := r.Snapshot().OpenFor; got != want*time.Millisecond {
			t.Fatalf("the delay is %v, want %v", got, want*time.Millisecond)
		}
		r.probe().Release(Failure, errDown)
	}
	r.probe().Release(Success, nil)
	r.trip()
	if got := r.Snapshot().OpenFor; got != time.Second {
		t.Fatalf("after closing the delay is %v, want 1s", got)
	}
}

func TestDelayWithoutGrowthIsConstant(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 1, OpenFor: 1234567})
	r.trip()
	for range 5 {
		if got := r.Snapshot().OpenFor; got != 1234567 {
			t.Fatalf("the delay is %v", got)
		}
		r.probe().Release(Failure, errDown)
	}
}

func TestDelayNeverOverflows(t *testing.T) {
	r := newRig(t, Settings{
		FailureThreshold: 1, OpenFor: math.MaxInt64 - 1, OpenGrowth: 1000,
		OpenJitter: 1, Rand: func() float64 { return 0.9 },
	})
	r.clock.set(time.Hour)
	r.trip()
	s := r.Snapshot()
	if s.OpenFor != math.MaxInt64 || s.ProbeAt != math.MaxInt64 || s.ProbeIn <= 0 || s.ProbeDue {
		t.Fatalf("%+v", s)
	}
	if err := r.refused(); err.RetryAt != math.MaxInt64 {
		t.Fatalf("%+v", err)
	}
	if got := r.set.nextDelay(math.MaxInt64 - 1); got != math.MaxInt64 {
		t.Fatalf("grown to %v", got)
	}
}

func TestTinyDelayIsNotRoundedAway(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 1, OpenFor: 7, OpenGrowth: 2, OpenJitter: 1, Rand: func() float64 { return 0.1 }})
	r.trip()
	r.probe().Release(Failure, errDown)
	if got := r.Snapshot().OpenFor; got < 7 {
		t.Fatalf("the delay is %v", got)
	}
}
