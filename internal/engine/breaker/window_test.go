package breaker

import (
	"errors"
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// slowly makes a call that takes one second.
func (r *rig) slowly(o Outcome) {
	r.t.Helper()
	p := r.begin()
	r.clock.advance(time.Second)
	p.Release(o, nil)
}

// slowHalf judges only the slow rate of the latest four calls.
func slowHalf() Settings {
	return Settings{
		FailureThreshold: NoThreshold, Window: Window{Calls: 4},
		SlowCall: time.Second - 1, SlowRate: 0.5,
	}
}

func TestSlowCallsOpenTheCircuit(t *testing.T) {
	r := newRig(t, slowHalf())
	r.call(Success)
	r.call(Failure)
	r.slowly(Success)
	r.in(Closed)
	if s := r.Snapshot(); s.SlowToTrip != 1 || s.FailuresToTrip != 0 || s.FailureThreshold != 0 {
		t.Errorf("%+v", s)
	}
	r.slowly(Failure) // a failure may be slow too
	r.in(Open)
	last := r.Snapshot().Last
	if last.Reason != TooManySlow || last.Sample != (Sample{Calls: 4, Failures: 2, Slow: 2}) || last.Limit != 0.5 || len(last.Causes) != 0 {
		t.Errorf("%+v", last)
	}
	if rate, ok := last.Rate(); rate != 0.5 || !ok {
		t.Errorf("rate %v, %v", rate, ok)
	}
}

func TestACallIsSlowBeyondTheLimitNotAtIt(t *testing.T) {
	s := slowHalf()
	s.SlowCall = time.Second
	r := newRig(t, s)
	r.slowly(Success)
	r.holds(Sample{Calls: 1})
	p := r.begin()
	r.clock.advance(time.Second + 1)
	p.Release(Success, nil)
	r.holds(Sample{Calls: 2, Slow: 1})
}

func TestASlowProbeIsAFailedProbe(t *testing.T) {
	for _, tt := range []struct {
		name    string
		outcome Outcome
		err     error
		state   State
		cause   error
	}{
		{"success", Success, nil, Open, ErrSlow},
		{"failure", Failure, errDown, Open, errDown},
		{"neutral", Neutral, nil, HalfOpen, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := newRig(t, slowHalf())
			for range 4 {
				r.slowly(Success)
			}
			p := r.probe()
			r.clock.advance(time.Second)
			p.Release(tt.outcome, tt.err)
			r.in(tt.state)
			if tt.cause == nil {
				return
			}
			last := r.Snapshot().Last
			if last.Reason != ProbeFailed || len(last.Causes) != 1 || last.Causes[0].Err != tt.cause || last.Sample != (Sample{}) {
				t.Errorf("%+v", last)
			}
			m := r.Metrics()
			if m.ProbeFailCount != 1 || m.ProbeSuccessCount != 0 || m.SuccessCalls+m.FailureCalls != 5 || (tt.outcome == Success) != (m.SuccessCalls == 5) {
				t.Errorf("%+v", m)
			}
			r.probe().Release(Success, nil)
			r.probe().Release(Success, nil)
			r.in(Closed)
		})
	}
}

func TestTheThresholdInARowWorksBesideTheWindow(t *testing.T) {
	s := byCount(100, 100, 0.5)
	s.FailureThreshold = 3
	r := newRig(t, s)
	for range 20 {
		r.call(Failure)
		r.call(Failure)
		r.call(Success) // ends the streak, but not what the window remembers
	}
	for i := range 3 {
		if got := r.Snapshot().FailuresToTrip; got != 3-i {
			t.Errorf("%d failures to trip, want %d", got, 3-i)
		}
		r.clock.advance(time.Second)
		r.call(Failure)
	}
	last := r.Snapshot().Last
	if last.Reason != TooManyFailures || last.Failures != 3 || len(last.Causes) != 3 || last.Limit != 0 || last.Sample != (Sample{Calls: 63, Failures: 43}) {
		t.Errorf("%+v", last)
	}
	if last.Causes[0].At != time.Second || last.Causes[2].At != 3*time.Second {
		t.Errorf("causes %+v", last.Causes)
	}
	if _, ok := last.Rate(); ok {
		t.Error("failures in a row have a rate")
	}
}

func TestOfSeveralRulesTheReasonIsTheFirst(t *testing.T) {
	s := Settings{Window: Window{Calls: 2}, FailureRate: 1, SlowRate: 1, SlowCall: 1}
	for _, tt := range []struct {
		threshold int
		outcome   Outcome
		want      Reason
	}{{2, Failure, TooManyFailures}, {3, Failure, TooHighFailureRate}, {2, Success, TooManySlow}} {
		s.FailureThreshold = tt.threshold
		r := newRig(t, s)
		r.slowly(tt.outcome)
		r.slowly(tt.outcome)
		if got := r.Snapshot().Last; got.Reason != tt.want || got.To != Open {
			t.Errorf("threshold %d: %v", tt.threshold, got)
		}
	}
}

func TestTheCausesOfARateAreTheFailuresInTheWindow(t *testing.T) {
	for _, n := range []int{4, 40} {
		r := newRig(t, byCount(n, n, 0.5))
		for range n {
			r.call(Success)
		}
		for range n / 2 {
			r.clock.advance(time.Second)
			r.call(Failure)
		}
		last := r.Snapshot().Last
		if last.Sample.Failures != n/2 || len(last.Causes) != min(n/2, 16) {
			t.Fatalf("%d: %+v", n, last)
		}
		for i, c := range last.Causes {
			if want := last.At - time.Duration(len(last.Causes)-1-i)*time.Second; c.At != want || c.Err != errDown {
				t.Errorf("%d: cause %d is %+v, want one at %v", n, i, c, want)
			}
		}
	}
}

func TestEveryTransitionEmptiesTheWindow(t *testing.T) {
	for name, s := range map[string]Settings{"by count": byCount(10, 10, 0.9), "by time": byTime(10, 0.9)} {
		t.Run(name, func(t *testing.T) {
			for _, leave := range []func(*rig){
				func(r *rig) { r.Reset() },
				func(r *rig) { r.Disable(); r.call(Failure); r.Enable() },
				func(r *rig) { r.ForceOpen(); r.ReleaseForced(); r.probe().Release(Success, nil) },
			} {
				r := newRig(t, s)
				late := r.begin()
				for range 9 {
					r.call(Failure)
				}
				r.holds(Sample{Calls: 9, Failures: 9})
				leave(r)
				r.in(Closed)
				late.Release(Failure, errDown) // of an older generation
				r.holds(Sample{})
				for range 9 {
					r.call(Failure)
				}
				r.in(Closed)
				r.call(Failure)
				r.in(Open)
			}
		})
	}
}

func TestTheForecastInExamples(t *testing.T) {
	f, s := Failure, Success
	for _, tt := range []struct {
		name     string
		settings Settings
		calls    []Outcome
		want     int
	}{
		{"an empty window lacks the volume", byCount(10, 4, 0.5), nil, 4},
		{"the rate is there, the volume is not", byCount(10, 4, 0.5), []Outcome{f, f}, 2},
		{"the volume is there, the rate is not", byCount(10, 4, 0.5), []Outcome{s, s, s, s, f}, 3},
		{"a full window: failures that drive out successes", byCount(5, 5, 0.6), []Outcome{s, s, f, s, s}, 2},
		{"a full window: one that drives out a failure changes nothing", byCount(5, 5, 0.6), []Outcome{f, s, s, s, s}, 3},
		{"it fills up first", byCount(5, 2, 1), []Outcome{s, f, s}, 5},
		{"all of a span must fail, and one did not", byTime(2, 1), []Outcome{s, f}, 0},
		{"all of a span have failed", byTime(4, 1), []Outcome{f, f}, 2},
		{"a share of a span", byTime(4, 0.75), []Outcome{s, s, f}, 5},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := newRig(t, tt.settings)
			for _, o := range tt.calls {
				r.call(o)
			}
			if got := r.Snapshot().FailuresToTrip; got != tt.want {
				t.Errorf("%d, want %d", got, tt.want)
			}
		})
	}
}

func TestThresholdsAreComparedExactly(t *testing.T) {
	for whole := 1; whole <= 200; whole++ {
		for part := 1; part <= whole; part++ {
			if million*part%whole != 0 {
				continue // the threshold itself is not a whole number of millionths
			}
			r := newRate(float64(part) / float64(whole))
			if !r.reached(part, whole) || r.reached(part-1, whole) || r.of(whole) != part {
				t.Fatalf("%d of %d against %d millionths", part, whole, r)
			}
		}
	}
	if !newRate(0.07).reached(7, 100) { // 0.07 * 100 > 7 in floating point
		t.Error("7 of 100 do not reach 0.07")
	}
	if rate(0).reached(1, 1) {
		t.Error("no threshold was reached")
	}
}

func TestTheSnapshotCarriesTheWindow(t *testing.T) {
	r := newRig(t, Settings{Window: Window{Span: time.Minute}, FailureRate: 0.5, SlowRate: 0.25, SlowCall: time.Second})
	s := r.Snapshot()
	if s.Window != (Window{Span: time.Minute, Buckets: 10}) || s.MinVolume != 10 || s.FailureRate != 0.5 || s.SlowRate != 0.25 ||
		s.SlowCall != time.Second || s.FailureThreshold != 5 || s.FailuresToTrip != 5 || s.SlowToTrip != 10 {
		t.Errorf("%+v", s)
	}
	if _, ok := s.Sample.FailureRate(); ok {
		t.Error("an empty window has a failure rate")
	}
	if _, ok := s.Sample.SlowRate(); ok {
		t.Error("an empty window has a slow rate")
	}
	r.call(Failure)
	r.call(Success)
	r.call(Success)
	if rate, ok := r.Snapshot().Sample.FailureRate(); rate != 0.333333 || !ok {
		t.Errorf("rate %v, %v", rate, ok)
	}
	if got := r.Settings(); got.MinVolume != 10 || got.Window.Buckets != 10 {
		t.Errorf("%+v", got)
	}
}

func TestTransitionsByRateReadAsALine(t *testing.T) {
	var got []string
	s := slowHalf()
	s.FailureRate = 0.3
	r := newRig(t, s)
	r.call(Failure)
	r.call(Success)
	r.call(Success)
	r.call(Failure)
	got = append(got, r.Snapshot().Last.String())
	r.Reset()
	for range 3 {
		r.slowly(Success)
	}
	r.call(Success)
	got = append(got, r.Snapshot().Last.String())
	p := r.probe()
	r.clock.advance(time.Hour)
	p.Release(Success, nil)
	got = append(got, r.Snapshot().Last.String())
	want := []string{
		"CLOSED to OPEN: 50 % of 30 %: 2 of 4 calls failed (connection refused)",
		"CLOSED to OPEN: 75 % of 50 %: 3 of 4 calls were slow",
		"HALF_OPEN to OPEN: probe failed (call too slow)",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestRateSettingOutOfRangeIsNamedWithItsValueAndItsRange(t *testing.T) {
	calls, span := Window{Calls: 10}, Window{Span: time.Second}
	for _, tt := range []struct {
		s    Settings
		want string
	}{
		{Settings{Window: Window{Calls: -1}}, "Window.Calls is -1; allowed is 1 to 100000, or 0 for none"},
		{Settings{Window: Window{Calls: 100_001}}, "Window.Calls is 100001; allowed is 1 to 100000, or 0 for none"},
		{Settings{Window: Window{Span: -1}}, "Window.Span is -1ns; allowed is a positive duration, or 0 for none"},
		{Settings{Window: Window{Calls: 1, Span: 1}}, "Window.Span is 1ns; allowed is 0, because Window.Calls is set"},
		{Settings{Window: Window{Calls: 1, Buckets: 10}}, "Window.Buckets is 10; allowed is 0, because Window.Span is 0"},
		{Settings{Window: Window{Span: 1, Buckets: 1}}, "Window.Buckets is 1; allowed is 2 to 1000, or 0 for 10"},
		{Settings{Window: Window{Span: 1, Buckets: 1001}}, "Window.Buckets is 1001; allowed is 2 to 1000, or 0 for 10"},
		{Settings{Window: calls, FailureRate: 1.01}, "FailureRate is 1.01; allowed is 0.000001 to 1, or 0 for none"},
		{Settings{Window: calls, FailureRate: 1e-7}, "FailureRate is 1e-07; allowed is 0.000001 to 1, or 0 for none"},
		{Settings{Window: calls, FailureRate: math.NaN()}, "FailureRate is NaN; allowed is 0.000001 to 1, or 0 for none"},
		{Settings{Window: calls, SlowRate: -0.5}, "SlowRate is -0.5; allowed is 0.000001 to 1, or 0 for none"},
		{Settings{Window: calls, SlowCall: -1}, "SlowCall is -1ns; allowed is a positive duration, or 0 for none"},
		{Settings{Window: calls, SlowRate: 0.5}, "SlowCall is 0s; allowed is a positive duration, because SlowRate is set"},
		{Settings{Window: calls, FailureRate: 1, SlowCall: 1}, "SlowRate is 0; allowed is more than 0, because SlowCall is set"},
		{Settings{FailureRate: 0.5}, "Window is not set; allowed is a number of calls or a span, because a rate is set"},
		{Settings{Window: span}, "FailureRate is 0; allowed is more than 0, or SlowRate is, because Window is set"},
		{Settings{MinVolume: 3}, "MinVolume is 3; allowed is 0, because there is no Window"},
		{Settings{Window: calls, FailureRate: 1, MinVolume: 11}, "MinVolume is 11; allowed is 1 to 10, or 0 for 10"},
		{Settings{Window: span, FailureRate: 1, MinVolume: -1}, "MinVolume is -1; allowed is 1 to 1000000, or 0 for 10"},
		{Settings{Window: calls, FailureRate: 1, FailureThreshold: -2}, "FailureThreshold is -2; allowed is 1 to 1000000, or 0 for 5"},
	} {
		b, err := New(tt.s)
		var setting *SettingError
		if b != nil || !errors.As(err, &setting) || err.Error() != "breaker: "+tt.want {
			t.Errorf("New: %v\nwant: %s", err, tt.want)
		}
	}
	for _, s := range []Settings{
		{Window: calls, FailureRate: 1e-6, MinVolume: 10, FailureThreshold: NoThreshold},
		{Window: Window{Span: math.MaxInt64, Buckets: 1000}, SlowRate: 1, SlowCall: math.MaxInt64, MinVolume: 1_000_000},
	} {
		if err := s.Validate(); err != nil {
			t.Errorf("the ends of the ranges are allowed: %v", err)
		}
	}
}
