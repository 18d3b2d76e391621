package health

import (
	"testing"
	"time"
)

func TestThresholdsThatAreNotGivenAreTheDefaults(t *testing.T) {
	got := Thresholds{SlowAnswers: 3}.Resolved()
	want := Thresholds{
		Slow: time.Second, SlowAnswers: 3, OutageAfter: 2, FlappingOutages: 2, FlappingWithin: 10 * time.Minute,
	}
	if got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if all := got.Resolved(); all != got {
		t.Errorf("resolved again they are %+v, want %+v", all, got)
	}
}

func TestAThresholdBelowZeroIsRefused(t *testing.T) {
	if err := (Thresholds{}).Validate(); err != nil {
		t.Errorf("the defaults are refused: %v", err)
	}
	for _, bad := range []Thresholds{{Slow: -1}, {SlowAnswers: -1}, {OutageAfter: -1}, {FlappingOutages: -1}, {FlappingWithin: -1}} {
		if bad.Validate() == nil {
			t.Errorf("%+v is accepted", bad)
		}
	}
}
