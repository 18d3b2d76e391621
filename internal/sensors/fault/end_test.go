package fault

import (
	"testing"
	"time"

	"resiltui/internal/sensors/sensorstest"
)

func TestOneKindOfFaultEndsAndTheOthersStay(t *testing.T) {
	clock := &sensorstest.Clock{}
	f := faulty(t, clock)
	inject(t, f, Default(Crash), 0)
	inject(t, f, Default(Slow), time.Second)
	if ended, ok := f.End(Crash); !ok || ended.Kind != Crash || ended.Start != 0 {
		t.Errorf("it ends %+v, %v", ended, ok)
	}
	if left := f.Active(2 * time.Second); len(left) != 1 || left[0].Kind != Slow {
		t.Errorf("%+v is left", left)
	}
	if ended, ok := f.End(Crash); ok {
		t.Errorf("a second end is of %+v", ended)
	}
}

func TestAnEndIsToldOnce(t *testing.T) {
	clock := &sensorstest.Clock{}
	f := faulty(t, clock)
	fault := Default(Crash)
	fault.Until = time.Second
	inject(t, f, fault, 0)
	if told := f.Expire(2 * time.Second); len(told) != 1 {
		t.Fatalf("expired: %+v", told)
	}
	if ended, ok := f.End(Crash); ok {
		t.Errorf("%+v ends again", ended)
	}
}
