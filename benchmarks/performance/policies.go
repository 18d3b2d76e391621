package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/failsafe-go/failsafe-go"
	"github.com/failsafe-go/failsafe-go/circuitbreaker"
	failsafefallback "github.com/failsafe-go/failsafe-go/fallback"
	"github.com/failsafe-go/failsafe-go/retrypolicy"
	"github.com/sony/gobreaker/v2"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/fallback"
	"resiltui/internal/engine/retry"
	"resiltui/internal/stats"
	"resiltui/internal/stats/history"
)

const (
	threshold = 5
	probes    = 2
	forever   = 24 * time.Hour
)

var errDown = errors.New("connection refused")

// Every function under a policy is one of these, of one result type, so that
// only the policies differ.
func succeed() (float64, error)                            { return 21.5, nil }
func succeedContext(context.Context) (float64, error)      { return 21.5, nil }
func succeedAttempt(context.Context, int) (float64, error) { return 21.5, nil }
func refuse(b *gobreaker.CircuitBreaker[float64]) func() error {
	return func() error { _, err := b.Execute(succeed); return err }
}

func newGobreaker() *gobreaker.CircuitBreaker[float64] {
	return gobreaker.NewCircuitBreaker[float64](gobreaker.Settings{
		MaxRequests: probes,
		Timeout:     forever,
		ReadyToTrip: func(c gobreaker.Counts) bool { return c.ConsecutiveFailures >= threshold },
	})
}

// plain counts failures in a row; windowed looks at rates as well.
func plain() breaker.Settings {
	return breaker.Settings{FailureThreshold: threshold, SuccessesToClose: probes, OpenFor: forever}
}

func windowed() breaker.Settings {
	s := plain()
	s.Window, s.FailureRate = breaker.Window{Calls: 100}, 0.5
	s.SlowRate, s.SlowCall = 0.5, time.Second
	return s
}

// beside measures a successful call of a breaker beside gobreaker's.
func beside(e *effort, s breaker.Settings) (figure, error) {
	b, err := breaker.New(s)
	if err != nil {
		return figure{}, err
	}
	ctx, peer := context.Background(), newGobreaker()
	return against(e,
		call{"resiltui", nil, func() error { _, err := breaker.Do(ctx, b, succeedContext); return err }},
		call{"gobreaker", nil, refuse(peer)})
}

func closedBreaker(e *effort) (figure, error) { return beside(e, plain()) }
func windowBreaker(e *effort) (figure, error) { return beside(e, windowed()) }

func openBreaker(e *effort) (figure, error) {
	b, err := breaker.New(plain())
	if err != nil {
		return figure{}, err
	}
	ctx, peer := context.Background(), newGobreaker()
	for range threshold {
		_, _ = breaker.Do(ctx, b, func(context.Context) (float64, error) { return 0, errDown })
		_, _ = peer.Execute(func() (float64, error) { return 0, errDown })
	}
	return against(e,
		call{"resiltui", breaker.ErrOpen, func() error { _, err := breaker.Do(ctx, b, succeedContext); return err }},
		call{"gobreaker", gobreaker.ErrOpenState, refuse(peer)})
}

func firstRetry(e *effort) (figure, error) {
	ctx, p := context.Background(), &retry.Policy{Stats: retry.NewStats("S1")}
	return against(e,
		call{"resiltui", nil, func() error { _, err := retry.Do(ctx, p, succeedAttempt); return err }},
		call{"backoff", nil, func() error {
			_, err := backoff.Retry(ctx, succeed, backoff.WithMaxTries(3))
			return err
		}})
}

// stackOf is fallback around breaker around retry, beside failsafe-go's.
func stackOf(e *effort, s breaker.Settings) (figure, error) {
	b, err := breaker.New(s)
	if err != nil {
		return figure{}, err
	}
	ctx, kept := context.Background(), fallback.NewLastKnownGood(fallback.Options{})
	p := &retry.Policy{Stats: retry.NewStats("S1"), Never: []error{breaker.ErrOpen}}
	var at time.Duration
	once := func(context.Context, int) (fallback.Reading, error) {
		at++ // each reading is newer than the last, as in a run
		return fallback.Reading{Value: 21.5, At: at}, nil
	}
	retried := func(ctx context.Context) (fallback.Reading, error) { return retry.Do(ctx, p, once) }
	guarded := func(ctx context.Context) (fallback.Reading, error) { return breaker.Do(ctx, b, retried) }
	peer := failsafe.With[float64](
		failsafefallback.NewWithResult(0.0),
		circuitbreaker.NewBuilder[float64]().WithFailureThreshold(threshold).WithSuccessThreshold(probes).WithDelay(forever).Build(),
		retrypolicy.NewBuilder[float64]().WithMaxAttempts(3).Build())
	return against(e,
		call{"resiltui", nil, func() error { _, err := fallback.Do(ctx, kept, "S1", guarded); return err }},
		call{"failsafe-go", nil, func() error { _, err := peer.Get(succeed); return err }})
}

func plainStack(e *effort) (figure, error)  { return stackOf(e, plain()) }
func windowStack(e *effort) (figure, error) { return stackOf(e, windowed()) }

// publish is what telling of a live call costs the engine with all that a
// dashboard has: numbering, folding into the counts and into the past that can be
// gone back to, signalling. Beside it the same without the past. Each measurement
// has a past of its own: in the dashboard it is the reader that lets the oldest go.
func publish(e *effort) (figure, error) {
	var whole, without []float64
	for range e.runs {
		c := call{name: "publish", do: tell(stats.New(), history.New())}
		whole = append(whole, c.time(e.slice))
		c.do = tell(stats.New())
		without = append(without, c.time(e.slice))
	}
	ns := median(whole)
	return figure{value: ns, text: fmt.Sprintf("%s ns (%s ns without the past that can be gone back to)", number(ns), number(median(without)))}, nil
}

// tell has a hub tell folders and a reader of one live call after another.
func tell(folders ...event.Folder) func() error {
	hub := event.NewHub(folders...)
	hub.Publish(event.Event{Kind: event.RunStarted, Sensor: event.NoSensor, Run: &event.Run{
		Scenario: "pipeline", Sensors: make([]event.Sensor, 5),
	}, Taken: &event.Taken{Speed: 1}})
	hub.Subscribe()
	ev := event.Event{Kind: event.CallEnded, Sensor: 3, Batch: 1, Call: event.Call{
		Number: 1, Took: 50 * time.Millisecond, Result: event.Live, Served: true, Value: 21.5, Attempts: 1, Admitted: true,
		Outcome: breaker.Success, Circuit: breaker.Circuit{FailuresToTrip: threshold},
	}}
	return func() error {
		ev.At += 10 * time.Microsecond
		ev.Call.Start = ev.At - ev.Call.Took
		hub.Tell(&ev)
		return nil
	}
}
