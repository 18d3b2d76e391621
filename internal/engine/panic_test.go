package engine_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/policy"
)

// withBug is a policy whose code panics where an error is looked at: outside of
// every sensor, so a fault of the program and not of what it watches.
func withBug() policy.Policy {
	p := layers()
	p.Retry.RetryOn = append(p.Retry.RetryOn, func(error) bool { panic("a bug") })
	return p
}

// runToPanic runs a session and returns what it ended with, raised or returned.
func runToPanic(s *engine.Session) (end string) {
	defer func() {
		if v := recover(); v != nil {
			end = fmt.Sprint(v)
		}
	}()
	if err := s.Run(context.Background()); err != nil {
		return err.Error()
	}
	return ""
}

func TestAPanicOfOurOwnEndsTheRunAndIsNotHidden(t *testing.T) {
	for _, isReal := range []bool{true, false} {
		for _, paced := range []bool{true, false} {
			t.Run(fmt.Sprintf("real=%v,paced=%v", isReal, paced), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					config := realRun(member("bug", withBug(), failing), member("good", layers(), answers(20*ms)))
					config.Real, config.Batches = isReal, 20
					r := newRecorder()
					end := runToPanic(newSession(t, r, config, engine.Options{Paced: paced}))
					if !strings.Contains(end, "a bug") {
						t.Errorf("it ends with %.200q", end)
					}
					if len(r.of(event.RunEnded)) != 0 {
						t.Error("it says that the run has ended well")
					}
					n := len(r.all())
					time.Sleep(time.Minute)
					if len(r.all()) != n {
						t.Error("the others go on")
					}
				})
			})
		}
	}
}
