package report

import (
	"strings"
	"testing"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/policy"
)

func TestTheIntroductionSaysWhatOpensTheCircuit(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(b *breaker.Settings)
		want   string
	}{
		"as in the exercise": {
			func(b *breaker.Settings) {
				*b = breaker.Settings{FailureThreshold: 5, OpenFor: 3 * time.Second, SuccessesToClose: 2}
			},
			"a circuit that opens after 5 failed calls in a row for 3 s and closes after 2 good probes",
		},
		"defaults":    {func(*breaker.Settings) {}, "a circuit that opens after 5 failed calls in a row for 3 s and closes after 2 good probes"},
		"one of each": {func(b *breaker.Settings) { b.FailureThreshold, b.SuccessesToClose = 1, 1 }, "after 1 failed call for 3 s and closes after 1 good probe"},
		"a rate alone": {
			func(b *breaker.Settings) {
				b.FailureThreshold, b.FailureRate, b.Window.Calls = breaker.NoThreshold, 0.5, 20
			},
			"a circuit that opens for 3 s when 50 % of 20 calls fail and closes after 2 good probes",
		},
		"the threshold off alone": {
			func(b *breaker.Settings) { b.FailureThreshold = breaker.NoThreshold },
			"opens for 3 s when 50 % of 20 calls fail and",
		},
		"both": {
			func(b *breaker.Settings) { b.FailureRate, b.Window.Calls = 0.125, 8 },
			"opens for 3 s after 5 failed calls in a row or when 12.5 % of 8 calls fail and",
		},
		"a least number of calls": {
			func(b *breaker.Settings) { b.FailureRate, b.Window.Calls, b.MinVolume = 0.5, 20, 5 },
			"when 50 % of the last 5 to 20 calls fail",
		},
		"a window by time": {
			func(b *breaker.Settings) { b.FailureRate, b.Window.Span = 0.5, 10*time.Second },
			"when 50 % of the calls of 10 s, if there are 10, fail",
		},
		"slow calls": {
			func(b *breaker.Settings) {
				b.FailureThreshold, b.SlowRate, b.SlowCall, b.Window.Span, b.MinVolume = breaker.NoThreshold, 0.6, 200*time.Millisecond, time.Second, 3
			},
			"for 3 s when 60 % of the calls of 1 s, if there are 3, take longer than 200 ms and",
		},
		"all rules": {
			func(b *breaker.Settings) { b.SlowRate, b.FailureRate, b.OpenFor = 1, 1, 250*time.Millisecond },
			"opens for 250 ms after 5 failed calls in a row or when 100 % of 20 calls fail or when 100 % of 20 calls take longer than 200 ms and",
		},
	} {
		t.Run(name, func(t *testing.T) {
			var p policy.Policy
			tt.change(&p.Breaker)
			if err := p.Validate(); err != nil {
				t.Fatal(err)
			}
			if got := circuitWords(p); !strings.Contains(got, tt.want) {
				t.Errorf("%q does not say %q", got, tt.want)
			}
		})
	}
	if got := circuitWords(policy.Policy{BreakerOff: true}); got != "no circuit, since the breaker is off" {
		t.Errorf("%q", got)
	}
}

func TestTheReportOfARateNeverSaysMinusOne(t *testing.T) {
	o := seeded(42)
	o.Set = []string{"policy.breaker.threshold=off", "policy.breaker.failureRate=0.5"}
	for name, want := range map[string]string{
		"pipeline": "a circuit that opens for 3 s when 50 % of 20 calls fail and closes",
		"breaker":  "a breaker that opens when 50 % of 20 calls fail and lets a probe through 1 s later",
	} {
		r, err := Run(t.Context(), name, o)
		if err != nil {
			t.Fatal(err)
		}
		if intro := r.Document().Intro[0]; !strings.Contains(intro, want) || strings.Contains(intro, "-1") {
			t.Errorf("%q", intro)
		}
	}
}

func TestTheReportListsTheVerdictOfAFaultThatIsAskedFor(t *testing.T) {
	o := seeded(42)
	o.Faults = []string{"S3:crash@5-15"}
	r := pipelineOf(t, o)
	if len(r.Episodes) != 1 {
		t.Fatalf("%+v", r.Episodes)
	}
	e := r.Episodes[0]
	// Batches 5 to 15 are eleven, each with one call of three attempts.
	if e.Sensor != "S3" || len(e.Faults) != 1 || e.Faults[0] != "crash" || e.SeenAfterSeconds == nil || e.AttemptsWithoutBreaker != 11*3 {
		t.Errorf("%+v", e)
	}
	if e.BeganSeconds != 2 || e.EndedSeconds < 7.5 || e.EndedSeconds > 9 {
		t.Errorf("from %v s to %v s", e.BeganSeconds, e.EndedSeconds)
	}
	if len(r.Settings) != 1 || r.Settings[0] != "fault=S3:crash@5-15" {
		t.Errorf("settings %q", r.Settings)
	}
	doc := r.Document()
	if last := doc.Sections[len(doc.Sections)-1]; last.Title != "Verdicts" || len(last.Tables[0].Rows) != 1 {
		t.Errorf("%+v", last)
	}
	if !strings.Contains(strings.Join(doc.Intro, " "), "fault=S3:crash@5-15") {
		t.Errorf("%q", doc.Intro)
	}
	for b := 5; b <= 15; b++ {
		if s := r.Batches[b-1].Sensors[3].Status; s == "live" {
			t.Errorf("batch %d is live", b)
		}
	}
	if s := r.Batches[3].Sensors[3].Status; s != "live" {
		t.Errorf("batch 4 is %s", s)
	}
}

func TestAFaultThatTheReportCannotHaveIsAnError(t *testing.T) {
	for fault, want := range map[string]string{
		"S3:crash@31": `fault S3:crash@31: batch "31": must be a whole number from 1 to 30`,
		"S9:crash@3":  `unknown sensor "S9"`,
	} {
		o := seeded(42)
		o.Faults = []string{fault}
		if _, err := Run(t.Context(), "pipeline", o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", fault, err)
		}
	}
}
