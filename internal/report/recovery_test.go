package report

import (
	"strings"
	"testing"

	"resiltui/internal/scenario"
)

func faulted(seed uint64, faults []string, set ...string) Options {
	return Options{Seed: seed, Set: set, Faults: faults}
}

// at is what a pointer of the report holds; 0 is null.
func at(n *int) int {
	if n == nil {
		return 0
	}
	return *n
}

// Seed 42: S4's circuit opens in batches 8 and 15 and closes in batch 23.
func TestTheRecoveryIsToldFromWhatHappened(t *testing.T) {
	for _, c := range []struct {
		name              string
		o                 Options
		recovered, closed int
		said              []string
	}{
		{"nothing in the way", seeded(42), 16, 23, []string{"works from call 16 on; its circuit closed in batch 23."}},
		{"no breaker", seeded(42, "policy.breaker.off=true"), 16, 0, []string{"works from call 16 on; its breaker is off, so there is no circuit to close."}},
		{"no breaker at S4 alone", seeded(42, "sensors.S4.policy.breaker.off=true"), 16, 0, []string{"its breaker is off"}},
		{"a breaker at S4 alone", seeded(42, "policy.breaker.off=true", "sensors.S4.policy.breaker.off=false"), 16, 23, []string{"closed in batch 23"}},
		{"a fault to the end", faulted(42, []string{"S4:crash@10-30"}), 0, 0, []string{"from call 16 on, but an injected fault lasts to the end of the run"}},
		{"a fault beyond the recovery", faulted(42, []string{"S4:crash@14-18"}), 19, 23, []string{"free of the injected fault from call 19 on; its circuit closed in batch 23."}},
		{"another fault before it closed", faulted(42, []string{"S4:crash@20-25"}), 16, 0, []string{"does not fail by itself from call 16 on", "call 22 failed (connection refused)", "closed in batch 30, after that"}},
		{"another fault to the end", faulted(42, []string{"S4:hang@17-30"}), 16, 0, []string{"call 22 failed (no answer within 250 ms)", "did not close within the run"}},
		{"another fault after it closed", faulted(42, []string{"S4:crash@24-28"}), 16, 23, []string{"closed in batch 23."}},
		{"another fault, closed before", faulted(2942, []string{"S4:crash@20-25"}), 16, 0, []string{"had closed again before that"}},
		{"a fault that only slows", faulted(42, []string{"S4:slow@10-30"}), 16, 23, []string{"works from call 16 on; its circuit closed in batch 23."}},
		{"a fault of another sensor", faulted(42, []string{"S3:crash@10-30"}), 16, 23, []string{"works from call 16 on"}},
		{"a limit that nothing meets", seeded(42, "policy.timeout=1ms"), 16, 0, []string{"does not fail by itself", "failed (no answer within 1 ms)"}},
		{"too high a threshold", seeded(42, "policy.breaker.threshold=100"), 16, 0, []string{"never opened: at most 12 of its calls failed in a row, and 100 open it."}},
		{"another rule", seeded(42, "policy.breaker.failureRate=0.9", "policy.breaker.threshold=off", "policy.breaker.minVolume=1000", "policy.breaker.windowCalls=1000"), 16, 0, []string{"never opened: its calls never met its rule, which opens it when 90 % of 1000 calls fail"}},
		{"only another fault opens it", faulted(42, []string{"S4:crash@18-28"}, "policy.breaker.threshold=13", "policy.retry.attempts=10"), 16, 0, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := pipelineOf(t, c.o).Recovery
			if at(r.RecoveredAtCall) != c.recovered || at(r.ClosedAtBatch) != c.closed {
				t.Errorf("well from call %d, closed in batch %d; want %d and %d", at(r.RecoveredAtCall), at(r.ClosedAtBatch), c.recovered, c.closed)
			}
			words := r.words()
			for _, said := range c.said {
				if !strings.Contains(words, said) {
					t.Errorf("%q does not say %q", words, said)
				}
			}
		})
	}
}

// What the words give as the reason is so, for any seed and any fault.
func TestTheWordsOnTheRecoveryHold(t *testing.T) {
	for seed := range uint64(150) {
		for _, faults := range [][]string{nil, {"S4:crash@10-30"}, {"S4:crash@20-25"}, {"S4:flap@12-22"}, {"S4:errors@16-30"}} {
			o := faulted(seed, faults)
			r := pipelineOf(t, o)
			rec, words := r.Recovery, r.Recovery.words()
			if b := at(rec.ClosedAtBatch); b > 0 {
				for call := at(rec.RecoveredAtCall); call < b; call++ {
					if status := r.Batches[call-1].Sensors[4]; status.Attempts > 0 && status.Status != "live" {
						t.Errorf("seed %d, %v: call %d is %s, yet the closing in batch %d is that of the recovery", seed, faults, call, status.Status, b)
					}
				}
			}
			opened := r.Sensors[4].OpenedAtBatches
			if strings.Contains(words, "never opened") != (len(opened) == 0 && rec.RecoveredAtCall != nil) {
				t.Errorf("seed %d, %v: opened at %v: %s", seed, faults, opened, words)
			}
			if strings.Contains(words, "had closed again") {
				if b := at(rec.RecoveredAtCall) - 1; r.Batches[b-1].Sensors[4].Breaker != "CLOSED" || opened[0] > b {
					t.Errorf("seed %d, %v: opened at %v: %s", seed, faults, opened, words)
				}
			}
		}
	}
}

func TestARunThatEndsBeforeTheRecoverySaysSo(t *testing.T) {
	sc := scenario.Pipeline()
	sc.Batches = 10
	rec := recovery(played(t, sc, seeded(42)), &sc)
	if rec.RecoveredAtCall != nil || rec.words() != "S4 works by itself from call 16 on only, and the run has 10 calls, so there is no recovery to see." {
		t.Errorf("%+v: %s", rec, rec.words())
	}
}
