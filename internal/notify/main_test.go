package notify

import (
	"context"
	"os"
	"testing"

	"go.uber.org/goleak"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
)

// asNotifier is the environment variable that makes the test binary a program that
// runs the command in it for one change.
const asNotifier = "RESILTUI_TEST_ON_CHANGE"

func TestMain(m *testing.M) {
	if command := os.Getenv(asNotifier); command != "" {
		n := New(Options{Command: command})
		n.Observe(opened(0))
		n.Run(context.Background())
		return
	}
	goleak.VerifyTestMain(m)
}

// opened is a circuit that trips.
func opened(sensor int) *event.Event {
	return &event.Event{Kind: event.StateChanged, Sensor: sensor, Change: &event.Change{
		From: breaker.Closed, To: breaker.Open, Reason: breaker.TooManyFailures, Count: 5, Cause: "connection refused",
	}}
}
