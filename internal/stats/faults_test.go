package stats

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"resiltui/internal/engine/event"
	"resiltui/internal/engine/event/eventtest"
	"resiltui/internal/sensors/fault"
)

func TestAFaultOnTheTimeAxis(t *testing.T) {
	crash := event.Fault{Label: "crash", Fault: fault.Fault{Start: 2 * time.Second}}
	r := newRig(1)
	r.Call(time.Second, eventtest.Live(50*ms))
	if r.all().Injected {
		t.Error("injected before anything was")
	}
	r.Fault(event.FaultBegan, 2*time.Second, crash)
	r.Call(3*time.Second, eventtest.Live(50*ms))
	s := r.all()
	if diff := cmp.Diff([]FaultSpan{{Label: "crash", From: 2 * time.Second}}, s.Sensors[0].Faults); diff != "" || s.Faults != 1 || !s.Injected {
		t.Errorf("%d active, injected %v:\n%s", s.Faults, s.Injected, diff)
	}
	crash.Lasted = 1500 * ms // it expired at 3.5 s and is told with the next batch
	r.Fault(event.FaultEnded, 4*time.Second, crash)
	s = r.all()
	want := FaultSpan{Label: "crash", From: 2 * time.Second, To: 3500 * ms}
	if diff := cmp.Diff([]FaultSpan{want}, s.Sensors[0].Faults); diff != "" || s.Faults != 0 || !s.Injected {
		t.Errorf("%d active, injected %v:\n%s", s.Faults, s.Injected, diff)
	}
	if want.Active() {
		t.Error("an ended fault is active")
	}
	r.Call(6*time.Second, eventtest.Live(50*ms))
	if got := r.snapshot(Query{Columns: 1}).Sensors[0].Faults; got != nil {
		t.Errorf("one column from 5.95 s on still shows %v", got)
	}
}

func TestAFaultThatReplacesOneOfItsKind(t *testing.T) {
	r := newRig(1)
	slow := event.Fault{Label: "slow +150 ms"}
	r.Call(500*ms, eventtest.Live(50*ms))
	r.Fault(event.FaultBegan, time.Second, slow)
	ended := slow
	ended.Lasted = time.Second
	r.Fault(event.FaultEnded, 2*time.Second, ended) // as the engine tells a replacement
	slow.Until = 9 * time.Second
	r.Fault(event.FaultBegan, 2*time.Second, slow)
	s := r.all()
	want := []FaultSpan{
		{Label: "slow +150 ms", From: time.Second, To: 2 * time.Second},
		{Label: "slow +150 ms", From: 2 * time.Second, Until: 9 * time.Second},
	}
	if diff := cmp.Diff(want, s.Sensors[0].Faults); diff != "" || s.Faults != 1 {
		t.Errorf("%d active:\n%s", s.Faults, diff)
	}
}

func TestFaultsThatAreToldTwiceOrNeverBeganDoNotMiscount(t *testing.T) {
	r := newRig(1)
	r.Fault(event.FaultEnded, time.Second, event.Fault{Label: "crash"})
	if got := r.all().Faults; got != 0 {
		t.Errorf("an end without a beginning: %d active", got)
	}
	for range 2 {
		r.Fault(event.FaultBegan, time.Second, event.Fault{Label: "crash"})
	}
	for want := 1; want >= -1; want-- { // ends once more often than it began
		r.Fault(event.FaultEnded, time.Second, event.Fault{Label: "crash"})
		if got := r.all().Faults; got != max(want, 0) {
			t.Errorf("%d active, want %d", got, max(want, 0))
		}
	}
	for _, f := range r.all().Sensors[0].Faults {
		if f.Active() || f.To <= f.From {
			t.Errorf("%+v", f)
		}
	}
}

func TestAnActiveFaultIsShownHoweverManyCameAfterIt(t *testing.T) {
	r := newRig(1)
	r.Call(ms, eventtest.Live(ms))
	r.Fault(event.FaultBegan, time.Second, event.Fault{Label: "crash"})
	for i := range 3 * maxSpans {
		at := time.Duration(i+2) * time.Second
		r.Fault(event.FaultBegan, at, event.Fault{Label: "stuck"})
		r.Fault(event.FaultEnded, at+1, event.Fault{Label: "stuck", Lasted: 1})
	}
	s := r.all()
	faults := s.Sensors[0].Faults
	if len(faults) != maxSpans || faults[0].Label != "crash" || !faults[0].Active() || s.Faults != 1 {
		t.Errorf("%d spans are kept, the first %+v, %d active", len(faults), faults[0], s.Faults)
	}
	if got := faults[1].From; got != time.Duration(2*maxSpans+3)*time.Second {
		t.Errorf("the oldest ended one is from %v", got)
	}
}
