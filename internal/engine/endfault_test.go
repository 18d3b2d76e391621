package engine_test

import (
	"strings"
	"testing"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/sensors/fault"
)

// endAt ends a kind of fault at the start of a batch.
func endAt(batch int, kind fault.Number, targets ...int) engine.Scripted {
	s := at(batch, event.EndFault, targets...)
	s.Command.Fault.Kind = kind
	return s
}

func TestAFaultOfOneKindEndsAndOthersGoOn(t *testing.T) {
	r := play(t, pipeline(42, 20,
		inject(5, lasting(fault.Crash, 0), 3), inject(6, lasting(fault.Slow, 0), 3),
		endAt(10, fault.Crash, 3), endAt(12, fault.Crash, 3)))
	ended := r.of(event.FaultEnded)
	if len(ended) != 1 || ended[0].Batch != 10 || ended[0].Fault.Kind != fault.Crash || ended[0].Fault.By != "script" {
		t.Fatalf("ended: %+v", ended)
	}
	for _, c := range r.calls(3)[10:] {
		if !c.Faulted {
			t.Error("slow has ended, too")
		}
	}
	if active := r.snapshot().Sensors[3].Active; len(active) != 1 || active[0].Kind != fault.Slow {
		t.Errorf("active at the end: %+v", active)
	}
	said := false
	for _, e := range r.of(event.CommandTaken) {
		said = said || e.Batch == 12 && strings.Contains(e.Taken.Text, "no crash is active")
	}
	if !said {
		t.Error("nothing is said of an end that ended nothing")
	}
}
