package engine_test

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/sensors/fault"
)

func TestAWindowStaysWhatItWasWhileTheRunGoesOn(t *testing.T) {
	config := pipeline(42, 0, inject(5, lasting(fault.Crash, 0), 3), at(20, event.Recover, 3))
	config.Batches = 200
	bubble(t, config, func(l *live) {
		time.Sleep(15 * time.Second)
		w, err := l.session.Window(20)
		if err != nil {
			t.Fatal(err)
		}
		first, last := w.Batches()
		if last-first != 19 {
			t.Errorf("it holds batches %d to %d", first, last)
		}
		before, err := w.Rehearse(nil)
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(60 * time.Second)
		after, err := w.Rehearse(nil)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(before, after); diff != "" {
			t.Errorf("a minute later it gives something else:\n%s", diff)
		}
	})
}

func TestAWindowNeedsARunThatIsPaced(t *testing.T) {
	_, s := playSession(t, pipeline(42, 3))
	if _, err := s.Window(30); !errors.Is(err, engine.ErrNotRehearsed) {
		t.Errorf("an unpaced run gives %v", err)
	}
	fresh := newSession(t, newRecorder(), pipeline(42, 3), engine.Options{Paced: true})
	if _, err := fresh.Window(30); !errors.Is(err, engine.ErrNothingYet) {
		t.Errorf("before its start it gives %v", err)
	}
}

// bubble plays a paced session in fake time.
func bubble(t *testing.T, config engine.Config, fn func(l *live)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		l := startLive(t, config, 1)
		fn(l)
		if err := l.stop(); err != nil {
			t.Error(err)
		}
	})
}
