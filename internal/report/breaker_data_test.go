package report

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/scenario"
)

// timeline is a run's transitions, to the hundredth of a second.
func timeline(run *BreakerRun) (lines []string) {
	for _, t := range run.Transitions {
		lines = append(lines, fmt.Sprintf("%.2f %s", t.AtSeconds, t.To))
	}
	return lines
}

// onTheHundredth says whether a time is one of whole hundredths of a second.
func onTheHundredth(s float64) bool { return math.Abs(s*100-math.Round(s*100)) < 1e-9 }

func TestTheBreakerKeepsTheTimesOfTheExercise(t *testing.T) {
	r := breakerOf(t, seeded(scenario.DefaultSeed))
	for _, c := range []struct {
		name           string
		run            *BreakerRun
		n              int
		timeline       []string
		failing        uint64
		falsely        int
		closed         float64
		opens, refused uint64
	}{
		{
			"a crash, N = 1", &r.Runs[0], 1,
			[]string{"6.05 OPEN", "7.50 HALF_OPEN", "7.55 OPEN", "9.00 HALF_OPEN", "9.05 CLOSED"},
			4, 0, 9.05, 2, 4,
		},
		{
			"a crash, N = 2", &r.Runs[1], 2,
			[]string{"6.05 OPEN", "7.50 HALF_OPEN", "7.55 OPEN", "9.00 HALF_OPEN", "9.55 CLOSED"},
			4, 0, 9.55, 2, 4,
		},
		{
			"a lucky request, N = 1", &r.Lucky.Runs[0], 1,
			[]string{
				"6.05 OPEN", "7.50 HALF_OPEN", "7.55 CLOSED", "9.05 OPEN",
				"10.50 HALF_OPEN", "10.55 OPEN", "12.00 HALF_OPEN", "12.05 CLOSED",
			},
			7, 1, 12.05, 3, 6,
		},
		{
			"a lucky request, N = 2", &r.Lucky.Runs[1], 2,
			[]string{
				"6.05 OPEN", "7.50 HALF_OPEN", "8.05 OPEN",
				"9.50 HALF_OPEN", "9.55 OPEN", "11.00 HALF_OPEN", "11.55 CLOSED",
			},
			5, 0, 11.55, 3, 6,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.run.HalfOpenSuccessThreshold != c.n || c.run.Calls != 30 || c.run.IntervalSeconds != 0.5 {
				t.Errorf("N = %d, %d calls, one every %v s", c.run.HalfOpenSuccessThreshold, c.run.Calls, c.run.IntervalSeconds)
			}
			if got := timeline(c.run); !reflect.DeepEqual(got, c.timeline) {
				t.Errorf("transitions\n%q, not\n%q", got, c.timeline)
			}
			for _, tr := range c.run.Transitions {
				if !onTheHundredth(tr.AtSeconds) || tr.Reason == "" {
					t.Errorf("%+v", tr)
				}
			}
			if c.run.FailedRequests != c.failing || c.run.ClosedFalsely != c.falsely || !is(c.run.ClosedForGoodAtSeconds, c.closed) {
				t.Errorf("%d failing requests, %d false closings, closed for good at %v",
					c.run.FailedRequests, c.run.ClosedFalsely, c.run.ClosedForGoodAtSeconds)
			}
			m := c.run.Metrics
			if m.FailureCalls != c.failing || m.CircuitOpenCount != c.opens || m.FastFailCount != c.refused {
				t.Errorf("metrics %+v", m)
			}
		})
	}
	if len(r.Runs) != 2 || len(r.Lucky.Runs) != 2 {
		t.Errorf("%d and %d runs", len(r.Runs), len(r.Lucky.Runs))
	}
	if r.Service != (Service{5, 8, 0}) || r.Lucky.Service != (Service{5, 11, 4}) {
		t.Errorf("services %+v and %+v", r.Service, r.Lucky.Service)
	}
}

func TestTheStatusComesEveryFiveCalls(t *testing.T) {
	r := breakerOf(t, seeded(scenario.DefaultSeed))
	type status struct {
		after          int
		state          string
		success, fast  float64
		opens          uint64
		sinceHundredth float64 // -1 is never
	}
	for _, c := range []struct {
		run  *BreakerRun
		want []status
	}{
		{&r.Runs[0], []status{
			{5, "CLOSED", 1, 0, 0, -1},
			{10, "CLOSED", 1, 0, 0, -1},
			{15, "OPEN", 0.666667, 0.133333, 1, 0.95},
			{20, "CLOSED", 0.6, 0.2, 2, 2},
			{25, "CLOSED", 0.68, 0.16, 2, 4.5},
			{30, "CLOSED", 0.733333, 0.133333, 2, 7},
		}},
		// Call 20 is refused at 9.50 s, 0.45 s after the third failure; that of the
		// sibling is a probe, which goes on for 50 ms.
		{&r.Lucky.Runs[0], []status{
			{5, "CLOSED", 1, 0, 0, -1},
			{10, "CLOSED", 1, 0, 0, -1},
			{15, "OPEN", 0.666667, 0.133333, 1, 0.95},
			{20, "OPEN", 0.55, 0.15, 2, 0.45},
			{25, "CLOSED", 0.48, 0.24, 3, 1.5},
			{30, "CLOSED", 0.566667, 0.2, 3, 4},
		}},
		{&r.Lucky.Runs[1], []status{
			{5, "CLOSED", 1, 0, 0, -1},
			{10, "CLOSED", 1, 0, 0, -1},
			{15, "OPEN", 0.666667, 0.133333, 1, 0.95},
			{20, "OPEN", 0.55, 0.2, 3, 0},
			{25, "CLOSED", 0.56, 0.24, 3, 2.5},
			{30, "CLOSED", 0.633333, 0.2, 3, 5},
		}},
	} {
		var got []status
		for _, s := range c.run.Statuses {
			since := -1.0
			if s.SecondsSinceLastFailure != nil {
				since = micro(*s.SecondsSinceLastFailure)
			}
			got = append(got, status{s.AfterCall, s.State, *s.SuccessRate, *s.FastFailRate, s.CircuitOpenCount, since})
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("statuses\n%v, not\n%v", got, c.want)
		}
	}
}

func TestTheReportSaysWhatASecondProbeBuys(t *testing.T) {
	d := breakerOf(t, seeded(scenario.DefaultSeed)).Document()
	plain, lucky := strings.Join(d.Sections[0].Conclusion, " "), strings.Join(d.Sections[1].Conclusion, " ")
	for _, said := range []string{"N = 1 the circuit closes at 9.05 s", "N = 2 it closes at 9.55 s", "costs 0.50 s"} {
		if !strings.Contains(plain, said) {
			t.Errorf("%q does not say %q", plain, said)
		}
	}
	for _, said := range []string{
		"N = 1 closes falsely", "7 failing requests", "closes for good at 12.05 s",
		"N = 2 never closes falsely", "sends 5 failing requests", "closes for good at 11.55 s", "the careful setting is also the faster one",
	} {
		if !strings.Contains(lucky, said) {
			t.Errorf("%q does not say %q", lucky, said)
		}
	}
}

// The faster one is said to be so only where it is.
func TestTheReportDoesNotPraiseASecondProbeThatDidNotPay(t *testing.T) {
	r := breakerOf(t, seeded(1, "policy.breaker.closeAfter=1"))
	if r.luckyWords() != sameRuns || r.plainWords() != sameRuns {
		t.Errorf("%q, %q", r.plainWords(), r.luckyWords())
	}
	seen := map[string]bool{}
	for _, f := range r.Figures() {
		if seen[f.Name] {
			t.Errorf("two figures are called %q", f.Name)
		}
		seen[f.Name] = true
	}
	// A circuit that stays open to the end has closed nothing for good.
	r = breakerOf(t, seeded(1, "policy.breaker.openFor=1h"))
	for _, run := range append(r.Runs, r.Lucky.Runs...) {
		if run.ClosedForGoodAtSeconds != nil || run.ClosedFalsely != 0 || len(run.Transitions) != 1 {
			t.Errorf("%+v", run)
		}
	}
	if plain := r.plainWords(); !strings.Contains(plain, "does not close for good") || strings.Contains(plain, "costs") {
		t.Error(plain)
	}
	for _, f := range r.Figures() {
		if strings.Contains(f.Name, "closed for good") == f.Known {
			t.Errorf("%+v", f)
		}
	}
}

// One run after another is no comparison of two.
func TestWordsNeedTwoRunsToCompare(t *testing.T) {
	r := &BreakerReport{Runs: make([]BreakerRun, 3)}
	if r.plainWords() != sameRuns || r.luckyWords() != sameRuns {
		t.Errorf("%q and %q", r.plainWords(), r.luckyWords())
	}
}

func TestFalseClosingsAreNamedWithTheirTimes(t *testing.T) {
	for want, at := range map[string][]float64{
		"never closes falsely":                {},
		"closes falsely at 7.55 s":            {7.55},
		"closes falsely at 1.05 s and 2.50 s": {1.05, 2.5},
	} {
		if got := falsely(&BreakerRun{ClosedFalsely: len(at), ClosedFalselyAtSeconds: at}); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// addsUp is the identity of a breaker's counts.
func addsUp(m breaker.Metrics) bool {
	return m.TotalCalls == m.SuccessCalls+m.FailureCalls+m.FastFailCount+m.IgnoredCalls+m.InFlight
}

func TestTheCountsOfEveryBreakerAddUpForEverySeed(t *testing.T) {
	for seed := range uint64(40) {
		r := breakerOf(t, seeded(seed, "sensors.N=1.fail=0.2", "sensors.N=2.fail=0.4"))
		for _, run := range append(r.Runs, r.Lucky.Runs...) {
			m := run.Metrics
			if m.TotalCalls != 30 || m.InFlight != 0 || !addsUp(m) {
				t.Errorf("seed %d: %+v", seed, m)
			}
			opens, probes := uint64(0), uint64(0)
			for _, tr := range run.Transitions {
				switch tr.To {
				case "OPEN":
					opens++
				case "HALF_OPEN":
					probes++
				}
			}
			// The transitions tell of the same openings, and every opening needs
			// its three failures or a failed probe.
			if opens != m.CircuitOpenCount || m.ProbeSuccessCount+m.ProbeFailCount+1 < probes || m.FailureCalls < opens {
				t.Errorf("seed %d: %d openings, %d half-open phases, %+v", seed, opens, probes, m)
			}
			if m.FailureCalls != run.FailedRequests {
				t.Errorf("seed %d: %d failing requests, %+v", seed, run.FailedRequests, m)
			}
		}
		for _, name := range []string{"pipeline", "retry", "strategies"} {
			rec := recordOf(t, name, seeded(seed))
			for _, s := range rec.final.Sensors {
				m := s.Counts.Metrics
				if !addsUp(m) || m.InFlight != 0 {
					t.Errorf("%s, seed %d, %s: %+v", name, seed, s.ID, m)
				}
				if name == "pipeline" && (m.TotalCalls != 30 || m.FastFailCount != s.Counts.FastFail) {
					t.Errorf("seed %d, %s: %+v and %+v", seed, s.ID, m, s.Counts)
				}
			}
		}
	}
}

// With jitter the two draw the same open times, so that the second probe never comes
// out as one that saves time.
func TestBothRunsDrawTheSameOpenTimes(t *testing.T) {
	different := map[float64]bool{}
	for seed := range uint64(100) {
		o := seeded(seed, "policy.breaker.openJitter=1")
		rec, r := recordOf(t, "breaker", o), breakerOf(t, o)
		first := rec.changes[0][0].Change.OpenFor
		different[first.Seconds()] = true
		for i := range rec.changes {
			if got := rec.changes[i][0].Change.OpenFor; got != first {
				t.Errorf("seed %d: %s opens for %v, the first for %v", seed, rec.run.Sensors[i].ID, got, first)
			}
		}
		words := r.plainWords()
		if cost := later(&r.Runs[0], &r.Runs[1]); cost != nil && (*cost < 0 || !strings.Contains(words, "the second probe costs")) || strings.Contains(words, "-") {
			t.Errorf("seed %d: %s", seed, words)
		}
	}
	if len(different) < 90 {
		t.Errorf("only %d different open times", len(different))
	}
}

// What is told of N is told only where nothing else is different.
func TestTwoRunsThatDifferInMoreAreNotHeldAgainstEachOther(t *testing.T) {
	for set, alike := range map[string]bool{
		"policy.breaker.openFor=2s":             true,
		"policy.retry.attempts=2":               true,
		"sensors.N=2.policy.breaker.openFor=2s": false,
		"sensors.N=1.fail=0.5":                  false,
		"sensors.N=1.latency=10ms":              false,
		"sensors.N=1.latencySigma=0.5":          false,
	} {
		r := breakerOf(t, seeded(1, set))
		if words := r.plainWords(); strings.Contains(words, unlike) == alike || strings.Contains(words, "costs") != alike {
			t.Errorf("%s: %s", set, words)
		}
	}
	lucky := breakerOf(t, seeded(1, "sensors.N=1 lucky.latency=10ms"))
	if words := lucky.luckyWords(); !strings.Contains(words, unlike) || strings.Contains(words, "faster") || strings.Contains(lucky.plainWords(), unlike) {
		t.Error(words)
	}
}

// A request that failed has failed, though another attempt saved the call.
func TestFailedRequestsAreThoseOfSavedCallsAsWell(t *testing.T) {
	o := seeded(scenario.DefaultSeed, "policy.retry.attempts=3", "sensors.N=1.fail=0.5")
	if n := breakerOf(t, o).Runs[0].FailedRequests; n != 38 {
		t.Errorf("%d failed requests, not 38", n)
	}
	saved := uint64(0)
	for seed := range uint64(20) {
		o.Seed = seed
		rec, r := recordOf(t, "breaker", o), breakerOf(t, o)
		for i, run := range slices.Concat(r.Runs, r.Lucky.Runs) {
			var want uint64
			for _, e := range rec.calls[i] {
				n := uint64(e.Call.Attempts)
				if e.Call.Result == event.Live {
					n-- // the last one succeeded
					saved += n
				}
				want += n
			}
			if run.FailedRequests != want {
				t.Errorf("seed %d, run %d: %d failed requests, not %d", seed, i+1, run.FailedRequests, want)
			}
		}
	}
	if saved == 0 {
		t.Error("no call was saved")
	}
}

// Each status is of the end of its own call, whatever the other breakers do meanwhile.
func TestEveryStatusIsThatOfTheEndOfItsOwnCall(t *testing.T) {
	for seed := range uint64(20) {
		o := seeded(seed, "sensors.N=1.fail=0.3", "sensors.N=1.latency=20ms", "sensors.N=2.latency=140ms", "sensors.N=2.fail=0.3")
		rec, r := recordOf(t, "breaker", o), breakerOf(t, o)
		for i, run := range slices.Concat(r.Runs, r.Lucky.Runs) {
			for k, s := range run.Statuses {
				own := rec.calls[i][:5*k+5]
				var since *float64
				for _, e := range own {
					if e.Call.Admitted && e.Call.Result != event.Live {
						since = ptr(seconds(own[len(own)-1].At - e.At))
					}
				}
				if s.AfterCall != len(own) || s.State != own[len(own)-1].Call.Circuit.State.String() || !reflect.DeepEqual(s.SecondsSinceLastFailure, since) {
					t.Errorf("seed %d, run %d: %+v, want %v since a failure", seed, i+1, s, since)
				}
			}
		}
	}
}
