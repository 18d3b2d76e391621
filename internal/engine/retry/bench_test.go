package retry_test

import (
	"context"
	"testing"
	"time"

	"resiltui/internal/engine/retry"
)

func BenchmarkFirstAttemptSucceeds(b *testing.B) {
	for _, bb := range []struct {
		name  string
		stats *retry.Stats
	}{{"stats=no", nil}, {"stats=yes", retry.NewStats("S0")}} {
		b.Run(bb.name, func(b *testing.B) {
			ctx, p := b.Context(), &retry.Policy{Stats: bb.stats}
			b.ReportAllocs()
			for b.Loop() {
				_, _ = retry.Do(ctx, p, func(context.Context, int) (float64, error) { return 1, nil })
			}
		})
	}
}

func BenchmarkExhausted(b *testing.B) {
	ctx := b.Context()
	p := &retry.Policy{
		Stats: retry.NewStats("S0"),
		Sleep: func(context.Context, time.Duration) error { return nil },
		Now:   func() time.Duration { return 0 },
	}
	b.ReportAllocs()
	for b.Loop() {
		_, _ = retry.Do(ctx, p, func(context.Context, int) (float64, error) { return 0, errRefused })
	}
}

func BenchmarkConcurrentSuccesses(b *testing.B) {
	p := &retry.Policy{Stats: retry.NewStats("S0")}
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		ctx := context.Background()
		for pb.Next() {
			_, _ = retry.Do(ctx, p, func(context.Context, int) (float64, error) { return 1, nil })
		}
	})
}
