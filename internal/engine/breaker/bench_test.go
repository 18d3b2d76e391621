package breaker

import (
	"context"
	"testing"
	"time"
)

func closedBreaker(tb testing.TB) *Breaker {
	b, err := New(Settings{})
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

func openBreaker(tb testing.TB) *Breaker {
	b, err := New(Settings{FailureThreshold: 1, OpenFor: 24 * time.Hour})
	if err != nil {
		tb.Fatal(err)
	}
	p, _ := b.Acquire()
	p.Release(Failure, errDown)
	return b
}

func succeed(context.Context) (int, error) { return 1, nil }

func TestCommonPathsAllocateNothing(t *testing.T) {
	closed, open := closedBreaker(t), openBreaker(t)
	for name, f := range map[string]func(){
		"closed, success": func() { p, _ := closed.Acquire(); p.Release(Success, nil) },
		"closed, failure": func() {
			p, _ := closed.Acquire()
			p.Release(Failure, errDown)
			p, _ = closed.Acquire()
			p.Release(Success, nil)
		},
		"open, refused": func() { _, _ = open.Acquire() },
		"Do, success":   func() { _, _ = Do(context.Background(), closed, succeed) },
		"Do, refused":   func() { _, _ = Do(context.Background(), open, succeed) },
	} {
		if got := testing.AllocsPerRun(100, f); got != 0 {
			t.Errorf("%s: %v allocations", name, got)
		}
	}
}

func TestClosedSuccessReadsNoClock(t *testing.T) {
	reads := 0
	b, err := New(Settings{Now: func() time.Duration { reads++; return 0 }})
	if err != nil {
		t.Fatal(err)
	}
	reads = 0
	for range 10 {
		_, _ = Do(t.Context(), b, succeed)
	}
	if reads != 0 {
		t.Errorf("%d clock readings in 10 calls", reads)
	}
}

func BenchmarkClosedSuccess(b *testing.B) {
	cb := closedBreaker(b)
	b.ReportAllocs()
	for b.Loop() {
		p, _ := cb.Acquire()
		p.Release(Success, nil)
	}
}

func BenchmarkClosedSuccessParallel(b *testing.B) {
	cb := closedBreaker(b)
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			p, _ := cb.Acquire()
			p.Release(Success, nil)
		}
	})
}

func BenchmarkOpenRefused(b *testing.B) {
	cb := openBreaker(b)
	b.ReportAllocs()
	for b.Loop() {
		_, _ = cb.Acquire()
	}
}

func BenchmarkOpenRefusedParallel(b *testing.B) {
	cb := openBreaker(b)
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			_, _ = cb.Acquire()
		}
	})
}

func BenchmarkDoSuccess(b *testing.B) {
	cb := closedBreaker(b)
	ctx := context.Background()
	b.ReportAllocs()
	for b.Loop() {
		_, _ = Do(ctx, cb, succeed)
	}
}

func BenchmarkSnapshot(b *testing.B) {
	cb := openBreaker(b)
	b.ReportAllocs()
	for b.Loop() {
		_ = cb.Snapshot()
	}
}
