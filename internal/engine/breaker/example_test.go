package breaker_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"resiltui/internal/engine/breaker"
)

func ExampleDo() {
	var now time.Duration
	b, err := breaker.New(breaker.Settings{
		FailureThreshold: 2,
		OpenFor:          time.Second,
		SuccessesToClose: 1,
		Now:              func() time.Duration { return now },
		OnTransition:     func(t breaker.Transition) { fmt.Println(t.At, t) },
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	read := func(err error) {
		_, err = breaker.Do(context.Background(), b, func(context.Context) (float64, error) { return 21.3, err })
		if errors.Is(err, breaker.ErrOpen) {
			fmt.Println(now, err)
		}
	}
	down := errors.New("connection refused")
	read(down)
	read(down)
	now = 500 * time.Millisecond
	read(nil)
	now = time.Second
	read(nil)
	// Output:
	// 0s CLOSED to OPEN: 2 failures in a row (connection refused)
	// 500ms circuit open since 0s, probe due at 1s
	// 1s OPEN to HALF_OPEN: probe due
	// 1s HALF_OPEN to CLOSED: 1 good probe
}
