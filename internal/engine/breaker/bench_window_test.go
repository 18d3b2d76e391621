package breaker

import (
	"maps"
	"slices"
	"testing"
	"time"
)

// windows are the settings of which the cost of a call is told.
func windows() map[string]Settings {
	return map[string]Settings{
		"calls=100":           {Window: Window{Calls: 100}, FailureRate: 0.5},
		"calls=100,slow=yes":  {Window: Window{Calls: 100}, FailureRate: 0.5, SlowRate: 0.5, SlowCall: time.Second},
		"span=10s":            {Window: Window{Span: 10 * time.Second}, FailureRate: 0.5},
		"span=10s,slow=yes":   {Window: Window{Span: 10 * time.Second}, FailureRate: 0.5, SlowRate: 0.5, SlowCall: time.Second},
		"calls=100k,slow=yes": {Window: Window{Calls: 100_000}, FailureRate: 0.5, SlowRate: 0.5, SlowCall: time.Second},
	}
}

// warm returns a breaker whose window has been filled; one call in four failed.
func warm(tb testing.TB, s Settings) *Breaker {
	b, err := New(s)
	if err != nil {
		tb.Fatal(err)
	}
	for i := range max(100, s.Window.Calls) {
		p, _ := b.Acquire()
		p.Release([]Outcome{Failure, Success, Success, Success}[i%4], nil)
	}
	if b.Snapshot().State != Closed {
		tb.Fatal("filling the window opened the circuit")
	}
	return b
}

func TestWindowsAllocateNothing(t *testing.T) {
	for name, s := range windows() {
		b, i := warm(t, s), 0
		if got := testing.AllocsPerRun(1000, func() {
			p, _ := b.Acquire()
			p.Release(Outcome(i%5/4), errDown) // one failure in five
			i++
			_ = b.Snapshot()
		}); got != 0 {
			t.Errorf("%s: %v allocations", name, got)
		}
	}
}

func TestAWindowReadsTheClockNoMoreThanItNeeds(t *testing.T) {
	for name, want := range map[string]int{"calls=100": 0, "span=10s": 10, "calls=100,slow=yes": 20, "span=10s,slow=yes": 20} {
		s, reads := windows()[name], 0
		s.Now = func() time.Duration { reads++; return 0 }
		b := warm(t, s)
		reads = 0
		for range 10 {
			_, _ = Do(t.Context(), b, succeed)
		}
		if reads != want {
			t.Errorf("%s: %d clock readings in 10 calls, want %d", name, reads, want)
		}
	}
}

func BenchmarkWindowSuccess(b *testing.B) {
	for _, name := range slices.Sorted(maps.Keys(windows())) {
		b.Run(name, func(b *testing.B) {
			cb := warm(b, windows()[name])
			b.ReportAllocs()
			for b.Loop() {
				p, _ := cb.Acquire()
				p.Release(Success, nil)
			}
		})
	}
}

func BenchmarkWindowSnapshot(b *testing.B) {
	for _, name := range slices.Sorted(maps.Keys(windows())) {
		b.Run(name, func(b *testing.B) {
			cb := warm(b, windows()[name])
			b.ReportAllocs()
			for b.Loop() {
				_ = cb.Snapshot()
			}
		})
	}
}
