package conformance

import (
	"context"
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"resiltui/internal/engine/breaker"
)

type ours struct{ b *breaker.Breaker }

func newOurs(t testing.TB, s settings) circuit {
	t.Helper()
	set := breaker.Settings{
		FailureThreshold: s.threshold,
		OpenFor:          s.openFor,
		SuccessesToClose: s.probes,
		MaxProbes:        s.probes,
		ProbeTimeout:     s.probeTimeout,
		Classify: func(err error) breaker.Outcome {
			if s.fine != nil && errors.Is(err, s.fine) {
				return breaker.Success
			}
			return breaker.DefaultClassify(err)
		},
	}
	if s.volume > 0 {
		set.FailureThreshold = breaker.NoThreshold
		set.Window = breaker.Window{Span: time.Hour}
		set.MinVolume, set.FailureRate = s.volume, 0.5
	}
	if s.jitter > 0 {
		set.OpenJitter = 0.5
		set.Rand = rand.New(rand.NewPCG(s.jitter, 0)).Float64
	}
	if s.told != nil {
		set.OnTransition = func(t breaker.Transition) { s.told(oursState(t.From), oursState(t.To)) }
	}
	b, err := breaker.New(set)
	if err != nil {
		t.Fatal(err)
	}
	return ours{b}
}

func oursState(s breaker.State) string {
	switch s {
	case breaker.Closed:
		return closed
	case breaker.Open:
		return open
	case breaker.HalfOpen:
		return halfOpen
	default:
		return s.String()
	}
}

func (o ours) acquire() (func(outcome), bool) {
	permit, err := o.b.Acquire()
	if err != nil {
		return nil, false
	}
	return func(how outcome) {
		switch how {
		case good:
			permit.Release(breaker.Success, nil)
		case bad:
			permit.Release(breaker.Failure, errDown)
		default:
			permit.Release(breaker.Neutral, nil)
		}
	}, true
}

func (o ours) do(ctx context.Context, fn func(context.Context) error) error {
	_, err := breaker.Do(ctx, o.b, func(ctx context.Context) (struct{}, error) { return struct{}{}, fn(ctx) })
	return err
}

func (o ours) state() string { return oursState(o.b.Snapshot().State) }

func (o ours) due() bool { return o.b.Snapshot().ProbeDue }
