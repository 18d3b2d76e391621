package views

import (
	"testing"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/stats"
	"resiltui/internal/views/viewstest"
	"resiltui/internal/words"
)

func TestForecastSaysWhatIsMissing(t *testing.T) {
	for _, c := range []struct {
		name        string
		circuit     breaker.Circuit
		rules       breaker.Settings
		on, off     int
		text, short string
	}{
		{"closed", breaker.Circuit{Failures: 2}, breaker.Settings{}, 2, 3, "3 more failures trip it", "3 more trip it"},
		{"one short", breaker.Circuit{Failures: 4}, breaker.Settings{}, 4, 1, "1 more failure trips it", "1 more trips it"},
		{"too many to draw", breaker.Circuit{Failures: 2}, breaker.Settings{FailureThreshold: 50}, 0, 0, "48 more failures trip it", "48 more trip it"},
		{"reached already when it was lowered", breaker.Circuit{Failures: 4}, breaker.Settings{FailureThreshold: 3}, 3, 0, "1 more failure trips it", "1 more trips it"},
		{"none yet", breaker.Circuit{}, breaker.Settings{FailureThreshold: 7}, 0, 7, "7 more failures trip it", "7 more trip it"},
		{"half-open", breaker.Circuit{State: breaker.HalfOpen}, breaker.Settings{}, 0, 2, "2 more good probes close it", "2 more close it"},
		{"half-open, three needed", breaker.Circuit{State: breaker.HalfOpen}, breaker.Settings{SuccessesToClose: 3}, 0, 3, "3 more good probes close it", "3 more close it"},
		{"last probe", breaker.Circuit{State: breaker.HalfOpen, Good: 1}, breaker.Settings{}, 1, 1, "1 more good probe closes it", "1 more closes it"},
		{"open", breaker.Circuit{State: breaker.Open, ProbeAt: 3 * time.Second, OpenFor: 4 * time.Second}, breaker.Settings{}, 6, 6, "probe in 2.0 s", "probe in 2.0 s"},
		{"due", breaker.Circuit{State: breaker.Open, ProbeAt: time.Second}, breaker.Settings{}, 12, 0, "probe due", "probe due"},
		{"forced", breaker.Circuit{State: breaker.ForcedOpen}, breaker.Settings{}, 0, 0, "held open; o releases", "held; o releases"},
		{"disabled", breaker.Circuit{State: breaker.Disabled}, breaker.Settings{}, 0, 0, "calls pass uncounted", "calls uncounted"},
		{"unknown", breaker.Circuit{State: 77}, breaker.Settings{}, 0, 0, "", ""},
	} {
		v := &stats.SensorView{Circuit: c.circuit}
		v.Policy.Breaker = c.rules
		f := ForecastOf(v, time.Second)
		if f.On != c.on || f.Off != c.off || f.Text != c.text || f.Short != c.short {
			t.Errorf("%s: %+v", c.name, f)
		}
	}
}

func TestTheCauseIsTold(t *testing.T) {
	opening := func(r breaker.Reason, cause, by string) *event.Change {
		return &event.Change{To: breaker.Open, Reason: r, Cause: cause, By: by, Count: 5}
	}
	for _, c := range []struct {
		name   string
		state  breaker.State
		change *event.Change
		room   int
		want   string
	}{
		{"never", breaker.Closed, nil, 36, "never opened"},
		{"failures", breaker.Open, opening(breaker.TooManyFailures, "connection refused", ""), 36, "opened 00:40.2  5 in a row: refused"},
		{"failures with room", breaker.Open, opening(breaker.TooManyFailures, "connection refused", ""), 60, "opened 00:40.2  5 in a row: connection refused"},
		{"without a cause", breaker.HalfOpen, opening(breaker.TooManyFailures, "", ""), 36, "opened 00:40.2  5 in a row"},
		{"probe", breaker.Open, opening(breaker.ProbeFailed, "bad checksum", ""), 36, "opened 00:40.2  probe: bad checksum"},
		{"probe too slow", breaker.Open, opening(breaker.ProbeTimedOut, "", ""), 60, "opened 00:40.2  probe: probe timed out"},
		{"released", breaker.Open, opening(breaker.ForceReleased, "", "you pressed o"), 60, "opened 00:40.2  you pressed o"},
		{"probes", breaker.Closed, &event.Change{Reason: breaker.ProbesSucceeded, Count: 2}, 36, "closed 00:47.0  2 good probes"},
		{"one probe", breaker.Closed, &event.Change{Reason: breaker.ProbesSucceeded, Count: 1}, 36, "closed 00:47.0  1 good probe"},
		{"reset", breaker.Closed, &event.Change{Reason: breaker.WasReset, By: "you pressed u"}, 36, "closed 00:47.0  you pressed u"},
		{"forced", breaker.ForcedOpen, &event.Change{Reason: breaker.Forced}, 36, "forced 00:47.0  forced open"},
		{"disabled", breaker.Disabled, &event.Change{Reason: breaker.WasDisabled}, 36, "disabled 00:47.0  disabled"},
	} {
		v := &stats.SensorView{Circuit: breaker.Circuit{State: c.state}, LastChange: c.change, LastOpening: c.change, ChangedAt: viewstest.MS(47000), OpenedAt: viewstest.MS(40200)}
		if got := (&Frame{}).CauseWords(v, c.room); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	v := &stats.SensorView{Circuit: breaker.Circuit{State: breaker.Open}, LastChange: &event.Change{}, ChangedAt: viewstest.MS(47000)}
	if got := (&Frame{}).CauseWords(v, 36); got != "opened 00:47.0" {
		t.Errorf("an opening that is not known: %q", got)
	}
}

func TestPercentilesWaitForEnoughAnswers(t *testing.T) {
	v := &stats.SensorView{P50: viewstest.MS(51), P95: viewstest.MS(63), P99: viewstest.MS(68), Max: viewstest.MS(69)}
	for n, want := range map[uint64]string{
		0: "p50 n/a   0 answers, 5 needed", 1: "p50 n/a   1 answer, 5 needed", 4: "p50 n/a   4 answers, 5 needed",
		5: "p50  51  p95  63  max  69 ms of 5", 19: "p50  51  p95  63  max  69 ms of 19",
		20: "p50  51  p95  63  max  69 ms", 99: "p50  51  p95  63  max  69 ms", 100: "p50  51  p95  63  p99  68 ms",
	} {
		v.Answers = n
		if got := PercentileWords(v); got != want {
			t.Errorf("%d answers: %q, want %q", n, got, want)
		}
	}
}

func TestTheScaleNamesItsUnit(t *testing.T) {
	for top, want := range map[time.Duration]string{0: " ms", viewstest.MS(400): "400 ms", 8 * time.Second: "8000 ms", 20 * time.Second: "20 s"} {
		if n, u := words.Scale(top); n+" "+u != want {
			t.Errorf("%v: %q, want %q", top, n+" "+u, want)
		}
	}
	if got := ChartLabels(1, viewstest.MS(400)); got[0] != "400" {
		t.Errorf("one row: %q", got)
	}
}

func TestWithoutAnInjectedFaultTheSensorsNatureIsTold(t *testing.T) {
	v := &stats.SensorView{}
	v.Nature = "fails 90 % until call 15"
	for columns, want := range map[int]string{
		60: "none injected; by itself: fails 90 % until call 15", 40: "by itself: fails 90 % until call 15",
		30: "by itself: fails 90 %", 14: "none injected", 8: "none",
	} {
		if got := NoFault(v, columns); got != want {
			t.Errorf("%d columns: %q, want %q", columns, got, want)
		}
	}
	v.Nature = ""
	if got := NoFault(v, 60); got != "none injected" {
		t.Errorf("of a good sensor: %q", got)
	}
}
