package breaker

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

func TestStatusReport(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 2})
	check := func(want ...string) {
		t.Helper()
		if got := r.Status().String(); got != strings.Join(want, "\n") {
			t.Fatalf("got\n%s\nwant\n%s", got, strings.Join(want, "\n"))
		}
	}
	check("state         CLOSED", "success rate  n/a", "fast-fail     n/a", "opens         0", "last failure  never")
	r.clock.set(time.Hour) // the report counts from the failure, not from the start
	r.call(Success)
	r.trip()
	r.clock.advance(1950 * time.Millisecond)
	r.refused()
	r.refused()
	r.refused()
	check("state         OPEN", "success rate  16.7 %", "fast-fail     50.0 %", "opens         1", "last failure  1.95 s ago")
}

func TestRatesAreRoundedAndUnknownWithoutCalls(t *testing.T) {
	if _, ok := (Metrics{}).SuccessRate(); ok {
		t.Error("a success rate of no calls")
	}
	if _, ok := (Metrics{}).FastFailRate(); ok {
		t.Error("a fast-fail rate of no calls")
	}
	m := Metrics{TotalCalls: 3, SuccessCalls: 2, FastFailCount: 1}
	if got, ok := m.SuccessRate(); got != 0.666667 || !ok {
		t.Errorf("success rate %v", got)
	}
	if got, ok := m.FastFailRate(); got != 0.333333 || !ok {
		t.Errorf("fast-fail rate %v", got)
	}
}

func TestMetricsHaveTheirNamesInJSON(t *testing.T) {
	got, err := json.Marshal(Metrics{1, 2, 3, 4, 5, 6, 7, 8, 9})
	want := `{"totalCalls":1,"successCalls":2,"failureCalls":3,"circuitOpenCount":4,"fastFailCount":5,` +
		`"probeSuccessCount":6,"probeFailCount":7,"ignoredCalls":8,"inFlight":9}`
	if string(got) != want || err != nil {
		t.Errorf("%s, %v", got, err)
	}
}

func TestSnapshotBeforeAnythingHappened(t *testing.T) {
	r := newRig(t, Settings{})
	s := r.Snapshot()
	if s.State != Closed || s.HasLast || s.HasFailed || s.FailuresToTrip != 5 || s.SuccessesToClose != 2 ||
		s.MaxProbes != 1 || s.ProbeDue || s.ProbeIn != 0 || s.Generation != 0 {
		t.Fatalf("%+v", s)
	}
}
