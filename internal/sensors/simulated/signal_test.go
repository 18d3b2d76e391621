package simulated

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"pgregory.net/rapid"

	"resiltui/internal/sensors"
	"resiltui/internal/sensors/sensorstest"
)

func TestSignalsHaveTheirValues(t *testing.T) {
	sine := Sine{Mean: 10, Amplitude: 2, Period: 4 * time.Second}
	late := Sine{Mean: 10, Amplitude: 2, Period: 4 * time.Second, Phase: 0.25}
	steps := Steps{Levels: []float64{1, 5, 3}, Dwell: time.Second}
	for _, c := range []struct {
		name   string
		signal Signal
		at     time.Duration
		want   float64
	}{
		{"constant", Constant(3.25), time.Hour, 3.25},
		{"sine at its start", sine, 0, 10},
		{"sine at its top", sine, time.Second, 12},
		{"sine at its bottom", sine, 3 * time.Second, 8},
		{"sine after a week", sine, 7*24*time.Hour + time.Second, 12},
		{"sine with a phase", late, 0, 12},
		{"sine before the run", sine, -time.Second, 10},
		{"sine without a period", Sine{Mean: 4}, time.Second, 4},
		{"first level", steps, 999 * time.Millisecond, 1},
		{"second level", steps, time.Second, 5},
		{"first level again", steps, 3 * time.Second, 1},
		{"steps before the run", steps, -time.Second, 1},
		{"steps without levels", Steps{}, time.Second, 0},
		{"steps without dwell", Steps{Levels: []float64{7, 8}}, time.Second, 7},
		{"walk at its start", Walk{Start: 2, PerSecond: 1}, 0, 2},
		{"walk before the run", Walk{Start: 2, PerSecond: 1}, -time.Hour, 2},
		{"walk without steps", Walk{Start: 2}, time.Hour, 2},
	} {
		if got := c.signal.At(c.at); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func walk(seed uint64) Walk {
	return Walk{Stream: sensors.NewStream(seed, "S1", "signal"), Start: 5, PerSecond: 0.5}
}

func TestAWalkIsTheSameInAnyOrder(t *testing.T) {
	w := walk(42)
	const n = 500
	var forward [n]float64
	for k := range n {
		forward[k] = w.At(time.Duration(k) * 37 * time.Millisecond)
	}
	for _, k := range rand.New(rand.NewPCG(1, 2)).Perm(n) {
		if got := w.At(time.Duration(k) * 37 * time.Millisecond); got != forward[k] {
			t.Fatalf("at %d: %v, want %v", k, got, forward[k])
		}
	}
	if got, want := w.At(time.Minute), 5.45141; got != want {
		t.Errorf("after a minute: %v, want %v", got, want)
	}
}

func TestAWalkSpreadsWithTheRootOfTime(t *testing.T) {
	for _, span := range []struct{ from, to time.Duration }{
		{0, time.Second},
		{0, 100 * time.Second},
		{10 * time.Second, 11 * time.Second},
		{17 * time.Second, 18 * time.Second},
		{time.Hour, time.Hour + 4*time.Second},
	} {
		m, v := sensorstest.Moments(4000, func(k int) float64 {
			w := walk(uint64(k))
			return w.At(span.to) - w.At(span.from)
		})
		want := 0.25 * (span.to - span.from).Seconds()
		sensorstest.Near(t, "mean change", m, 0, 5*math.Sqrt(want/4000))
		sensorstest.Near(t, "variance of the change", v/want, 1, 0.12)
	}
}

func TestAWalksChangesAreIndependent(t *testing.T) {
	const n = 4000
	var sum float64
	for k := range n {
		w := walk(uint64(k))
		a, b, c := w.At(3*time.Second), w.At(4*time.Second), w.At(5*time.Second)
		sum += (b - a) * (c - b)
	}
	sensorstest.Near(t, "correlation of neighbouring seconds", sum/n/0.25, 0, 0.09)
}

func TestAWalkIsContinuous(t *testing.T) {
	w := walk(3)
	last := w.At(0)
	for at := time.Duration(0); at < 20*time.Second; at += time.Millisecond {
		x := w.At(at)
		if math.Abs(x-last) > 0.05 {
			t.Fatalf("jump from %v to %v at %v", last, x, at)
		}
		last = x
	}
}

func TestAWalkStaysBetweenItsWalls(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := Walk{
			Stream: sensors.Stream(rapid.Uint64().Draw(t, "stream")), Start: 0.5,
			PerSecond: rapid.Float64Range(0, 50).Draw(t, "per second"), Min: -1, Max: 2,
		}
		at := time.Duration(rapid.Int64Range(0, math.MaxInt64).Draw(t, "at"))
		if x := w.At(at); !(x >= -1 && x <= 2) {
			t.Fatalf("%v at %v", x, at)
		}
	})
}

func BenchmarkWalkAfterAnHour(b *testing.B) {
	w := walk(1)
	b.ReportAllocs()
	for k := range b.N {
		w.At(time.Hour + time.Duration(k))
	}
}
