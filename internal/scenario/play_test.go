package scenario

import (
	"testing"

	"resiltui/internal/engine"
	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/stats"
)

// play runs a scenario for its batches.
func play(t *testing.T, s Scenario) stats.Snapshot {
	t.Helper()
	known := stats.New()
	config := s.Config(s.Seed)
	config.Batches = s.Batches
	if err := engine.Play(t.Context(), event.NewHub(known), config); err != nil {
		t.Fatal(err)
	}
	return known.Snapshot(stats.Query{Columns: s.Batches})
}

func TestEveryScenarioRunsToItsEnd(t *testing.T) {
	for _, s := range builtin() {
		got := play(t, s)
		if !got.Ended || got.Batch != s.Batches || got.Run.Naive != s.Compare {
			t.Errorf("%s: %+v", s.Name, got.Run)
		}
		for _, v := range got.Sensors {
			if v.Calls != uint64(s.Batches) || v.Counts.Live == 0 {
				t.Errorf("%s, %s: %+v", s.Name, v.ID, v.Counts)
			}
		}
	}
}

// The figures of requirements 2.4 and 2.5.
func TestTheLuckyAnswerDeceivesTheHastyBreakerOnly(t *testing.T) {
	got := play(t, Breaker())
	for i, want := range []struct{ opens, failures uint64 }{{2, 4}, {2, 4}, {0, 7}, {0, 5}} {
		m := got.Sensors[i].Counts.Metrics
		if m.FailureCalls != want.failures || want.opens != 0 && m.CircuitOpenCount != want.opens || got.Sensors[i].Circuit.State != breaker.Closed {
			t.Errorf("%s: %+v", got.Sensors[i].ID, m)
		}
	}
	closedFalsely := func(i int) bool {
		v := got.Sensors[i]
		for _, c := range v.Columns {
			if c.At > CrashStart+1e9 && c.At < LuckyEnd && c.State == breaker.Closed {
				return true
			}
		}
		return false
	}
	if !closedFalsely(2) || closedFalsely(3) {
		t.Error("the lucky answer closes the wrong one")
	}
}

func TestAReadOfAFileIsNeverRetried(t *testing.T) {
	got := play(t, Retry())
	for _, v := range got.Sensors {
		if (v.Counts.Retries == 0) != (v.ID == ReadLocalFile) {
			t.Errorf("%s: %d retries", v.ID, v.Counts.Retries)
		}
	}
}

// Three sensors in a row are one, behind the three strategies.
func TestTheStrategiesFaceTheSameFailures(t *testing.T) {
	got := play(t, Strategies())
	for i, v := range got.Sensors {
		first := got.Sensors[i-i%3]
		for k, c := range v.Columns {
			if c.Answered() != first.Columns[k].Answered() {
				t.Errorf("%s, batch %d: %v, %s %v", v.ID, k+1, c.Mark, first.ID, first.Columns[k].Mark)
			}
		}
		if i%3 == 0 && v.Counts.Stale+v.Counts.Interpolated != 0 {
			t.Errorf("%s serves a substitute", v.ID)
		}
	}
}
