package simulated

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"resiltui/internal/sensors"
	"resiltui/internal/sensors/sensorstest"
)

func TestFailureRatesAreThoseOfTheConfig(t *testing.T) {
	const calls = 40_000
	for _, p := range []float64{0, 0.1, 0.5, 0.95, 1} {
		c := config(&sensorstest.Clock{})
		c.FailProbability = p
		s := made(t, c)
		for attempt := 1; attempt <= 3; attempt++ {
			failed := 0
			for call := uint64(1); call <= calls; call++ {
				if s.Plan(sensors.Request{Call: call, Attempt: attempt}).Err != nil {
					failed++
				}
			}
			sensorstest.Near(t, "share of failures", float64(failed)/calls, p, 5*math.Sqrt(p*(1-p)/calls))
		}
	}
}

func TestAScheduleIsCountedInCallsAndItsLastCallIsIncluded(t *testing.T) {
	c := config(&sensorstest.Clock{})
	c.Schedule = []FailPhase{{UntilCall: 15, Probability: 1}, {UntilCall: 20, Probability: 0}}
	c.FailProbability = 1
	s := made(t, c)
	for call := uint64(1); call <= 30; call++ {
		failed := s.Plan(sensors.Request{Call: call, Attempt: 2}).Err != nil
		if want := call <= 15 || call > 20; failed != want {
			t.Errorf("call %d: failed %v, want %v", call, failed, want)
		}
	}
}

func TestAWindowFailsEveryAttemptThatStartsInIt(t *testing.T) {
	c := config(&sensorstest.Clock{})
	c.FailWindows = []Window{{From: 5 * time.Second, To: 8 * time.Second}}
	s := made(t, c)
	for at, want := range map[time.Duration]bool{
		5*time.Second - 1: false, 5 * time.Second: true, 8*time.Second - 1: true, 8 * time.Second: false,
	} {
		if got := s.Plan(sensors.Request{Call: 1, Attempt: 1, At: at}).Err != nil; got != want {
			t.Errorf("at %v: failed %v, want %v", at, got, want)
		}
	}
}

func TestAReadDoesWhatItsPlanSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		clock := &sensorstest.Clock{}
		c := config(clock)
		c.FailProbability, c.Noise = 0.5, 0.2
		s, err := New(c)
		if err != nil {
			t.Fatal(err)
		}
		r := sensors.Request{
			Call: rapid.Uint64().Draw(t, "call"), Attempt: rapid.IntRange(1, 9).Draw(t, "attempt"),
			At: time.Duration(rapid.Int64Range(0, int64(time.Hour)).Draw(t, "at")),
		}
		plan := s.Plan(r)
		reading, err := s.Read(context.Background(), r)
		if reading != plan.Reading || err != plan.Err || clock.Now() != plan.Latency || s.Plan(r) != plan {
			t.Fatalf("read (%v, %v) in %v, planned %+v", reading, err, clock.Now(), plan)
		}
		if err == nil && reading.At != r.At+plan.Latency {
			t.Fatalf("value of %v, want %v", reading.At, r.At+plan.Latency)
		}
	})
}

func TestAReadThatIsNotWaitedForReturnsTheSleepsError(t *testing.T) {
	s := made(t, config(&sensorstest.Clock{Limit: time.Millisecond}))
	if _, err := s.Read(context.Background(), sensors.Request{Call: 1, Attempt: 1}); err != context.DeadlineExceeded {
		t.Errorf("error %v", err)
	}
}

func TestAReadDoesNotAllocate(t *testing.T) {
	c := config(&sensorstest.Clock{})
	c.FailProbability, c.Noise = 0.5, 0.1
	s, ctx, call := made(t, c), context.Background(), uint64(0)
	if n := testing.AllocsPerRun(500, func() {
		call++
		_, _ = s.Read(ctx, sensors.Request{Call: call, Attempt: 1})
	}); n != 0 {
		t.Errorf("%v allocations a read", n)
	}
}

func TestLatencyIsLogNormalInWholeMicrosecondsWithoutExtremes(t *testing.T) {
	c := config(&sensorstest.Clock{})
	c.Latency = Latency{Median: 50 * time.Millisecond, Sigma: 1}
	s := made(t, c)
	const n = 20_000
	below, lowest, highest := 0, time.Hour, time.Duration(0)
	for call := range uint64(n) {
		d := s.Plan(sensors.Request{Call: call, Attempt: 1}).Latency
		if d%time.Microsecond != 0 {
			t.Fatalf("%v is not in whole microseconds", d)
		}
		if d < 50*time.Millisecond {
			below++
		}
		lowest, highest = min(lowest, d), max(highest, d)
	}
	sensorstest.Near(t, "share below the median", float64(below)/n, 0.5, 0.02)
	if lowest != 12500*time.Microsecond || highest != 200*time.Millisecond {
		t.Errorf("from %v to %v, want from a quarter of the median to its fourfold", lowest, highest)
	}
	for _, l := range []Latency{{}, {Median: 7 * time.Microsecond}} {
		if got := l.at(3); got != l.Median {
			t.Errorf("constant latency %v gave %v", l.Median, got)
		}
	}
}

func TestNoiseIsAroundTheTruth(t *testing.T) {
	c := config(&sensorstest.Clock{})
	c.Noise = 0.25
	s := made(t, c)
	m, v := sensorstest.Moments(20_000, func(k int) float64 {
		p := s.Plan(sensors.Request{Call: uint64(k), Attempt: 1, At: time.Duration(k) * time.Second})
		return p.Reading.Value - s.Truth(p.Reading.At)
	})
	sensorstest.Near(t, "mean of the noise", m, 0, 0.01)
	sensorstest.Near(t, "variance of the noise", v, 0.0625, 0.004)
}

func TestFailuresUseTheConfiguredTextsAndAreReadErrors(t *testing.T) {
	c := config(&sensorstest.Clock{})
	c.FailProbability = 1
	c.Failures = []string{"bad \x1b[31mframe", "read timeout"}
	s := made(t, c)
	counts := map[string]int{}
	for call := range uint64(1000) {
		err := s.Plan(sensors.Request{Call: call, Attempt: 1}).Err
		if _, ok := errors.AsType[*sensors.ReadError](err); !ok {
			t.Fatalf("%T is no ReadError", err)
		}
		counts[err.Error()]++
	}
	if len(counts) != 2 || counts["bad frame"] < 400 || counts["read timeout"] < 400 {
		t.Errorf("counts %v", counts)
	}
}

func TestABadConfigNamesTheFieldTheValueAndTheRange(t *testing.T) {
	nan := math.NaN()
	for want, change := range map[string]func(*Config){
		"id is empty":                   func(c *Config) { c.Info.ID = "" },
		`id "S\x1b[31m3"`:               func(c *Config) { c.Info.ID = "S\x1b[31m3" },
		`name " x"`:                     func(c *Config) { c.Info.Name = " x" },
		`unit "\u202ebar"`:              func(c *Config) { c.Info.Unit = "\u202ebar" },
		"decimals 7 is not between 0":   func(c *Config) { c.Info.Decimals = 7 },
		"signal is missing":             func(c *Config) { c.Signal = nil },
		"signal: value NaN":             func(c *Config) { c.Signal = Constant(nan) },
		"signal: period 0s":             func(c *Config) { c.Signal = Sine{} },
		"signal: phase 2 is not":        func(c *Config) { c.Signal = Sine{Period: 1, Phase: 2} },
		"signal: levels are empty":      func(c *Config) { c.Signal = Steps{Dwell: 1} },
		"signal: dwell 0s":              func(c *Config) { c.Signal = Steps{Levels: []float64{1}} },
		"signal: levels[1] +Inf":        func(c *Config) { c.Signal = Steps{Levels: []float64{1, math.Inf(1)}, Dwell: 1} },
		"signal: perSecond -1":          func(c *Config) { c.Signal = Walk{PerSecond: -1} },
		"signal: min 2 is not below":    func(c *Config) { c.Signal = Walk{Start: 2, Min: 2, Max: 1} },
		"signal: start 9 is not":        func(c *Config) { c.Signal = Walk{Start: 9, Min: 1, Max: 2} },
		"noise -1 is not between 0":     func(c *Config) { c.Noise = -1 },
		"latency median -1ns is not":    func(c *Config) { c.Latency.Median = -1 },
		"latency sigma 3 is not":        func(c *Config) { c.Latency.Sigma = 3 },
		"failProbability 1.2 is not":    func(c *Config) { c.FailProbability = 1.2 },
		"failProbability NaN is not":    func(c *Config) { c.FailProbability = nan },
		"schedule[1] untilCall 5":       func(c *Config) { c.Schedule = []FailPhase{{5, 1}, {5, 1}} },
		"schedule[0] probability -0.5":  func(c *Config) { c.Schedule = []FailPhase{{5, -0.5}} },
		"failWindows[0] from 2s to 1s:": func(c *Config) { c.FailWindows = []Window{{2 * time.Second, time.Second}} },
		`failures[1] "\a" says nothing`: func(c *Config) { c.Failures = []string{"x", "\a"} },
		"sleep is missing":              func(c *Config) { c.Sleep = nil },
	} {
		c := config(&sensorstest.Clock{})
		change(&c)
		if _, err := New(c); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want one with %q", err, want)
		}
	}
	for _, signal := range []Signal{Constant(1), Walk{}, Walk{Min: -1, Max: 1}, Steps{Levels: []float64{1}, Dwell: 1}} {
		c := config(&sensorstest.Clock{})
		c.Signal = signal
		if err := c.Validate(); err != nil {
			t.Errorf("%#v: %v", signal, err)
		}
	}
}

func TestTheLuckyRequestIsTheNthThatReachesTheSensorInTheWindow(t *testing.T) {
	c := config(&sensorstest.Clock{})
	c.FailWindows = []Window{{From: 5 * time.Second, To: 11 * time.Second}, {From: 20 * time.Second, To: 30 * time.Second}}
	inner := made(t, c)
	l := NewLucky(inner, 4)
	if _, ok := sensors.AsPlanned(l); ok {
		t.Error("a sensor that counts says that it can be planned")
	}
	if l.Info() != inner.Info() || l.Truth(time.Second) != inner.Truth(time.Second) {
		t.Error("not the sensor within")
	}
	var answered []time.Duration
	for at := 4 * time.Second; at < 26*time.Second; at += time.Second {
		if _, err := l.Read(context.Background(), sensors.Request{Call: 1, Attempt: 1, At: at}); err == nil {
			answered = append(answered, at/time.Second)
		}
	}
	want := []time.Duration{4, 8, 11, 12, 13, 14, 15, 16, 17, 18, 19, 23}
	if len(answered) != len(want) {
		t.Fatalf("answered at %d, want %d", answered, want)
	}
	for k := range want {
		if answered[k] != want[k] {
			t.Fatalf("answered at %d, want %d", answered, want)
		}
	}
}

func TestALuckySensorTakesNoStateOfAnother(t *testing.T) {
	c := config(&sensorstest.Clock{})
	c.FailWindows = []Window{{0, time.Hour}}
	l := NewLucky(made(t, c), 3)
	_, _ = l.Read(t.Context(), sensors.Request{Call: 1, Attempt: 1})
	err := l.Load(sensors.State{1, 2, 3}) // of a sensor with other windows
	if err == nil || err.Error() != "the state is of 3 windows, the sensor has 1" {
		t.Errorf("error %v", err)
	}
	if got := l.Save(); len(got) != 1 || got[0] != 1 {
		t.Errorf("state %v", got)
	}
}

func BenchmarkSimulatedRead(b *testing.B) {
	c := config(&sensorstest.Clock{})
	c.FailProbability, c.Noise = 0.1, 0.1
	s := made(b, c)
	b.ReportAllocs()
	for k := range b.N {
		_, _ = s.Read(context.Background(), sensors.Request{Call: uint64(k), Attempt: 1})
	}
}

// config is a sensor that never fails and has no noise.
func config(c *sensorstest.Clock) Config {
	return Config{
		Info:    sensors.Info{ID: "S3", Name: "coolant", Unit: "bar", Decimals: 2},
		Seed:    42,
		Signal:  Sine{Mean: 5, Amplitude: 1, Period: time.Minute},
		Latency: Latency{Median: 50 * time.Millisecond, Sigma: 0.3},
		Sleep:   c.Sleep,
	}
}

func made(t testing.TB, c Config) *Sensor {
	t.Helper()
	s, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
