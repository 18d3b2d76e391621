package engine_test

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/scenario"
)

func TestARestartWithAScenarioGoesOnWithThatRun(t *testing.T) {
	inBubble(t, pipeline(42, 0), func(t *testing.T, l *live) {
		time.Sleep(3 * time.Second)
		l.do(event.Command{Op: event.Restart, Seed: 7, Scenario: "retry"})
		time.Sleep(3 * time.Second)
		l.do(event.Command{Op: event.Restart, Seed: 8}) // no scenario: the same run, another seed
		time.Sleep(3 * time.Second)
		parts := runs(l.all())
		if len(parts) != 3 {
			t.Fatalf("%d runs", len(parts))
		}
		for i, want := range []struct {
			scenario string
			seed     uint64
		}{{"pipeline", 42}, {"retry", 7}, {"retry", 8}} {
			if run := parts[i][0].Run; run.Scenario != want.scenario || run.Seed != want.seed || parts[i][0].Seq != 1 {
				t.Errorf("run %d is %s with seed %d, number %d", i+1, run.Scenario, run.Seed, parts[i][0].Seq)
			}
			if n := len(ofKind(parts[i], event.CallEnded)); n == 0 {
				t.Errorf("run %d made no call", i+1)
			}
		}
	})
}

func TestAScenarioThatCannotBeBuiltEndsTheSessionWithItsError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := startLive(t, pipeline(42, 0), 1)
		l.do(event.Command{Op: event.Restart, Scenario: "broken"})
		if err := <-l.done; !errors.Is(err, errNoSuchSensor) {
			t.Errorf("the session ended with %v", err)
		}
	})
}

func TestAnUnknownScenarioIsToldAndChangesNothing(t *testing.T) {
	inBubble(t, pipeline(42, 0), func(t *testing.T, l *live) {
		time.Sleep(3 * time.Second)
		l.do(event.Command{Op: event.Restart, Seed: 7, Scenario: "atlantis", By: "you pressed S"})
		time.Sleep(3 * time.Second)
		if parts := runs(l.all()); len(parts) != 1 || l.session.Now() != 6*time.Second {
			t.Errorf("%d runs, and it is %v", len(parts), l.session.Now())
		}
		told := l.of(event.CommandTaken)
		if got := told[len(told)-1].Taken.Text; got != "you pressed S: there is no scenario atlantis" {
			t.Errorf("what is told is %q", got)
		}
	})
}

// errNoSuchSensor is what the scenario "broken" is not built for.
var errNoSuchSensor = errors.New("no such sensor")

// otherRuns are the scenarios that a test's session can be started again with.
func otherRuns() map[string]func(seed uint64) (engine.Config, error) {
	return map[string]func(seed uint64) (engine.Config, error){
		"retry":  func(seed uint64) (engine.Config, error) { return scenario.Retry().Config(seed), nil },
		"broken": func(uint64) (engine.Config, error) { return engine.Config{}, errNoSuchSensor },
	}
}

func TestANoteIsAnEventThatIsCleanedAndClipped(t *testing.T) {
	inBubble(t, pipeline(42, 0), func(t *testing.T, l *live) {
		time.Sleep(1200 * time.Millisecond)
		before := len(l.of(event.CommandTaken))
		for _, text := range []string{"pump \x1b[31mrestarted\x07\n by hand", strings.Repeat("x", 500), "", " \t\x1b[0m"} {
			l.do(event.Command{Op: event.Note, Text: text})
		}
		told := l.of(event.CommandTaken)[before:]
		if len(told) != 2 {
			t.Fatalf("%d notes were told, and two of four are empty", len(told))
		}
		if got := told[0].Taken.Text; got != "note: pump restarted by hand" {
			t.Errorf("the note reads %q", got)
		}
		if got := told[1].Taken.Text; len(got) > 440 || !strings.HasSuffix(got, "…") {
			t.Errorf("a long note reads %q", got)
		}
		if e := told[0]; e.At < time.Second || e.At > 1200*time.Millisecond || e.Batch != 3 || e.Sensor != event.NoSensor || e.Taken.Speed != 1 || e.Taken.Paused {
			t.Errorf("the note is %+v with %+v", e, e.Taken)
		}
	})
}
