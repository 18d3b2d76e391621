package report

import (
	"context"
	"math"
	"strings"
	"testing"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/engine/retry"
	"resiltui/internal/scenario"
)

// sums adds up the functions of many seeds by name.
func sums(t *testing.T, seeds uint64) map[string]retry.Summary {
	t.Helper()
	all := map[string]retry.Summary{}
	for seed := range seeds {
		for _, f := range retryOf(t, seeded(seed)).Functions {
			s := all[f.Name]
			s.TotalCalls += f.TotalCalls
			s.Successes += f.Successes
			s.TotalAttempts += f.TotalAttempts
			s.Propagated += f.Propagated
			s.Retries += f.Retries
			all[f.Name] = s
		}
	}
	return all
}

// With failure probability f, three attempts succeed with 1 − f³ and cost
// (1 − f³)/(1 − f) attempts on average. The tolerance is four standard errors
// of a mean over the calls.
func TestRetriesMeetTheirClosedForms(t *testing.T) {
	const seeds, sigmas = 120, 4
	all := sums(t, seeds)
	for name, f := range map[string]float64{"fetchUserProfile": 0.5, "queryDatabase": 0.4, "callExternalAPI": 0.6} {
		s := all[name]
		n := float64(s.TotalCalls)
		if n < 2000 {
			t.Fatalf("%s: only %v calls", name, n)
		}
		success := 1 - f*f*f
		within(t, name+" success", float64(s.Successes)/n, success, sigmas*math.Sqrt(success*(1-success)/n))

		attempts := (1 - f*f*f) / (1 - f)
		squares := (1 - f) + 4*f*(1-f) + 9*f*f // of 1, 2 or 3 attempts
		within(t, name+" attempts", float64(s.TotalAttempts)/n, attempts, sigmas*math.Sqrt((squares-attempts*attempts)/n))
	}

	file := all[scenario.ReadLocalFile]
	n := float64(file.TotalCalls)
	within(t, "readLocalFile success", float64(file.Successes)/n, 0.8, sigmas*math.Sqrt(0.8*0.2/n))
	if file.Retries != 0 || file.TotalAttempts != file.TotalCalls {
		t.Errorf("readLocalFile was retried %d times", file.Retries)
	}
	if file.Propagated != file.TotalCalls-file.Successes {
		t.Errorf("%d of %d not-found errors were passed on", file.Propagated, file.TotalCalls-file.Successes)
	}
}

func within(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if math.Abs(got-want) > tolerance {
		t.Errorf("%s is %.4f, not %.4f ± %.4f", what, got, want, tolerance)
	}
}

func TestTheCountsOfEveryFunctionAddUpForEverySeed(t *testing.T) {
	for seed := range uint64(100) {
		r := retryOf(t, seeded(seed))
		if len(r.Functions) != 4 || r.CallsPerFunction != 20 {
			t.Fatalf("%d functions, %d calls each", len(r.Functions), r.CallsPerFunction)
		}
		for _, f := range r.Functions {
			if f.TotalCalls != 20 || f.TotalCalls != f.Successes+f.PermanentFailures+f.Propagated {
				t.Errorf("seed %d: calls of %+v", seed, f)
			}
			if f.TotalAttempts != f.TotalCalls+f.Retries || f.FailedAttempts != f.TotalAttempts-f.Successes {
				t.Errorf("seed %d: attempts of %+v", seed, f)
			}
			// 50 ms before every first retry, 100 ms before every second.
			first := f.SuccessfulRetries + f.PermanentFailures
			if want := 0.05*float64(first) + 0.1*float64(f.Retries-first); math.Abs(f.TotalDelaySeconds-want) > 1e-9 {
				t.Errorf("seed %d: %s waited %v s, not %v s", seed, f.Name, f.TotalDelaySeconds, want)
			}
			if !is(f.SuccessRate, micro(float64(f.Successes)/20)) || !is(f.RetryRate, micro(float64(f.Retries)/20)) {
				t.Errorf("seed %d: rates of %+v", seed, f)
			}
			if (f.RetrySuccessRate == nil) != (first == 0) || (f.AverageDelayPerPermanentFailureSeconds == nil) != (f.PermanentFailures == 0) {
				t.Errorf("seed %d: null where there is a denominator, or none where there is not: %+v", seed, f)
			}
			if f.PermanentFailures > 0 && !is(f.AverageDelayPerPermanentFailureSeconds, micro(f.TotalDelaySeconds/float64(f.PermanentFailures))) {
				t.Errorf("seed %d: average delay of %+v", seed, f)
			}
		}
	}
}

func TestReadLocalFileIsNeverRetriedForAnySeed(t *testing.T) {
	for seed := range uint64(100) {
		r := retryOf(t, seeded(seed))
		if failed := r.Failed(); len(r.Checks) != 2 || len(failed) != 0 {
			t.Errorf("seed %d: %d checks, failed: %v", seed, len(r.Checks), failed)
		}
	}
}

func TestARetriedCallBreaksTheCheck(t *testing.T) {
	const found, limit = scenario.NotFoundText, "no answer within 1 ms"
	// call has an attempt for each error, each a second long, and ends at a time; "" is
	// an attempt that succeeded.
	call := func(end time.Duration, errs ...string) event.Event {
		c := event.Call{Result: event.Missing, Attempts: len(errs)}
		for k, err := range errs {
			if err == "" {
				c.Result = event.Live
			}
			c.Tries = append(c.Tries, event.Try{Start: time.Duration(k) * time.Second, Took: time.Second, Err: err})
		}
		return event.Event{At: end, Call: c}
	}
	one := call(time.Second, "")
	for _, c := range []struct {
		name  string
		calls []event.Event
		pass  [2]bool
		says  string
	}{
		{"one attempt each", []event.Event{one, call(time.Second, found)}, [2]bool{true, true}, "1 not-found error, 0 after a wait"},
		{"retried and saved", []event.Event{call(2*time.Second, found, ""), call(time.Second, found)}, [2]bool{false, false}, "1 of 2 calls had more than one attempt"},
		{"retried in vain", []event.Event{call(2*time.Second, found, found)}, [2]bool{false, false}, "2 not-found errors, 1 after a wait"},
		{"one attempt, but a wait after it", []event.Event{call(2*time.Second, found)}, [2]bool{true, false}, "1 not-found error, 1 after a wait"},
		{"a timeout is no not-found", []event.Event{call(time.Second, limit)}, [2]bool{true, true}, "0 not-found errors, 0 after a wait or another attempt; 1 other error"},
		{"a timeout is retried", []event.Event{call(2*time.Second, limit, "")}, [2]bool{false, true}, "1 of 1 call had more than one attempt"},
		{"not found after a timeout", []event.Event{call(2*time.Second, limit, found)}, [2]bool{false, true}, "1 not-found error, 0 after a wait or another attempt; 1 other error"},
	} {
		file := fileErrorsOf(c.calls, retry.Policy{MaxAttempts: 3, BaseDelay: time.Second})
		r := &RetryReport{Checks: file.checks()}
		if r.Checks[0].Pass != c.pass[0] || r.Checks[1].Pass != c.pass[1] {
			t.Errorf("%s: %+v", c.name, r.Checks)
		}
		if (len(r.Failed()) == 0) != (c.pass[0] && c.pass[1]) {
			t.Errorf("%s: failed are %q", c.name, r.Failed())
		}
		if all := r.Checks[0].Detail + "; " + r.Checks[1].Detail; !strings.Contains(all, c.says) {
			t.Errorf("%s: %q does not say %q", c.name, all, c.says)
		}
	}
}

// A limit of time that runs out is a timeout like any other: retried where the list
// names timeouts, and passed on where it does not.
func TestALimitOfTimeIsRetriedWhereTheListNamesTimeouts(t *testing.T) {
	r := retryOf(t, seeded(scenario.DefaultSeed, "policy.timeout=1ms")) // which no attempt meets
	for _, f := range r.Functions {
		named := f.Name == "fetchUserProfile" || f.Name == scenario.ReadLocalFile
		attempts, ranOut, passedOn := uint64(20), uint64(0), uint64(20)
		if named {
			attempts, ranOut, passedOn = 60, 20, 0
		}
		if f.TotalAttempts != attempts || f.PermanentFailures != ranOut || f.Propagated != passedOn {
			t.Errorf("%+v", f)
		}
	}
	// So readLocalFile was retried, and the command fails; yet no not-found was.
	if r.Checks[0].Pass || !r.Checks[1].Pass || len(r.Failed()) != 1 {
		t.Errorf("%+v", r.Checks)
	}
	if words := r.file.words(); !strings.Contains(words, "No call met a file that was not found. 20 calls were retried all the same, after other errors.") {
		t.Error(words)
	}
}

// Some of readLocalFile's attempts are too slow, others find no file.
func TestNotFoundIsToldFromTimeouts(t *testing.T) {
	r := retryOf(t, seeded(scenario.DefaultSeed, "sensors.readLocalFile.policy.timeout=50ms"))
	f := r.file
	if f.notFound == 0 || f.others == 0 || f.retried == 0 || f.delayed != 0 {
		t.Errorf("%+v", f)
	}
	if r.Checks[0].Pass || !r.Checks[1].Pass {
		t.Errorf("%+v", r.Checks)
	}
	if words := f.words(); !strings.Contains(words, "not be there 50 ms later") || !strings.Contains(words, "retried all the same") {
		t.Error(words)
	}
}

// A retry list that names every error, as a careless one would, is caught.
func TestACarelessRetryListFailsTheReport(t *testing.T) {
	sc := scenario.Retry()
	for i := range sc.Sensors {
		sc.Sensors[i].Policy.Retry.RetryOn = nil
	}
	r := played(t, sc, seeded(scenario.DefaultSeed))
	file := fileErrorsOf(r.calls[3], sc.Sensors[3].Policy.Retry)
	broken := &RetryReport{Checks: file.checks()}
	if r.run.Sensors[3].ID != scenario.ReadLocalFile || len(broken.Failed()) != 2 {
		t.Errorf("%s: %+v", r.run.Sensors[3].ID, broken.Checks)
	}
	if words := file.words(); !strings.Contains(words, "were held back") {
		t.Error(words)
	}
}

func TestTheRegistryReportHasEveryFigureThatIsAskedFor(t *testing.T) {
	r := retryOf(t, seeded(scenario.DefaultSeed))
	d := r.Document()
	table := d.Sections[0].Tables[0]
	for _, key := range []string{"totalCalls", "successRate", "averageDelayPerPermanentFailureSeconds", "totalDelaySeconds"} {
		found := false
		for _, c := range table.Columns {
			// A spare column is left out where the terminal is narrow.
			found = found || c.Key == key && !c.Spare
		}
		if !found {
			t.Errorf("no column %s that is always shown", key)
		}
	}
	if words := strings.Join(d.Sections[0].Conclusion, " "); !strings.Contains(words, "saved 18 of the 25 calls") || !strings.Contains(words, "2.45 s") {
		t.Error(words)
	}
	for i, name := range []string{"callExternalAPI", "fetchUserProfile", "queryDatabase", "readLocalFile"} {
		if r.Functions[i].Name != name {
			t.Errorf("function %d is %s: not sorted", i, r.Functions[i].Name)
		}
	}
}

func TestOneAttemptLeavesNothingToRetry(t *testing.T) {
	r := retryOf(t, seeded(1, "policy.retry.attempts=1"))
	for _, f := range r.Functions {
		if f.TotalAttempts != 20 || f.Retries != 0 || f.SuccessfulRetries != 0 || f.TotalDelaySeconds != 0 {
			t.Errorf("%+v", f)
		}
	}
}

func TestACancelledReportIsAnError(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, name := range Names() {
		if r, err := Run(ctx, name, seeded(1)); err == nil {
			t.Errorf("%s: %v", name, r)
		}
	}
}
