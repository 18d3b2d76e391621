package conformance

import (
	"fmt"
	"testing"
	"time"

	"github.com/failsafe-go/failsafe-go/circuitbreaker"
	"github.com/sony/gobreaker/v2"

	"resiltui/internal/engine/breaker"
)

// The windows of row F3: five failures in ten seconds open the circuit.
const (
	edgeFailures = 5
	edgeWindow   = 10 * time.Second
)

func oursEdges(t *testing.T) string {
	return bursts(t, func() circuit {
		b, err := breaker.New(breaker.Settings{
			FailureThreshold: breaker.NoThreshold,
			Window:           breaker.Window{Span: edgeWindow}, MinVolume: edgeFailures, FailureRate: 1,
		})
		if err != nil {
			t.Fatal(err)
		}
		return ours{b}
	})
}

func gobreakerEdges(t *testing.T) string { return gobreakerBursts(t, 0) }

func gobreakerRolling(t *testing.T) string { return gobreakerBursts(t, edgeWindow/10) }

func gobreakerBursts(t *testing.T, bucket time.Duration) string {
	return bursts(t, func() circuit {
		return goTwoStep{gobreaker.NewTwoStepCircuitBreaker[struct{}](gobreaker.Settings{
			Interval: edgeWindow, BucketPeriod: bucket,
			ReadyToTrip: func(c gobreaker.Counts) bool { return c.TotalFailures >= edgeFailures },
		})}
	})
}

func failsafeEdges(t *testing.T) string {
	return bursts(t, func() circuit {
		return failsafeBreaker{circuitbreaker.NewBuilder[struct{}]().WithFailureThresholdPeriod(edgeFailures, edgeWindow).Build()}
	})
}

// bursts lets the failures come at every second of two windows, each time at a new
// circuit, and 8.8 s apart from first to last: so wherever a rolling window of ten
// buckets has its edges, there is a moment when it holds them all.
func bursts(t *testing.T, build func() circuit) string {
	for start := time.Duration(0); start < 2*edgeWindow; start += time.Second {
		r := &rig{circuit: build(), t: t}
		time.Sleep(start)
		for i := range edgeFailures {
			if i > 0 {
				time.Sleep(2200 * time.Millisecond)
			}
			if got := r.state(); got != closed {
				t.Fatalf("after %d failures the circuit is %s", i, got)
			}
			r.call(bad)
		}
		if r.state() != open {
			return fmt.Sprintf("a burst that begins %d s after the first moment of a window is not seen", start/time.Second)
		}
	}
	return ""
}
