package conformance

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/failsafe-go/failsafe-go"
	"github.com/failsafe-go/failsafe-go/circuitbreaker"
)

// failsafeBreaker is used with permits as its executor uses it: a permit, then
// RecordSuccess or RecordFailure.
type failsafeBreaker struct {
	b circuitbreaker.CircuitBreaker[struct{}]
}

func newFailsafe(t testing.TB, s settings) circuit {
	t.Helper()
	builder := circuitbreaker.NewBuilder[struct{}]().
		WithFailureThreshold(uint(s.threshold)).
		WithSuccessThreshold(uint(s.probes)).
		WithDelay(s.openFor)
	if s.volume > 0 {
		builder = builder.WithFailureRateThreshold(0.5, uint(s.volume), time.Hour)
	}
	if s.jitter > 0 {
		builder = builder.WithJitterFactor(0.5)
	}
	if s.fine != nil {
		builder = builder.HandleIf(func(_ struct{}, err error) bool { return err != nil && !errors.Is(err, s.fine) })
	}
	if s.told != nil {
		builder = builder.OnStateChanged(func(e circuitbreaker.StateChangedEvent) {
			s.told(e.OldState.String(), e.NewState.String())
		})
	}
	return failsafeBreaker{builder.Build()}
}

func (f failsafeBreaker) acquire() (func(outcome), bool) {
	if !f.b.TryAcquirePermit() {
		return nil, false
	}
	return func(o outcome) {
		switch o {
		case good:
			f.b.RecordSuccess()
		case bad:
			f.b.RecordFailure()
		default:
			panic("failsafe-go has no neutral outcome: the scenario does not apply")
		}
	}, true
}

func (f failsafeBreaker) do(ctx context.Context, fn func(context.Context) error) error {
	return failsafe.With(f.b).WithContext(ctx).RunWithExecution(func(e failsafe.Execution[struct{}]) error {
		return fn(e.Context())
	})
}

func (f failsafeBreaker) state() string { return f.b.State().String() }

func (f failsafeBreaker) due() bool { return f.b.IsOpen() && f.b.RemainingDelay() == 0 }
