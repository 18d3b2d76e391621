package engine_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/stats"
)

// BenchmarkVirtualReads is one call of one sensor through the whole stack, with
// its events counted by the aggregator.
func BenchmarkVirtualReads(b *testing.B) {
	for _, n := range []int{5, 1000} {
		b.Run(fmt.Sprintf("sensors=%d", n), func(b *testing.B) {
			config := manySensors(n).Config(42)
			config.Batches = b.N/n + 1
			b.ReportAllocs()
			b.ResetTimer()
			start := time.Now()
			if err := engine.Play(context.Background(), event.NewHub(stats.New()), config); err != nil {
				b.Fatal(err)
			}
			reads := float64((b.N/n + 1) * n)
			b.ReportMetric(reads/time.Since(start).Seconds(), "reads/s")
		})
	}
}
