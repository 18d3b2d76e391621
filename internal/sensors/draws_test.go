package sensors

import (
	"math"
	"testing"

	"resiltui/internal/sensors/sensorstest"
)

func TestDrawsAreTheSameOnEveryMachine(t *testing.T) {
	s := NewStream(42, "S3", "fail")
	if got, want := uint64(s), uint64(0x810d3d3527fc4742); got != want {
		t.Errorf("stream %#x, want %#x", got, want)
	}
	if got, want := s.bits(1, 1), uint64(0xb7acee570c3ae620); got != want {
		t.Errorf("bits %#x, want %#x", got, want)
	}
	for _, c := range []struct {
		i, j    uint64
		uniform float64
		normal  float64
		index   int
	}{
		{0, 0, 0.8051883298088612, 0.860301, 8},
		{1, 1, 0.7174824678915956, 0.575379, 7},
		{1, 2, 0.9179665746108161, 1.391523, 9},
		{2, 1, 0.6716380970854565, 0.444441, 6},
		{9223372036854775808, 3, 0.6153941884694135, 0.293406, 6},
	} {
		if got := s.Uniform(c.i, c.j); got != c.uniform {
			t.Errorf("Uniform(%d, %d) = %v, want %v", c.i, c.j, got, c.uniform)
		}
		if got := s.Normal(c.i, c.j); got != c.normal {
			t.Errorf("Normal(%d, %d) = %v, want %v", c.i, c.j, got, c.normal)
		}
		if got := s.Index(c.i, c.j, 10); got != c.index {
			t.Errorf("Index(%d, %d) = %v, want %v", c.i, c.j, got, c.index)
		}
	}
}

func TestMixIsSplitMix64(t *testing.T) {
	// The first outputs of Vigna's splitmix64.c for the seed 1234567.
	state := uint64(1234567)
	for k, want := range []uint64{6457827717110365317, 3203168211198807973, 9817491932198370423} {
		state += golden
		if got := mix(state); got != want {
			t.Errorf("output %d is %d, want %d", k, got, want)
		}
	}
}

func TestStreamsDifferInSeedSensorAndPurpose(t *testing.T) {
	seen := map[Stream]string{}
	for _, c := range []struct {
		seed        uint64
		id, purpose string
	}{
		{1, "S1", "fail"},
		{2, "S1", "fail"},
		{1, "S2", "fail"},
		{1, "S1", "noise"},
		{1, "S1f", "ail"},
		{1, "", "S1fail"},
		{1, "S1fail", ""},
		{0, "", ""},
	} {
		s := NewStream(c.seed, c.id, c.purpose)
		if other, ok := seen[s]; ok {
			t.Errorf("%v has the stream of %s", c, other)
		}
		seen[s] = c.id + "/" + c.purpose
	}
}

func TestDrawsHaveTheirMomentsAlongBothAddresses(t *testing.T) {
	const n = 200_000 // tolerances are about five standard errors
	s := NewStream(7, "S1", "test")
	addresses := map[string]func(k int) (uint64, uint64){
		"calls":    func(k int) (uint64, uint64) { return uint64(k), 1 },
		"attempts": func(k int) (uint64, uint64) { return 1, uint64(k) },
		"diagonal": func(k int) (uint64, uint64) { return uint64(k), uint64(k) },
	}
	for name, at := range addresses {
		m, v := sensorstest.Moments(n, func(k int) float64 { return s.Uniform(at(k)) })
		sensorstest.Near(t, name+": mean of Uniform", m, 0.5, 0.0033)
		sensorstest.Near(t, name+": variance of Uniform", v, 1.0/12, 0.001)
		m, v = sensorstest.Moments(n, func(k int) float64 { return s.Normal(at(k)) })
		sensorstest.Near(t, name+": mean of Normal", m, 0, 0.012)
		sensorstest.Near(t, name+": variance of Normal", v, 1, 0.017)
	}
}

func TestNeighbouringDrawsAreIndependent(t *testing.T) {
	const n = 200_000
	a, b := NewStream(7, "S1", "fail"), NewStream(7, "S1", "noise")
	for name, pair := range map[string]func(k uint64) (float64, float64){
		"next call":     func(k uint64) (float64, float64) { return a.Uniform(k, 1), a.Uniform(k+1, 1) },
		"next attempt":  func(k uint64) (float64, float64) { return a.Uniform(k, 1), a.Uniform(k, 2) },
		"swapped":       func(k uint64) (float64, float64) { return a.Uniform(k, 3), a.Uniform(3, k) },
		"other purpose": func(k uint64) (float64, float64) { return a.Uniform(k, 1), b.Uniform(k, 1) },
		"next seed": func(k uint64) (float64, float64) {
			return NewStream(k, "S1", "fail").Uniform(1, 1), NewStream(k+1, "S1", "fail").Uniform(1, 1)
		},
	} {
		var sum float64
		for k := range uint64(n) {
			x, y := pair(k + 10)
			sum += (x - 0.5) * (y - 0.5)
		}
		sensorstest.Near(t, name+": correlation", sum/n*12, 0, 0.012)
	}
}

func TestIndexIsEvenAndStaysInItsRange(t *testing.T) {
	s := NewStream(1, "S1", "text")
	var counts [7]int
	for k := range uint64(70_000) {
		counts[s.Index(k, 1, len(counts))]++
	}
	for _, count := range counts {
		sensorstest.Near(t, "count of an index", float64(count), 10_000, 500)
	}
	for _, n := range []int{1, 0, -3} {
		if got := s.Index(9, 9, n); got != 0 {
			t.Errorf("Index of %d is %d, want 0", n, got)
		}
	}
}

func TestRound6(t *testing.T) {
	for in, want := range map[float64]float64{
		1.23456749: 1.234567, 1.2345675001: 1.234568, -1e-9: 0, 12345678901.123: 12345678901.123,
	} {
		if got := Round6(in); got != want || math.Signbit(got) != math.Signbit(want) {
			t.Errorf("round6(%v) = %v, want %v", in, got, want)
		}
	}
}
