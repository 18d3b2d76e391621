package report

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"resiltui/internal/scenario"
)

// rateSlack is how far four rates may be off 1 in sum: each is rounded to 1e-6
// by itself, so that each is the share that it says.
const rateSlack = 4*0.5e-6 + 1e-12

func TestThePipelineOfTheDefaultSeedTellsTheStory(t *testing.T) {
	r := pipelineOf(t, seeded(scenario.DefaultSeed))
	if r.Recovery.Sensor != "S4" || *r.Recovery.RecoveredAtCall != 16 || r.Recovery.ClosedAtBatch == nil || *r.Recovery.ClosedAtBatch != 23 {
		t.Errorf("%+v", r.Recovery)
	}
	s := r.Sensors
	if !slices.Equal(s[4].OpenedAtBatches, []int{8, 15}) || !slices.Equal(s[4].ProbedAtBatches, []int{15, 22, 23}) {
		t.Errorf("S4: %+v", s[4])
	}
	answered := false
	for _, b := range r.Batches[:s[2].OpenedAtBatches[0]] {
		answered = answered || b.Sensors[2].Status == "live"
	}
	if !answered {
		t.Error("S2 has nothing to serve when its circuit opens")
	}
	if s[1].TotalRetries == 0 || s[1].CircuitOpenCount != 0 {
		t.Errorf("S1 does not live on its retries: %+v", s[1])
	}
	if !is(s[3].LiveRate, 1) || s[3].TotalRetries != 0 {
		t.Errorf("S3: %+v", s[3])
	}
	if words := r.Recovery.words(); !strings.Contains(words, "S4") || !strings.Contains(words, "batch 23") {
		t.Error(words)
	}
}

func TestThePipelineIsOneStoryForEverySeed(t *testing.T) {
	for seed := range uint64(60) {
		r := pipelineOf(t, seeded(seed))
		if len(r.Batches) != 30 || len(r.Sensors) != 5 {
			t.Fatalf("seed %d: %d batches, %d sensors", seed, len(r.Batches), len(r.Sensors))
		}
		for b := range r.Batches {
			checkBatch(t, seed, b, &r.Batches[b])
		}
		for i := range r.Sensors {
			checkSensor(t, seed, r, i)
		}
		closed := closings(r, 4)
		want := slices.IndexFunc(closed, func(b int) bool { return b >= 16 })
		if got := r.Recovery.ClosedAtBatch; (got == nil) != (want < 0) || got != nil && *got != closed[want] {
			t.Errorf("seed %d: closed at %s, circuits closed in %v", seed, batchOrNone(got), closed)
		}
	}
}

// checkBatch holds a batch against itself.
func checkBatch(t *testing.T, seed uint64, b int, batch *PipelineBatch) {
	t.Helper()
	live := 0
	for _, s := range batch.Sensors {
		refused := s.Status == "fast-fail"
		if s.Status == "live" {
			live++
		}
		if refused != (s.Attempts == 0) || s.Attempts > 3 || refused && s.Breaker != "OPEN" {
			t.Errorf("seed %d, batch %d: %+v", seed, b+1, s)
		}
		if (s.Value == nil) != (s.AgeSeconds == nil) {
			t.Errorf("seed %d, batch %d: a value without an age, or an age without a value: %+v", seed, b+1, s)
		}
		switch s.Status {
		case "live":
			if !is(s.AgeSeconds, 0) {
				t.Errorf("seed %d, batch %d: live, and %v s old", seed, b+1, s.AgeSeconds)
			}
		case "stale":
			if s.AgeSeconds == nil || *s.AgeSeconds <= 0 || s.Attempts != 3 {
				t.Errorf("seed %d, batch %d: stale without an age or with attempts left: %+v", seed, b+1, s)
			}
		case "missing":
			if s.Value != nil || s.Attempts != 3 {
				t.Errorf("seed %d, batch %d: missing with a value or with attempts left: %+v", seed, b+1, s)
			}
		}
	}
	if batch.Batch != b+1 || batch.Live != live || batch.Degraded != (live < 5) {
		t.Errorf("seed %d: %+v", seed, batch)
	}
}

// checkSensor works the summary of a sensor out from its batches.
func checkSensor(t *testing.T, seed uint64, r *PipelineReport, i int) {
	t.Helper()
	s := &r.Sensors[i]
	counts := map[string]int{}
	retries := 0
	opened, probed := []int{}, []int{}
	before := "CLOSED"
	for b := range r.Batches {
		c := r.Batches[b].Sensors[i]
		counts[c.Status]++
		retries += max(0, c.Attempts-1)
		probe := before != "CLOSED" && c.Attempts > 0
		if probe {
			probed = append(probed, b+1)
		}
		if c.Breaker == "OPEN" && (before != "OPEN" || probe) {
			opened = append(opened, b+1)
		}
		before = c.Breaker
	}
	sum := 0.0
	for status, rate := range map[string]*float64{
		"live": s.LiveRate, "stale": s.StaleRate, "fast-fail": s.FastFailRate, "missing": s.MissingRate,
	} {
		if !is(rate, micro(float64(counts[status])/30)) {
			t.Errorf("seed %d, %s: %s %v, of %d batches", seed, s.ID, status, rate, counts[status])
		}
		sum += *rate
	}
	if math.Abs(sum-1) > rateSlack {
		t.Errorf("seed %d, %s: the rates add up to %v", seed, s.ID, sum)
	}
	if s.TotalRetries != uint64(retries) || s.CircuitOpenCount != uint64(len(opened)) {
		t.Errorf("seed %d, %s: %d retries, %d openings in the batches; %+v", seed, s.ID, retries, len(opened), s)
	}
	if !slices.Equal(s.OpenedAtBatches, opened) || !slices.Equal(s.ProbedAtBatches, probed) {
		t.Errorf("seed %d, %s: opened at %v and probed at %v; %+v", seed, s.ID, opened, probed, s)
	}
}

func batchOrNone(b *int) string {
	if b == nil {
		return "no batch"
	}
	return strconv.Itoa(*b)
}

// closings are the batches in which a circuit closed.
func closings(r *PipelineReport, i int) (batches []int) {
	before := "CLOSED"
	for b := range r.Batches {
		now := r.Batches[b].Sensors[i].Breaker
		if now == "CLOSED" && before != "CLOSED" {
			batches = append(batches, b+1)
		}
		before = now
	}
	return batches
}

// A circuit that never opened has not closed either.
func TestASeedWhereS4NeverOpensIsNullAndSaidInWords(t *testing.T) {
	never, opened := 0, 0
	for seed := range uint64(60) {
		r := pipelineOf(t, seeded(seed))
		words := r.Recovery.words()
		if r.Sensors[4].CircuitOpenCount > 0 {
			opened++
			if strings.Contains(words, "never opened") {
				t.Errorf("seed %d: %s", seed, words)
			}
			continue
		}
		never++
		if r.Recovery.ClosedAtBatch != nil || !strings.Contains(words, "never opened") {
			t.Errorf("seed %d: closed at %d; %s", seed, *r.Recovery.ClosedAtBatch, words)
		}
	}
	// It opens with two seeds in three.
	if never < 10 || opened < 30 {
		t.Errorf("never with %d seeds, opened with %d", never, opened)
	}
}

func TestACircuitThatStaysOpenIsSaidToHaveStayedSo(t *testing.T) {
	r := pipelineOf(t, seeded(scenario.DefaultSeed, "policy.breaker.openFor=1h"))
	if words := r.Recovery.words(); r.Recovery.ClosedAtBatch != nil || !strings.Contains(words, "did not close") {
		t.Errorf("%+v: %s", r.Recovery, words)
	}
	if f := r.Figures(); f[len(f)-1].Known {
		t.Errorf("%+v", f[len(f)-1])
	}
}

// Two lucky probes can close it while the sensor is still bad.
func TestACircuitThatHadClosedBeforeTheRecoveryIsNotSaidToHaveStayedOpen(t *testing.T) {
	r := pipelineOf(t, seeded(2942))
	if b := closings(r, 4); len(b) != 1 || b[0] >= 16 {
		t.Fatalf("S4's circuit closed in %v", b)
	}
	if words := r.Recovery.words(); r.Recovery.ClosedAtBatch != nil || !strings.Contains(words, "had closed again before") {
		t.Errorf("%+v: %s", r.Recovery, words)
	}
}

func TestASensorThatIsNotLeftToHealHasNoRecovery(t *testing.T) {
	r := pipelineOf(t, seeded(scenario.DefaultSeed, "sensors.S4.fail=0.9"))
	if words := r.Recovery.words(); r.Recovery.RecoveredAtCall != nil || r.Recovery.ClosedAtBatch != nil || !strings.Contains(words, "no recovery") {
		t.Errorf("%+v: %s", r.Recovery, words)
	}
}

func TestResilientBatchesSucceedTwentyTimesAsOftenOverSixtySeeds(t *testing.T) {
	resilient, naive := 0, 0
	for seed := range uint64(60) {
		c := pipelineOf(t, seeded(seed)).Comparison
		resilient += c.Resilient.SuccessfulBatches
		naive += c.Naive.SuccessfulBatches
	}
	if naive == 0 || resilient < 20*naive {
		t.Errorf("%d successful batches against %d", resilient, naive)
	}
}

func TestSecondsAreTheSumsOfTheBatchesOwnDurations(t *testing.T) {
	for seed := range uint64(20) {
		o := seeded(seed)
		rec := recordOf(t, "pipeline", o)
		var with, naive time.Duration
		good, naiveGood := 0, 0
		for _, round := range rec.rounds {
			with += round.Took
			naive += round.NaiveTook
			if round.Delivered {
				good++
			}
			if round.NaiveDelivered {
				naiveGood++
			}
		}
		c := pipelineOf(t, o).Comparison
		for _, side := range []struct {
			name string
			cost Cost
			took time.Duration
			good int
		}{{"resilient", c.Resilient, with, good}, {"naive", c.Naive, naive, naiveGood}} {
			if side.cost.Seconds != micro(side.took.Seconds()) || side.cost.SuccessfulBatches != side.good {
				t.Errorf("seed %d, %s: %+v, not %v and %d", seed, side.name, side.cost, side.took, side.good)
			}
			per := side.cost.SecondsPerSuccessfulBatch
			if (per == nil) != (side.good == 0) || per != nil && *per != micro(side.took.Seconds()/float64(side.good)) {
				t.Errorf("seed %d, %s: %+v", seed, side.name, side.cost)
			}
		}
		if naive >= with {
			t.Errorf("seed %d: naive batches took %v, those with policies %v", seed, naive, with)
		}
	}
}

func TestNoSuccessHasNoCost(t *testing.T) {
	r := pipelineOf(t, seeded(1, "sensors.S3.fail=1"))
	for name, c := range map[string]Cost{"resilient": r.Comparison.Resilient, "naive": r.Comparison.Naive} {
		if c.SuccessfulBatches != 0 || c.SecondsPerSuccessfulBatch != nil || c.Seconds <= 0 {
			t.Errorf("%s: %+v", name, c)
		}
	}
	if words := r.comparisonWords(); !strings.Contains(words, "Neither has a cost per success.") || !strings.Contains(words, "none of 30 batches") {
		t.Error(words)
	}
}

func TestTheReportStatesTheTimePerBatchOfBoth(t *testing.T) {
	r := pipelineOf(t, seeded(scenario.DefaultSeed))
	words := r.comparisonWords()
	for _, said := range []string{"207 ms", "56 ms", "29 of 30", "delivered 1.", "0.214 s", "1.694 s"} {
		if !strings.Contains(words, said) {
			t.Errorf("%q does not say %q", words, said)
		}
	}
	if r.Comparison.Naive.SuccessfulBatches != 1 || r.Comparison.Resilient.SuccessfulBatches != 29 {
		t.Errorf("%+v", r.Comparison)
	}
}

// A mean is a substitute as well as the last good value is, and the four statuses are all.
func TestACallHasOneOfFourStatusesWhateverIsServed(t *testing.T) {
	for _, strategy := range []string{"drop", "last-known-good", "interpolated"} {
		r := pipelineOf(t, seeded(42, "policy.fallback.strategy="+strategy))
		seen, values := map[string]int{}, map[string]int{}
		for _, b := range r.Batches {
			for _, s := range b.Sensors {
				seen[s.Status]++
				if s.Value != nil {
					values[s.ID]++
				}
			}
		}
		if n := seen["live"] + seen["stale"] + seen["fast-fail"] + seen["missing"]; n != 150 || (seen["stale"] == 0) != (strategy == "drop") {
			t.Errorf("%s: %v", strategy, seen)
		}
		for _, s := range r.Sensors {
			if sum := *s.LiveRate + *s.StaleRate + *s.FastFailRate + *s.MissingRate; !near(sum, 1) {
				t.Errorf("%s, %s: they add up to %v", strategy, s.ID, sum)
			}
			if want := float64(values[s.ID]) / 30; !near(*s.DeliveredRate, want) {
				t.Errorf("%s, %s: %v delivered, not %v", strategy, s.ID, *s.DeliveredRate, want)
			}
		}
	}
}
