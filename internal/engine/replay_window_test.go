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
	if _, err := s.WindowAt(0, 9, 20); !errors.Is(err, engine.ErrNotRehearsed) {
		t.Errorf("at a moment an unpaced run gives %v", err)
	}
	fresh := newSession(t, newRecorder(), pipeline(42, 3), engine.Options{Paced: true})
	if _, err := fresh.Window(30); !errors.Is(err, engine.ErrNothingYet) {
		t.Errorf("before its start it gives %v", err)
	}
	if _, err := fresh.WindowAt(0, 9, 20); !errors.Is(err, engine.ErrNothingYet) {
		t.Errorf("at a moment before its start it gives %v", err)
	}
}

// reachedBack plays a run and simulates batches of each part of it again.
func reachedBack(t *testing.T, config engine.Config, at ...int) {
	t.Helper()
	rehearsable(t, config, func(l *live) {
		began := map[int]time.Duration{}
		for _, e := range l.all() {
			if e.Kind == event.BatchStarted {
				began[e.Batch] = e.At
			}
		}
		for _, batch := range at {
			w, err := l.session.WindowAt(began[batch]+ms, 9, 20)
			if err != nil {
				t.Fatal(err)
			}
			first, last := w.Batches()
			if first != min(max(batch-9, 1), config.Batches-29) || last != first+29 {
				t.Errorf("around batch %d it holds %d to %d", batch, first, last)
			}
			again, err := w.Rehearse(nil)
			if err != nil {
				t.Fatal(err)
			}
			if w.From() != began[first] || again[1].Batch != first {
				t.Errorf("batches from %d on begin at %v with %+v", first, w.From(), again[1])
			}
			want := logOf(t, window(l.all(), first, last))
			if diff := cmp.Diff(string(want), string(logOf(t, window(again, first, last)))); diff != "" {
				t.Fatalf("batches %d to %d: %s", first, last, diff)
			}
		}
	})
}

func TestBatchesOfLongAgoAreSimulatedAgainAsTheyWere(t *testing.T) {
	for seed := range seeds(20) {
		reachedBack(t, randomRun(seed, 150), 1, 5, 10, 11, 41, 42, 43, 75, 100, 118, 131, 150)
	}
}

func TestBatchesOfLongAgoOfManySensorsAreSimulatedAgainAsTheyWere(t *testing.T) {
	for seed := range seeds(2) {
		reachedBack(t, manyRun(seed, 150), 1, 10, 42, 49, 50, 51, 83, 120, 150)
	}
}

func TestOnlySoManyBatchesAreKeptAndWhoAsksForOthersIsTold(t *testing.T) {
	rehearsable(t, pipeline(42, 3000), func(l *live) {
		w, err := l.session.Window(1 << 30)
		if err != nil {
			t.Fatal(err)
		}
		first, last := w.Batches()
		if kept := last - first + 1; last != 3000 || kept > 1200 || kept < 1000 {
			t.Errorf("batches %d to %d are kept", first, last)
		}
		_, err = l.session.WindowAt(w.From()-1, 9, 20)
		var forgotten *engine.ForgottenError
		if !errors.As(err, &forgotten) || forgotten.Batch != first || forgotten.At != w.From() {
			t.Errorf("of a moment before, the error is %v", err)
		}
		if oldest, err := l.session.WindowAt(w.From(), 9, 20); err != nil {
			t.Error(err)
		} else if a, b := oldest.Batches(); a != first || b != first+29 {
			t.Errorf("the oldest batches are %d to %d", a, b)
		}
	})
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
