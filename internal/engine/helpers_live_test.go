package engine_test

import (
	"context"
	"testing"
	"testing/synctest"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
)

// live is a paced session under way, in a bubble of testing/synctest.
type live struct {
	*recorder
	session *engine.Session
	cancel  context.CancelFunc
	done    chan error // what Run returned
}

// startLive starts the session; it ends with the test at the latest.
func startLive(t testing.TB, config engine.Config, speed float64) *live {
	t.Helper()
	r := newRecorder()
	return goLive(t, r, newSession(t, r, config, engine.Options{Paced: true, Speed: speed, Scenarios: otherRuns()}))
}

func goLive(t testing.TB, r *recorder, s *engine.Session) *live {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	l := &live{recorder: r, session: s, cancel: cancel, done: make(chan error, 1)}
	go func() { l.done <- s.Run(ctx) }()
	t.Cleanup(cancel)
	synctest.Wait()
	return l
}

// do carries a command out and waits until that is done.
func (l *live) do(c event.Command) {
	if c.By == "" {
		c.By = "you"
	}
	l.session.Do(c)
	synctest.Wait()
}

// stop ends the session and returns its error.
func (l *live) stop() error {
	l.cancel()
	return <-l.done
}
