package breaker

import (
	"math"
	"testing"
	"time"
)

func TestTheEndsOfEveryRangeAreAllowedAndNothingBeyond(t *testing.T) {
	by := func(w Window) Settings { return Settings{Window: w, FailureRate: 0.5} }
	calls, span := by(Window{Calls: 50}), by(Window{Span: time.Second})
	with := func(s Settings, change func(*Settings)) Settings { change(&s); return s }
	for _, tt := range []struct {
		name string
		at   func(n float64) Settings
		ends []float64 // allowed
		not  []float64 // the next beyond each
	}{
		{"FailureThreshold", func(n float64) Settings { return Settings{FailureThreshold: int(n)} }, []float64{1, 1_000_000}, []float64{-1, 1_000_001}},
		{"SuccessesToClose", func(n float64) Settings { return Settings{SuccessesToClose: int(n)} }, []float64{1, 1_000_000}, []float64{-1, 1_000_001}},
		{"MaxProbes", func(n float64) Settings { return Settings{MaxProbes: int(n)} }, []float64{1, 1_000}, []float64{-1, 1_001}},
		{"OpenGrowth", func(n float64) Settings { return Settings{OpenGrowth: n} }, []float64{1, 1_000}, []float64{0.999, 1_000.001}},
		{"OpenMax", func(n float64) Settings { return Settings{OpenMax: time.Duration(n)} }, []float64{3e9}, []float64{3e9 - 1, -1}},
		{"OpenJitter", func(n float64) Settings {
			return Settings{OpenJitter: n, Rand: func() float64 { return 0 }}
		}, []float64{0, 1}, []float64{-0.001, 1.001}},
		{"OpenFor", func(n float64) Settings { return Settings{OpenFor: time.Duration(n)} }, []float64{0, 1}, []float64{-1}},
		{"ProbeTimeout", func(n float64) Settings { return Settings{ProbeTimeout: time.Duration(n)} }, []float64{0, 1}, []float64{-1}},
		{"Window.Calls", func(n float64) Settings { return by(Window{Calls: int(n)}) }, []float64{1, 100_000}, []float64{-1, 100_001}},
		{"Window.Span", func(n float64) Settings { return by(Window{Span: time.Duration(n)}) }, []float64{1}, []float64{-1}},
		{"Window.Buckets", func(n float64) Settings { return by(Window{Span: time.Second, Buckets: int(n)}) }, []float64{0, 2, 1_000}, []float64{-1, 1, 1_001}},
		{"MinVolume by count", func(n float64) Settings { return with(calls, func(s *Settings) { s.MinVolume = int(n) }) }, []float64{0, 1, 50}, []float64{-1, 51}},
		{"MinVolume by time", func(n float64) Settings { return with(span, func(s *Settings) { s.MinVolume = int(n) }) }, []float64{0, 1, 1_000_000}, []float64{-1, 1_000_001}},
		{"FailureRate", func(n float64) Settings { return with(calls, func(s *Settings) { s.FailureRate = n }) }, []float64{0.000001, 1}, []float64{-0.1, 0.0000009, 1.000001}},
		{"SlowRate", func(n float64) Settings {
			return with(calls, func(s *Settings) { s.SlowRate, s.SlowCall = n, 1 })
		}, []float64{0.000001, 1}, []float64{-0.1, 0.0000009, 1.000001}},
		{"SlowCall", func(n float64) Settings {
			return with(calls, func(s *Settings) { s.SlowRate, s.SlowCall = 1, time.Duration(n) })
		}, []float64{1}, []float64{0, -1}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, n := range tt.ends {
				if err := tt.at(n).Validate(); err != nil {
					t.Errorf("%v: %v", n, err)
				}
			}
			for _, n := range tt.not {
				if tt.at(n).Validate() == nil {
					t.Errorf("%v is allowed", n)
				}
			}
		})
	}
}

// The first number of nanoseconds that does not fit, which a growing delay meets.
func TestADelayThatDoesNotFitIsTheLongest(t *testing.T) {
	s := Settings{OpenFor: 1 << 62, OpenGrowth: 2}
	if got := s.nextDelay(s.OpenFor); got != math.MaxInt64 {
		t.Errorf("twice 2⁶² ns are %d ns", got)
	}
}
