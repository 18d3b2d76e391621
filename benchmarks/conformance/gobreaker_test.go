package conformance

import (
	"context"
	"errors"
	"testing"

	"github.com/sony/gobreaker/v2"
)

// errNeutral is excluded from gobreaker's counts.
var errNeutral = errors.New("says nothing")

func newGobreaker(t testing.TB, s settings) circuit {
	t.Helper()
	set := gobreaker.Settings{
		MaxRequests: uint32(s.probes),
		Timeout:     s.openFor,
		ReadyToTrip: func(c gobreaker.Counts) bool {
			if s.volume > 0 {
				return int(c.Requests) >= s.volume && 2*c.TotalFailures >= c.Requests
			}
			return int(c.ConsecutiveFailures) >= s.threshold
		},
		IsExcluded: func(err error) bool { return err == errNeutral },
	}
	if s.fine != nil {
		set.IsSuccessful = func(err error) bool { return err == nil || errors.Is(err, s.fine) }
	}
	if s.told != nil {
		set.OnStateChange = func(_ string, from, to gobreaker.State) { s.told(from.String(), to.String()) }
	}
	if s.wrapped {
		return goWrapped{gobreaker.NewCircuitBreaker[struct{}](set)}
	}
	return goTwoStep{gobreaker.NewTwoStepCircuitBreaker[struct{}](set)}
}

// goTwoStep is gobreaker's breaker with permits.
type goTwoStep struct {
	b *gobreaker.TwoStepCircuitBreaker[struct{}]
}

func (g goTwoStep) acquire() (func(outcome), bool) {
	done, err := g.b.Allow()
	if err != nil {
		return nil, false
	}
	return func(o outcome) { done(goError(o)) }, true
}

func (goTwoStep) do(context.Context, func(context.Context) error) error {
	panic("a two-step breaker runs no function: the scenario lacks settings.wrapped")
}

func (g goTwoStep) state() string { return g.b.State().String() }

func (g goTwoStep) due() bool { return g.b.State() == gobreaker.StateHalfOpen }

// goWrapped is gobreaker's breaker around a function.
type goWrapped struct {
	b *gobreaker.CircuitBreaker[struct{}]
}

// acquire runs a function that waits for its outcome.
func (g goWrapped) acquire() (func(outcome), bool) {
	begun, how, ended := make(chan bool, 1), make(chan outcome), make(chan struct{})
	go func() {
		defer close(ended)
		_, err := g.b.Execute(func() (struct{}, error) {
			begun <- true
			return struct{}{}, goError(<-how)
		})
		if errors.Is(err, gobreaker.ErrOpenState) || errors.Is(err, gobreaker.ErrTooManyRequests) {
			begun <- false
		}
	}()
	if !<-begun {
		return nil, false
	}
	return func(o outcome) {
		how <- o
		<-ended
	}, true
}

func (g goWrapped) do(ctx context.Context, fn func(context.Context) error) error {
	_, err := g.b.Execute(func() (struct{}, error) { return struct{}{}, fn(ctx) })
	return err
}

func (g goWrapped) state() string { return g.b.State().String() }

func (g goWrapped) due() bool { return g.b.State() == gobreaker.StateHalfOpen }

func goError(o outcome) error {
	switch o {
	case good:
		return nil
	case bad:
		return errDown
	default:
		return errNeutral
	}
}
