package differential

import (
	"testing"

	"github.com/failsafe-go/failsafe-go/circuitbreaker"
)

type failsafePeer struct {
	b circuitbreaker.CircuitBreaker[struct{}]
}

func newFailsafe(s settings) peer {
	builder := circuitbreaker.NewBuilder[struct{}]().WithFailureThreshold(uint(s.threshold))
	if s.rate > 0 {
		builder = circuitbreaker.NewBuilder[struct{}]().WithFailureRateThreshold(s.rate, uint(s.volume), window)
	}
	return failsafePeer{builder.
		WithSuccessThreshold(uint(s.probes)).
		WithDelay(s.openFor).
		Build()}
}

func (f failsafePeer) acquire() (func(error), bool) {
	return f.b.RecordError, f.b.TryAcquirePermit()
}

func (f failsafePeer) state() string {
	if f.b.IsOpen() && f.b.RemainingDelay() == 0 {
		return "half-open"
	}
	return f.b.State().String()
}

func TestFailsafeAgreesOnFailureRates(t *testing.T) {
	compare(t, quirks{noNeutral: true, lateCounts: true, moreProbes: true, rates: true}, newFailsafe)
}

func TestFailsafeAgreesStepByStep(t *testing.T) {
	compare(t, quirks{noNeutral: true, lateCounts: true, moreProbes: true}, newFailsafe)
}
