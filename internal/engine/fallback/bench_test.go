package fallback_test

import (
	"testing"
	"time"

	"resiltui/internal/engine/fallback"
)

func BenchmarkGood(b *testing.B) {
	for _, st := range keepers(fallback.Options{}) {
		b.Run("strategy="+st.Name(), func(b *testing.B) {
			b.ReportAllocs()
			var at time.Duration
			for b.Loop() {
				at++
				st.Good("S0", live(at, 1))
			}
		})
	}
}
