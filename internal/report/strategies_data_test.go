package report

import (
	"fmt"
	"strings"
	"testing"

	"resiltui/internal/engine/event"
	"resiltui/internal/engine/fallback"
	"resiltui/internal/scenario"
)

// The three face the same failures reading by reading, so what is live for one
// is live for all.
func TestTheStrategiesFaceTheSameFailuresBatchByBatch(t *testing.T) {
	for seed := range uint64(60) {
		r := strategiesOf(t, seeded(seed))
		if len(r.Strategies) != 3 {
			t.Fatalf("%d strategies", len(r.Strategies))
		}
		first := r.Strategies[0]
		for _, s := range r.Strategies {
			if len(s.Batches) != 10 || s.Readings != 50 {
				t.Fatalf("%s: %d batches, %d readings", s.Name, len(s.Batches), s.Readings)
			}
			for b, batch := range s.Batches {
				failed := batch.Stale + batch.Interpolated + batch.Dropped
				if batch.Batch != b+1 || batch.Live != first.Batches[b].Live || batch.Live+failed != 5 {
					t.Errorf("seed %d, %s: %+v beside %+v", seed, s.Name, batch, first.Batches[b])
				}
				if batch.Delivered != 5-batch.Dropped {
					t.Errorf("seed %d, %s: %+v", seed, s.Name, batch)
				}
			}
		}
	}
}

// And the same values: a live reading of one is that of the others.
func TestTheStrategiesFaceTheSameValues(t *testing.T) {
	r := recordOf(t, "strategies", seeded(3))
	for i := 0; i < len(r.calls); i += 3 {
		for k := range r.calls[i] {
			a, b, c := r.calls[i][k].Call, r.calls[i+1][k].Call, r.calls[i+2][k].Call
			if a.Served != (a.Result == event.Live) {
				t.Errorf("drop served %+v", a)
			}
			if a.Served && (a.Value != b.Value || a.Value != c.Value) || a.Truth != b.Truth || a.Truth != c.Truth {
				t.Errorf("%s, call %d: %v, %v and %v", r.run.Sensors[i].ID, k+1, a.Value, b.Value, c.Value)
			}
		}
	}
}

// With retries the waits are drawn alike as well: the attempts of the three are at the
// same times.
func TestTheStrategiesFaceTheSameWaits(t *testing.T) {
	r := recordOf(t, "strategies", seeded(3, "policy.retry.attempts=4", "policy.retry.jitter=full"))
	waited := false
	for i := 0; i < len(r.calls); i += 3 {
		for k := range r.calls[i] {
			a, b, c := r.calls[i][k].Call, r.calls[i+1][k].Call, r.calls[i+2][k].Call
			if a.Waited != b.Waited || a.Waited != c.Waited || a.Took != b.Took || a.Took != c.Took {
				t.Errorf("%s, call %d: waits of %v, %v and %v", r.run.Sensors[i].ID, k+1, a.Waited, b.Waited, c.Waited)
			}
			waited = waited || a.Waited > 0
		}
	}
	if !waited {
		t.Error("no call waited")
	}
}

func TestEachStrategyServesItsOwnKind(t *testing.T) {
	served := map[string]int{}
	for seed := range uint64(60) {
		for _, s := range strategiesOf(t, seeded(seed)).Strategies {
			for _, b := range s.Batches {
				served[s.Name+" stale"] += b.Stale
				served[s.Name+" interpolated"] += b.Interpolated
			}
		}
	}
	for what, some := range map[string]bool{
		"drop stale": false, "drop interpolated": false,
		"last-known-good stale": true, "last-known-good interpolated": false,
		"interpolated stale": false, "interpolated interpolated": true,
	} {
		if (served[what] > 0) != some {
			t.Errorf("%s: %d", what, served[what])
		}
	}
}

func TestTheStrategySummaryIsThatOfItsBatches(t *testing.T) {
	for seed := range uint64(60) {
		for _, s := range strategiesOf(t, seeded(seed)).Strategies {
			delivered, live, substituted := 0, 0, 0
			worst, fewest := 0, 6
			for _, b := range s.Batches {
				delivered += b.Delivered
				live += b.Live
				substituted += b.Stale + b.Interpolated
				if b.Delivered < fewest {
					worst, fewest = b.Batch, b.Delivered
				}
			}
			if s.TotalDelivered != delivered || s.Substituted != uint64(substituted) || s.WorstBatch != worst || s.WorstBatchDelivered != fewest {
				t.Errorf("seed %d: %+v", seed, s)
			}
			if !is(s.AverageFreshness, micro(float64(live)/float64(delivered))) || !is(s.LiveShare, micro(float64(live)/50)) {
				t.Errorf("seed %d, %s: freshness %v, live share %v", seed, s.Name, *s.AverageFreshness, *s.LiveShare)
			}
			judged := 0
			for _, e := range s.Errors {
				judged += e.Substituted
				if none := e.Substituted == 0; (e.MeanAbsoluteError == nil) != none || (e.MaxAbsoluteError == nil) != none {
					t.Errorf("seed %d, %s: %+v", seed, s.Name, e)
				}
			}
			if judged != substituted {
				t.Errorf("seed %d, %s: errors of %d values, %d were substituted", seed, s.Name, judged, substituted)
			}
			if s.Name == fallback.NameDrop && (*s.AverageFreshness != 1 || substituted != 0) {
				t.Errorf("seed %d: drop substituted %d", seed, substituted)
			}
		}
	}
}

func TestEveryStrategyIsRecommendedForItsUseWithFiguresOfTheRun(t *testing.T) {
	r := strategiesOf(t, seeded(scenario.DefaultSeed))
	if len(r.Recommendations) != 3 {
		t.Fatalf("%d recommendations", len(r.Recommendations))
	}
	for i, when := range []string{"worse than missing", "changes slowly", "smoothly"} {
		rec, s := r.Recommendations[i], r.Strategies[i]
		if rec.Strategy != s.Name || !strings.Contains(rec.UseWhen, when) {
			t.Errorf("%+v", rec)
		}
		if !strings.Contains(rec.Because, fmt.Sprintf("%d of %d readings", s.TotalDelivered, s.Readings)) {
			t.Error(rec.Because)
		}
		for _, e := range s.Errors {
			if e.MeanAbsoluteError != nil && !strings.Contains(rec.Because, fmt.Sprintf("%.3f %s at %s", *e.MeanAbsoluteError, e.Unit, e.Sensor)) {
				t.Error(rec.Because)
			}
		}
	}
	words := ""
	for _, section := range r.Document().Sections {
		words += strings.Join(section.Conclusion, "\n")
	}
	for _, rec := range r.Recommendations {
		if !strings.Contains(words, rec.UseWhen) || !strings.Contains(words, rec.Because) {
			t.Errorf("the document does not say: %+v", rec)
		}
	}
}

// Sensors that never fail leave nothing to substitute, and no error to state.
func TestNothingSubstitutedHasNoError(t *testing.T) {
	var set []string
	for _, s := range scenario.Strategies().Sensors {
		set = append(set, "sensors."+s.Info.ID+".fail=0")
	}
	r := strategiesOf(t, seeded(1, set...))
	for _, s := range r.Strategies {
		if s.TotalDelivered != 50 || s.Substituted != 0 || s.WorstBatchDelivered != 5 || s.WorstBatch != 1 {
			t.Errorf("%+v", s)
		}
	}
	if because := r.Recommendations[1].Because; because != "it delivered all 50 readings and had nothing to stand in for, since no read failed" {
		t.Error(because)
	}
	for _, f := range r.Figures() {
		if strings.Contains(f.Name, "error") && f.Known {
			t.Errorf("%+v", f)
		}
	}
}

// Where nothing at all was delivered, freshness has no denominator.
func TestNothingDeliveredHasNoFreshness(t *testing.T) {
	var set []string
	for _, s := range scenario.Strategies().Sensors {
		set = append(set, "sensors."+s.Info.ID+".fail=1")
	}
	for _, s := range strategiesOf(t, seeded(1, set...)).Strategies {
		if s.AverageFreshness != nil || !is(s.LiveShare, 0) || s.TotalDelivered != 0 {
			t.Errorf("%+v", s)
		}
	}
}
