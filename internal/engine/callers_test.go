package engine_test

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"resiltui/internal/engine"
	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/sensors/fault"
)

// crowd is the pipeline with several callers of each sensor.
func crowd(seed uint64, batches, callers int, script ...engine.Scripted) engine.Config {
	config := pipeline(seed, batches, script...)
	config.Callers = callers
	return config
}

// mostAtATime is the most of the calls that overlap in time. A call that ends
// when another begins does not overlap it.
func mostAtATime(calls []event.Call) int {
	most := 0
	for _, a := range calls {
		n := 0
		for _, b := range calls {
			if b.Start <= a.Start && a.Start < b.Start+b.Took {
				n++
			}
		}
		most = max(most, n)
	}
	return most
}

// probes are the calls in HALF_OPEN.
func probes(calls []event.Call) (found []event.Call) {
	for _, c := range calls {
		if c.Probe {
			found = append(found, c)
		}
	}
	return found
}

func TestABatchMakesTheCallsOfAllCallersAndWaitsForThem(t *testing.T) {
	const batches, callers = 12, 4
	r := play(t, crowd(42, batches, callers))
	ends := map[int]time.Duration{}
	for _, e := range r.of(event.BatchEnded) {
		ends[e.Batch] = e.At
	}
	for sensor := range 5 {
		numbers := map[int][]uint64{}
		for _, e := range r.of(event.CallEnded) {
			if e.Sensor != sensor {
				continue
			}
			if e.At > ends[e.Batch] {
				t.Errorf("a call of batch %d ended at %v, the batch at %v", e.Batch, e.At, ends[e.Batch])
			}
			numbers[e.Batch] = append(numbers[e.Batch], e.Call.Number)
		}
		for batch := 1; batch <= batches; batch++ {
			seen := map[uint64]bool{}
			for _, n := range numbers[batch] {
				seen[n] = true
				if first := uint64(batch-1)*callers + 1; n < first || n >= first+callers {
					t.Errorf("call %d is in batch %d", n, batch)
				}
			}
			if len(seen) != callers || len(numbers[batch]) != callers {
				t.Errorf("S%d, batch %d: calls %v", sensor, batch, numbers[batch])
			}
		}
	}
	if run := r.of(event.RunStarted)[0].Run; run.Callers != callers {
		t.Errorf("the run tells of %d callers", run.Callers)
	}
}

func TestOneCallerAndNoneAreTheSameRun(t *testing.T) {
	none := logOf(t, play(t, crowd(42, 30, 0, busyScript()...)).all())
	one := logOf(t, play(t, crowd(42, 30, 1, busyScript()...)).all())
	if !bytes.Equal(none, one) {
		t.Error(cmp.Diff(string(none), string(one)))
	}
}

func TestManyCallersAreTheSameRunAgain(t *testing.T) {
	for _, callers := range []int{2, 4, engine.MaxCallers} {
		one := logOf(t, play(t, crowd(42, 30, callers, busyScript()...)).all())
		two := logOf(t, play(t, crowd(42, 30, callers, busyScript()...)).all())
		if !bytes.Equal(one, two) {
			t.Errorf("%d callers: %s", callers, cmp.Diff(string(one), string(two)))
		}
	}
}

func TestARehearsalWithManyCallersIsWhatReallyHappened(t *testing.T) {
	for seed := range uint64(10) {
		config := randomRun(seed, rehearsed)
		config.Callers = 2 + int(seed%3)
		rehearsable(t, config, func(l *live) {
			again, err := l.session.Rehearse(30, nil)
			if err != nil {
				t.Fatal(err)
			}
			const first = rehearsed - 30 + 1
			want, got := logOf(t, window(l.all(), first, rehearsed)), logOf(t, window(again, first, rehearsed))
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Fatalf("seed %d: %s", seed, diff)
			}
		})
	}
}

func TestEveryCallSaysHowManyAreInFlight(t *testing.T) {
	const callers = 4
	r := play(t, crowd(42, 40, callers, inject(10, lasting(fault.Crash, 0), 3)))
	for sensor := range 5 {
		calls := r.calls(sensor)
		most := 0
		for _, c := range calls {
			if c.InFlight < 1 || c.InFlight > callers || !c.Admitted && c.InFlight > 1 && c.Circuit.State == breaker.Open {
				t.Errorf("S%d, call %d: %d in flight", sensor, c.Number, c.InFlight)
			}
			most = max(most, c.InFlight)
		}
		if overlap := mostAtATime(calls); most != overlap {
			t.Errorf("S%d: %d in flight at most, but %d calls overlap", sensor, most, overlap)
		}
	}
	for _, c := range play(t, pipeline(42, 20)).calls(1) {
		if c.InFlight != 1 {
			t.Errorf("a single caller has %d calls in flight", c.InFlight)
		}
	}
}

func TestABatchIsDeliveredWhenEveryCallIs(t *testing.T) {
	const callers = 3
	config := crowd(7, 60, callers)
	config.Members = config.Members[1:2] // of which some calls fail, and most do not
	config.Members[0].Policy.Strategy = "drop"
	r := play(t, config)
	missing := map[int]int{}
	for _, e := range r.of(event.CallEnded) {
		if !e.Call.Served {
			missing[e.Batch]++
		}
	}
	partly := 0
	for _, e := range r.of(event.BatchEnded) {
		if e.Round.Delivered != (missing[e.Batch] == 0) {
			t.Errorf("batch %d: delivered %v with %d calls missing", e.Batch, e.Round.Delivered, missing[e.Batch])
		}
		if n := missing[e.Batch]; n > 0 && n < callers {
			partly++
		}
	}
	if partly == 0 {
		t.Error("no batch in which only some callers went without")
	}
}

func TestManyCallersGiveTheProbeLimitSomethingToDo(t *testing.T) {
	for _, limit := range []int{1, 2, 3} {
		config := crowd(42, 60, 4, inject(5, lasting(fault.Crash, 0), 3), at(20, event.Recover, 3))
		b := &config.Members[3].Policy.Breaker
		b.MaxProbes, b.SuccessesToClose = limit, 3 // more probes than it needs are not let through
		calls := play(t, config).calls(3)
		if n := mostAtATime(probes(calls)); n != limit {
			t.Errorf("%d probes at a time, of %d that are allowed", n, limit)
		}
		refused := 0
		for _, c := range calls {
			if !c.Admitted && c.Circuit.State == breaker.HalfOpen {
				refused++
			}
		}
		if refused == 0 {
			t.Errorf("limit %d: no caller was refused while probes were under way", limit)
		}
	}
}

func TestManyCallersSpendARetryBudget(t *testing.T) {
	attempts := func(tokens float64) (sent int, told int) {
		config := crowd(42, 12, 4, inject(3, lasting(fault.Errors, 0), 3))
		p := &config.Members[3].Policy
		p.Breaker.FailureThreshold = 1000
		p.BudgetTokens = tokens
		for _, c := range play(t, config).calls(3) {
			sent += c.Attempts
			if len(c.Err) > 5 && c.Err[len(c.Err)-5:] == "spent" {
				told++
			}
		}
		return sent, told
	}
	without, none := attempts(0)
	with, told := attempts(4)
	if with >= without || told == 0 || none != 0 {
		t.Errorf("%d attempts with a budget, %d without; %d calls say that it is spent, and %d without one", with, without, told, none)
	}
}

func TestTheNaivePipelineMakesTheCallsOfTheSameNumbers(t *testing.T) {
	const callers = 3
	for seed := range uint64(20) {
		config := alwaysClosed(seed, inject(6, lasting(fault.Errors, 2700*ms)), inject(14, lasting(fault.Hang, 1200*ms), 3))
		config.Callers = callers
		r := play(t, config)
		first := firstOf(r)
		for _, e := range r.of(event.BatchEnded) {
			if want := first[e.Batch]; e.Round.NaiveDelivered != want.ok || e.Round.NaiveTook != want.took {
				t.Errorf("seed %d, batch %d: %v in %v, the first attempts %v in %v",
					seed, e.Batch, e.Round.NaiveDelivered, e.Round.NaiveTook, want.ok, want.took)
			}
		}
	}
}

func TestCallersOutOfRangeAreRefused(t *testing.T) {
	for _, n := range []int{-1, engine.MaxCallers + 1} {
		config := crowd(42, 1, n)
		if err := config.Validate(); err == nil || err.Error() != fmt.Sprintf("callers %d: must be from 0 (for one) to 64", n) {
			t.Errorf("%v", err)
		}
	}
	if err := crowd(42, 1, engine.MaxCallers).Validate(); err != nil {
		t.Error(err)
	}
}
