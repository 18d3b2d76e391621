package event

import (
	"fmt"
	"testing"
	"time"

	"resiltui/internal/engine/breaker"
)

type nothing struct{}

func (nothing) Observe(*Event) {}

func BenchmarkPublish(b *testing.B) {
	e := Event{
		At: 47 * time.Second, Batch: 95, Kind: CallEnded,
		Call: Call{Number: 95, Took: 50 * ms, Result: Live, Served: true, Value: 4.16, Attempts: 1, Admitted: true, Outcome: breaker.Success},
	}
	for _, subscribers := range []int{0, 1} {
		b.Run(fmt.Sprintf("subscribers=%d", subscribers), func(b *testing.B) {
			h := NewHub(nothing{})
			for range subscribers {
				defer h.Subscribe().Close()
			}
			b.ReportAllocs()
			for b.Loop() {
				h.Publish(e)
			}
		})
	}
}
