package breaker

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// flapping is a service that fails without exception between two times, but for
// one lucky request: the n-th to reach it after the crash began, from 1; 0 is none.
type flapping struct {
	crash, well time.Duration
	lucky       int
	requests    int // since the crash began
	failed      int
}

func (f *flapping) request(at time.Duration) Outcome {
	if at < f.crash {
		return Success
	}
	f.requests++
	if at >= f.well || f.requests == f.lucky {
		return Success
	}
	f.failed++
	return Failure
}

// simulate makes 30 calls, one every half second, of 50 ms each.
func simulate(t *testing.T, service *flapping, successesToClose int) *rig {
	r := newRig(t, Settings{FailureThreshold: 3, OpenFor: time.Second, SuccessesToClose: successesToClose})
	for k := range 30 {
		r.clock.set(time.Duration(k) * 500 * time.Millisecond)
		p, err := r.Acquire()
		if err != nil {
			continue
		}
		outcome := service.request(r.clock.now())
		r.clock.advance(50 * time.Millisecond)
		p.Release(outcome, errDown)
	}
	return r
}

func TestFlappingServiceKeepsItsTimetable(t *testing.T) {
	for _, tt := range []struct {
		name    string
		service flapping
		n       int
		want    []string
		failed  int
		metrics Metrics
	}{
		{
			"crash from 5 to 8 s, one good probe closes",
			flapping{crash: 5 * time.Second, well: 8 * time.Second},
			1,
			[]string{
				"6.05 CLOSED OPEN", "7.50 OPEN HALF_OPEN", "7.55 HALF_OPEN OPEN",
				"9.00 OPEN HALF_OPEN", "9.05 HALF_OPEN CLOSED",
			},
			4,
			Metrics{TotalCalls: 30, SuccessCalls: 22, FailureCalls: 4, CircuitOpenCount: 2, FastFailCount: 4, ProbeSuccessCount: 1, ProbeFailCount: 1},
		},
		{
			"crash from 5 to 8 s, two good probes close",
			flapping{crash: 5 * time.Second, well: 8 * time.Second},
			2,
			[]string{
				"6.05 CLOSED OPEN", "7.50 OPEN HALF_OPEN", "7.55 HALF_OPEN OPEN",
				"9.00 OPEN HALF_OPEN", "9.55 HALF_OPEN CLOSED",
			},
			4,
			Metrics{TotalCalls: 30, SuccessCalls: 22, FailureCalls: 4, CircuitOpenCount: 2, FastFailCount: 4, ProbeSuccessCount: 2, ProbeFailCount: 1},
		},
		{
			"lucky request, one good probe closes falsely",
			flapping{crash: 5 * time.Second, well: 11 * time.Second, lucky: 4},
			1,
			[]string{
				"6.05 CLOSED OPEN", "7.50 OPEN HALF_OPEN", "7.55 HALF_OPEN CLOSED",
				"9.05 CLOSED OPEN", "10.50 OPEN HALF_OPEN", "10.55 HALF_OPEN OPEN",
				"12.00 OPEN HALF_OPEN", "12.05 HALF_OPEN CLOSED",
			},
			7,
			Metrics{TotalCalls: 30, SuccessCalls: 17, FailureCalls: 7, CircuitOpenCount: 3, FastFailCount: 6, ProbeSuccessCount: 2, ProbeFailCount: 1},
		},
		{
			"lucky request, two good probes are faster",
			flapping{crash: 5 * time.Second, well: 11 * time.Second, lucky: 4},
			2,
			[]string{
				"6.05 CLOSED OPEN", "7.50 OPEN HALF_OPEN", "8.05 HALF_OPEN OPEN",
				"9.50 OPEN HALF_OPEN", "9.55 HALF_OPEN OPEN",
				"11.00 OPEN HALF_OPEN", "11.55 HALF_OPEN CLOSED",
			},
			5,
			Metrics{TotalCalls: 30, SuccessCalls: 19, FailureCalls: 5, CircuitOpenCount: 3, FastFailCount: 6, ProbeSuccessCount: 3, ProbeFailCount: 2},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := simulate(t, &tt.service, tt.n)
			var got []string
			for _, tr := range r.seen {
				got = append(got, fmt.Sprintf("%.2f %v %v", tr.At.Seconds(), tr.From, tr.To))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("transitions (-want +got):\n%s", diff)
			}
			if tt.service.failed != tt.failed {
				t.Errorf("%d failing requests were sent, want %d", tt.service.failed, tt.failed)
			}
			r.counts(tt.metrics)
		})
	}
}
