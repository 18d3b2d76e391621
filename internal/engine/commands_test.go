package engine_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"resiltui/internal/engine"
	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/sensors/fault"
)

// faultsOf are the begins and ends of injected faults, in words.
func faultsOf(events []event.Event) (told []string) {
	for _, e := range events {
		switch e.Kind {
		case event.FaultBegan:
			told = append(told, fmt.Sprintf("batch %d S%d %s: %s begins", e.Batch, e.Sensor, e.Fault.By, e.Fault.Label))
		case event.FaultEnded:
			told = append(told, fmt.Sprintf("batch %d S%d %s: %s ended after %v", e.Batch, e.Sensor, e.Fault.By, e.Fault.Label, e.Fault.Lasted))
		}
	}
	return told
}

func TestACommandTakesEffectAtTheStartOfItsBatch(t *testing.T) {
	r := play(t, pipeline(42, 30, inject(10, lasting(fault.Crash, 0), 3), at(20, event.Recover, 3)))
	events := r.all()
	want := []string{"batch 10 S3 script: crash begins", "batch 20 S3 script: crash ended after 5s"}
	if diff := cmp.Diff(want, faultsOf(events)); diff != "" {
		t.Error(diff)
	}
	for i, e := range events {
		if e.Kind == event.FaultBegan && (events[i+1].Kind != event.BatchStarted || events[i+1].Batch != 10) {
			t.Errorf("%v of batch %d follows the injection", events[i+1].Kind, events[i+1].Batch)
		}
	}
	for _, c := range r.calls(3) {
		if crashed := c.Number >= 10 && c.Number < 20; c.Faulted != crashed || crashed && c.Result == event.Live {
			t.Errorf("call %d: faulted %v, %v", c.Number, c.Faulted, c.Result)
		}
	}
	opened := transitions(r, 3, breaker.Open)
	if len(opened) == 0 || opened[0].Batch != 14 || opened[0].Change.Cause != "connection refused" {
		t.Errorf("S3 opens: %+v", opened)
	}
	if closed := transitions(r, 3, breaker.Closed); len(closed) != 1 {
		t.Errorf("S3 closes %d times", len(closed))
	}
}

func TestAFaultEndsWithItsTimeToLiveAndIsTold(t *testing.T) {
	r := play(t, pipeline(42, 20, inject(4, lasting(fault.Crash, 1700*ms), 3)))
	// It begins at 1.5 s and ends at 3.2 s; the next batch is at 3.5 s.
	want := []string{"batch 4 S3 script: crash begins", "batch 8 S3 its time was over: crash ended after 1.7s"}
	if diff := cmp.Diff(want, faultsOf(r.all())); diff != "" {
		t.Error(diff)
	}
	if began := r.of(event.FaultBegan)[0]; began.Fault.Start != 1500*ms || began.Fault.Until != 3200*ms {
		t.Errorf("from %v until %v", began.Fault.Start, began.Fault.Until)
	}
	if c := r.calls(3)[7]; c.Faulted {
		t.Error("it is still active in batch 8")
	}
}

func TestAFaultOfTheSameKindReplacesTheOneBefore(t *testing.T) {
	r := play(t, pipeline(42, 12,
		inject(2, lasting(fault.Slow, 0), 3),
		inject(4, lasting(fault.Errors, 0), 3),
		inject(6, fault.Fault{Kind: fault.Slow, Extra: 30 * ms}, 3)))
	want := []string{
		"batch 2 S3 script: slow +150 ms begins",
		"batch 4 S3 script: errors 50 % begins",
		"batch 6 S3 script: slow +150 ms ended after 2s",
		"batch 6 S3 script: slow +30 ms begins",
	}
	if diff := cmp.Diff(want, faultsOf(r.all())); diff != "" {
		t.Error(diff)
	}
	if n := r.snapshot().Faults; n != 2 {
		t.Errorf("%d faults are active", n)
	}
}

// A fault that cannot be injected changes nothing, and ends nothing.
func TestAFaultThatCannotBeIsToldAndChangesNothing(t *testing.T) {
	r := play(t, pipeline(42, 6, inject(2, lasting(fault.Slow, 0), 3), inject(4, fault.Fault{Kind: fault.Slow}, 3)))
	if diff := cmp.Diff([]string{"batch 2 S3 script: slow +150 ms begins"}, faultsOf(r.all())); diff != "" {
		t.Error(diff)
	}
	if said := texts(r.all()); !slices.Equal(said, []string{"script: slow: extra 0 ms is not between 1 and 60000 ms"}) {
		t.Errorf("%q", said)
	}
	if c := r.calls(3)[5]; !c.Faulted || r.snapshot().Faults != 1 {
		t.Error("the fault before is gone")
	}
}

func TestBugI3RecoverAllLeavesNoFaultActive(t *testing.T) {
	for seed := range uint64(40) {
		script := append(randomScript(seed, 25, 20), at(21, event.Recover), at(22, event.Recover))
		r := play(t, pipeline(seed, 60, script...))
		open := map[string]int{}
		for _, e := range r.all() {
			if e.Fault == nil {
				continue
			}
			key := fmt.Sprint(e.Sensor, e.Fault.Label)
			if e.Kind == event.FaultBegan {
				open[key]++
			} else if open[key]--; open[key] < 0 {
				t.Errorf("seed %d: %s ends twice", seed, key)
			}
			if e.Batch > 21 {
				t.Errorf("seed %d: %v of batch %d", seed, e.Kind, e.Batch)
			}
		}
		for key, n := range open {
			if n != 0 {
				t.Errorf("seed %d: %s never ends", seed, key)
			}
		}
		if n := r.snapshot().Faults; n != 0 {
			t.Errorf("seed %d: the aggregator counts %d faults", seed, n)
		}
		for i := range 5 {
			for _, c := range r.calls(i)[20:] {
				if c.Faulted {
					t.Fatalf("seed %d: call %d of S%d met a fault", seed, c.Number, i)
				}
			}
		}
		if said := texts(r.all()); said[len(said)-1] != "script: no fault is active" {
			t.Errorf("seed %d: the second time it says %q", seed, said)
		}
	}
}

func TestForceOpenTogglesAndResetCloses(t *testing.T) {
	r := play(t, pipeline(42, 20, at(3, event.ToggleForced, 3), at(6, event.ToggleForced, 3), at(12, event.ResetBreaker)))
	var told []string
	for _, e := range r.of(event.StateChanged) {
		if e.Sensor == 3 || e.Change.Reason == breaker.WasReset {
			told = append(told, fmt.Sprintf("%v batch %d S%d %v to %v: %v by %s", e.At, e.Batch, e.Sensor, e.Change.From, e.Change.To, e.Change.Reason, e.Change.By))
		}
	}
	want := []string{
		"1s batch 3 S3 CLOSED to FORCED_OPEN: forced open by script",
		"2.5s batch 6 S3 FORCED_OPEN to OPEN: force released by script",
		"2.5s batch 6 S3 OPEN to HALF_OPEN: probe due by ",
	}
	if diff := cmp.Diff(want, told[:min(3, len(told))]); diff != "" {
		t.Error(diff)
	}
	resets := 0
	for _, e := range r.of(event.StateChanged) {
		if e.Change.Reason == breaker.WasReset {
			resets++
			if e.Batch != 12 || e.Change.By != "script" || e.Change.To != breaker.Closed {
				t.Errorf("%+v", e.Change)
			}
		}
	}
	if resets != 5 {
		t.Errorf("%d of 5 were reset", resets)
	}
	for _, c := range r.calls(3)[2:5] {
		if c.Result != event.FastFail || c.Err != "FORCED_OPEN, refused" {
			t.Errorf("call %d: %v, %s", c.Number, c.Result, c.Err)
		}
	}
	if c := r.calls(4)[11]; !c.Admitted {
		t.Error("S4 is refused after its reset")
	}
}

func TestTargetsThatDoNotExistAreHarmless(t *testing.T) {
	var script []engine.Scripted
	for _, op := range []event.Op{event.Inject, event.Recover, event.ToggleForced, event.ResetBreaker} {
		s := at(3, op, -1, 5, 1<<40)
		s.Command.Fault = lasting(fault.Crash, 0)
		script = append(script, s)
	}
	plain, odd := play(t, pipeline(42, 10)), play(t, pipeline(42, 10, script...))
	without := slices.DeleteFunc(odd.all(), func(e event.Event) bool { return e.Kind == event.CommandTaken })
	for i := range without {
		without[i].Seq = uint64(i + 1)
	}
	if diff := cmp.Diff(string(logOf(t, plain.all())), string(logOf(t, without))); diff != "" {
		t.Error(diff)
	}
	if said := texts(odd.all()); !slices.Equal(said, []string{"script: no fault is active"}) {
		t.Errorf("%q", said)
	}
	one := play(t, pipeline(42, 10, at(3, event.Recover, 99)))
	for _, e := range one.of(event.CommandTaken) {
		if e.Sensor >= len(one.all()[0].Run.Sensors) {
			t.Errorf("a line about sensor %d", e.Sensor)
		}
	}
}

func TestEffectsOfEveryKindOfFault(t *testing.T) {
	tests := []struct {
		fault  fault.Fault
		result event.Result // of S3's call in batch 5
		took   time.Duration
		err    string
	}{
		{lasting(fault.Crash, 0), event.Stale, 3*ms + 150*ms, "connection refused"},
		{lasting(fault.Hang, 0), event.Stale, 900 * ms, "no answer within 250 ms"},
		{fault.Fault{Kind: fault.Errors, Rate: 1}, event.Stale, 0, ""},
		{lasting(fault.Slow, 0), event.Live, 0, ""},
		{lasting(fault.Corrupt, 0), event.Live, 0, ""},
		{lasting(fault.Stuck, 0), event.Live, 0, ""},
		{lasting(fault.Flap, 0), event.Stale, 153 * ms, "connection refused"},
	}
	clean := play(t, pipeline(42, 5)).calls(3)[4]
	for _, tt := range tests {
		t.Run(tt.fault.Label(), func(t *testing.T) {
			c := play(t, pipeline(42, 5, inject(5, tt.fault, 3))).calls(3)[4]
			if c.Result != tt.result || tt.took != 0 && c.Took != tt.took || tt.err != "" && c.Err != tt.err {
				t.Errorf("%v in %v: %s", c.Result, c.Took, c.Err)
			}
			switch tt.fault.Kind {
			case fault.Slow:
				if c.Took != clean.Took+150*ms {
					t.Errorf("it took %v, without the fault %v", c.Took, clean.Took)
				}
			case fault.Corrupt, fault.Stuck:
				if c.Value == clean.Value || c.Truth != clean.Truth {
					t.Errorf("%v, truth %v", c.Value, c.Truth)
				}
			}
		})
	}
}
