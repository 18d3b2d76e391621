package detail

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/policy"
	"resiltui/internal/engine/retry"
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/views/page/pagetest"
	"resiltui/internal/views/viewstest"
)

func TestDetailAtEverySize(t *testing.T) {
	look := draw.NewLook(draw.Options{}, true)
	for _, size := range pagetest.GoldenSizes() {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			golden.RequireEqual(t, ansi.Strip(views.Draw(pagetest.InDetail(Page{}, size[0], size[1]), look)))
		})
	}
}

func TestDetailInASCII(t *testing.T) {
	look := draw.NewLook(draw.Options{ASCII: true}, true)
	for _, size := range [][2]int{{120, 36}, {80, 24}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			out := ansi.Strip(views.Draw(pagetest.InDetail(Page{}, size[0], size[1]), look))
			for _, r := range out {
				if r > '~' {
					t.Fatalf("%q is not ASCII", r)
				}
			}
			golden.RequireEqual(t, out)
		})
	}
}

func TestTheCircuitInOneLineNamesAllItsStates(t *testing.T) {
	look := draw.NewLook(draw.Options{}, true)
	for _, size := range [][2]int{{80, 24}, {100, 30}} {
		f := pagetest.InState(pagetest.InDetail(Page{}, size[0], size[1]), breaker.Circuit{
			Sample: breaker.Sample{Calls: 50, Failures: 21}, FailuresToTrip: 11,
		}, nil)
		rules := &f.Snap.Sensors[3].Policy.Breaker
		rules.Window, rules.MinVolume, rules.FailureRate = breaker.Window{Calls: 50}, 10, 0.6
		line := regexp.MustCompile(`\[CLOSED\].*or 11 more.*>.*OPEN.*3\.0 s.*HALF_OPEN[^…\n]*`)
		if out := ansi.Strip(views.Draw(f, look)); !line.MatchString(out) {
			t.Errorf("%d × %d:\n%s", size[0], size[1], out)
		}
	}
}

func TestTheDetailSaysInEveryStateWhatIsMissing(t *testing.T) {
	at := func(c breaker.Circuit, last *event.Change) views.Frame {
		return pagetest.InState(pagetest.InDetail(Page{}, 120, 36), c, last)
	}
	judging := func(f views.Frame, slowRate float64) views.Frame {
		rules := &f.Snap.Sensors[3].Policy.Breaker
		rules.Window, rules.MinVolume, rules.FailureRate, rules.SlowRate = breaker.Window{Calls: 50}, 10, 0.5, slowRate
		return f
	}
	windowed := judging(at(breaker.Circuit{Sample: breaker.Sample{Calls: 50, Failures: 21}, FailuresToTrip: 8}, nil), 0)
	for name, c := range map[string]struct {
		f    views.Frame
		want []string
	}{
		"closed again": {
			at(breaker.Circuit{}, &event.Change{From: breaker.HalfOpen, To: breaker.Closed, Reason: breaker.ProbesSucceeded, Count: 2}),
			[]string{"┃   CLOSED   ┠", "now       CLOSED since 00:47.0; 2 good probes", "5 more failures in a row: OPEN for 3.0 s", "opened    00:40.2", "again     00:43.7  probe failed"},
		},
		"closed, some failures": {
			at(breaker.Circuit{Failures: 3}, nil),
			[]string{"2 more failures", "•──• ■■■□□"},
		},
		"closed, one left": {
			at(breaker.Circuit{Failures: 4}, nil),
			[]string{" 1 more failure ", "next      1 more failure: OPEN for 3.0 s"},
		},
		"window": {windowed, []string{"42 % of 50 %", "or 8 more failures", "next      42 % of 50 %, 8 more failures trip it"}},
		"window, slow first": {
			judging(at(breaker.Circuit{Sample: breaker.Sample{Calls: 50, Slow: 30}, FailuresToTrip: 8, SlowToTrip: 3}, nil), 0.8),
			[]string{"slow 60 % of 80 %", "or 3 more slow calls", "next      slow 60 % of 80 %, 3 more slow calls trip it"},
		},
		"open": {
			at(breaker.Circuit{State: breaker.Open, ProbeAt: viewstest.MS(49300), OpenFor: viewstest.MS(3000)}, nil),
			[]string{"┃    OPEN    ┃", "•╱ • ━───", "in 1.9 s", "next      probe: first call after 00:49.3, in 1.9 s", "refuses calls for 3.0 s"},
		},
		"probe due": {
			at(breaker.Circuit{State: breaker.Open, ProbeAt: viewstest.MS(47000), OpenFor: viewstest.MS(3000)}, nil),
			[]string{"probe due", "•╱ • ━━━━━", "the next call is a probe; bad: OPEN"},
		},
		"no good probe yet": {
			at(breaker.Circuit{State: breaker.HalfOpen}, nil),
			[]string{"┨   HALF_OPEN    ┃<", "2 more good probes", "•─?•   □□ 0/2", "good: 1 more, bad: OPEN", "no good probe yet"},
		},
		"forced": {
			at(breaker.Circuit{State: breaker.ForcedOpen}, &event.Change{To: breaker.ForcedOpen, Reason: breaker.Forced, By: "you pressed o"}),
			[]string{"FORCED OPEN ┃", "o releases", "now       FORCED OPEN since 00:47.0; you pressed o", "held until o releases it"},
		},
		"disabled": {
			at(breaker.Circuit{State: breaker.Disabled}, nil),
			[]string{"┃  DISABLED  ┠", "nothing is counted", "calls pass uncounted", "stays so until u resets it"},
		},
	} {
		out := pagetest.Plain(c.f)
		for _, want := range c.want {
			if !strings.Contains(out, want) {
				t.Errorf("%s: no %q in\n%s", name, want, out)
			}
		}
	}
}

func TestACircuitThatNeverOpenedSaysSo(t *testing.T) {
	f := pagetest.InDetail(Page{}, 120, 36)
	f.Selected = 0
	f.Snap.Sensors[0].LastChange = nil
	out := pagetest.Plain(f)
	for _, want := range []string{
		"CLOSED since the start; it never opened", "opened    never", "again     no", "nothing refused so far",
		"no failure yet",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	if got := views.PlanFrame(f).WhyAt; len(got) != 1 || got[0] != 0 {
		t.Errorf("moments: %v", got)
	}
}

func TestTheLinesOfWhyTellTheirMoments(t *testing.T) {
	f := pagetest.InDetail(Page{}, 120, 36)
	if got, want := views.PlanFrame(f).WhyAt, []time.Duration{viewstest.MS(47000), viewstest.MS(40200), viewstest.MS(43700)}; !slices.Equal(got, want) {
		t.Errorf("moments %v, want %v", got, want)
	}
	look := draw.NewLook(draw.Options{}, true)
	before := strings.Split(views.Draw(f, look), "\n")
	f.Why = 2
	for i, line := range strings.Split(views.Draw(f, look), "\n") {
		if changed := line != before[i]; changed != strings.Contains(line, "opened") {
			t.Errorf("line %d, %q: changed is %v", i, ansi.Strip(line), changed)
		}
	}
}

func TestTheTimeoutIsDrawnWhereItIsOnTheScale(t *testing.T) {
	f := pagetest.InDetail(Page{}, 120, 36)
	f.Snap.Sensors[3].Policy.Retry.MaxAttempts = 1 // the limit of an attempt is that of the call
	if out := pagetest.Plain(f); !strings.Contains(out, "(off the chart)") || strings.Contains(out, "limit┤") {
		t.Errorf("250 ms is not off a scale of 200 ms:\n%s", out)
	}
	f.Snap.Sensors[3].Policy.Timeout = viewstest.MS(120)
	out := pagetest.Plain(f)
	if strings.Contains(out, "(off the chart)") || !strings.Contains(out, "limit│╌╌╌╌╌") {
		t.Errorf("no line at 120 ms:\n%s", out)
	}
	f.Snap.Sensors[3].Policy.Timeout = 0
	if out := pagetest.Plain(f); !strings.Contains(out, "no timeout") {
		t.Errorf("no timeout is not told:\n%s", out)
	}
}

func calls(marks string) []stats.Call {
	var out []stats.Call
	for i, r := range []rune(marks) {
		c := stats.Column{At: time.Duration(i) * viewstest.Interval, Took: viewstest.MS(40 + i), Mark: viewstest.MarkOf(r)}
		out = append(out, viewstest.Call(uint64(i+1), &c))
	}
	return out
}

func rowNumbers(rows []callRow) string {
	var out []string
	for _, r := range rows {
		out = append(out, numbersText(r.first.Batch, r.last.Batch))
	}
	return strings.Join(out, " ")
}

func TestEqualNeighboursFold(t *testing.T) {
	for _, c := range []struct{ calls, want string }{
		{"", ""},
		{"●●●●●●●●", "1 2 3 4 5 6 7 8"},                // nothing else happened
		{"××××", "1-4"},                                // refused ones always
		{"●●●●●~××●●●●●●●", "1-5 6 7-8 9-12 13 14 15"}, // the newest stay apart
		{"●●~●●~●", "1 2 3 4 5 6 7"},                   // too few to fold
		{"~~~", "1 2 3"},                               // what failed is never folded
		{"+++●●●●●●", "1 2 3 4-6 7 8 9"},
	} {
		if got := rowNumbers(callRows(calls(c.calls))); got != c.want {
			t.Errorf("%q: %q, want %q", c.calls, got, c.want)
		}
	}
}

func TestFoldedCallsUnfoldWhereThereIsRoom(t *testing.T) {
	v := &stats.SensorView{Recent: calls("●●●●●~××●●●●●●●")}
	for _, c := range []struct {
		room, back, below int
		want              string
	}{
		{7, 0, 0, "1-5 6 7-8 9-12 13 14 15"},
		{9, 0, 0, "1-5 6 7-8 9-10 11 12 13 14 15"},
		{12, 0, 0, "1-3 4 5 6 7-8 9 10 11 12 13 14 15"},
		{40, 0, 0, "1 2 3 4 5 6 7-8 9 10 11 12 13 14 15"},
		{3, 0, 0, "13 14 15"},
		{3, 2, 2, "9-12 13"},
		{40, 9, 0, "1 2 3 4 5 6 7-8 9 10 11 12 13 14 15"},
	} {
		rows, below := callsShown(v, c.room, c.back)
		if got := rowNumbers(rows); below != c.below || !strings.HasSuffix(got, c.want) {
			t.Errorf("%d rows, %d back: %q with %d below, want %q with %d", c.room, c.back, got, below, c.want, c.below)
		}
	}
}

func TestEndpointsInFullCountCalls(t *testing.T) {
	f := pagetest.Endpoints(nil, 120, 36)
	f.Detail, f.InFull, f.Selected, f.Notice = true, Page{}, 1, ""
	v := &f.Snap.Sensors[1]
	v.Tripping = &event.Change{Reason: breaker.TooManyFailures, Count: 5, Cause: "503 Service Unavailable", FirstBatch: 8, LastBatch: 12, Attempts: 15}
	v.TrippedAt, v.OpenedAt = viewstest.MS(30000), viewstest.MS(30000)
	v.Recent = calls("●●●~~")
	golden.RequireEqual(t, ansi.Strip(views.Draw(f, draw.NewLook(draw.Options{}, true))))
}

func TestTheWaysToTheNeighboursAreButtons(t *testing.T) {
	f := pagetest.InDetail(Page{}, 120, 36)
	l := views.PlanFrame(f)
	line := []rune(strings.Split(pagetest.Plain(f), "\n")[1])
	for word, key := range map[string]string{"left S2": "left", "right S4": "right", "esc back": "esc"} {
		x := len([]rune(string(line)[:strings.Index(string(line), word)]))
		if what, _, got := l.Hit(x+1, 1); what != views.HitKey || got != key {
			t.Errorf("%s: %v %q, want %q", word, what, got, key)
		}
	}
	f.Selected = 0
	if out := strings.Split(pagetest.Plain(f), "\n")[1]; strings.Contains(out, "left ") || !strings.Contains(out, "right S1 intake") {
		t.Errorf("the first sensor has a left neighbour: %q", out)
	}
	f.Notice = "a word of the screen's own"
	if _, _, key := views.PlanFrame(f).Hit(118, 1); key != "" {
		t.Errorf("a notice hides the way %q, but not its button", key)
	}
}

func TestSettingsInWords(t *testing.T) {
	for want, b := range map[string]breaker.Settings{
		"5 in a row":                     {},
		"1 failure":                      {FailureThreshold: 1},
		"5 in a row or 50 % of 20 calls": {FailureRate: 0.5},
		"80 % over 200 ms":               {FailureThreshold: breaker.NoThreshold, SlowCall: viewstest.MS(200), SlowRate: 0.8},
	} {
		rules := policy.Policy{Breaker: b}.Resolved().Breaker
		if got := tripRule(&rules, false); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for want, p := range map[string]policy.Policy{
		"3 attempts, wait 50, 100 ms, no timeout":                      {},
		"1 attempt, no retry, timeout 250 ms":                          {Timeout: viewstest.MS(250), Retry: retry.Policy{MaxAttempts: 1}},
		"6 attempts, wait 50, 100, 200 .. ms, no timeout, full jitter": {Retry: retry.Policy{MaxAttempts: 6, Jitter: retry.Full}},
		"3 attempts, no wait, no timeout":                              {Retry: retry.Policy{BaseDelay: retry.NoDelay}},
	} {
		v := stats.SensorView{Sensor: event.Sensor{Policy: p}}
		if got := strings.Join(views.RetryRule(&v), ", "); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestEveryLineOfADetailIsUsed(t *testing.T) {
	for h := 8; h < 60; h++ {
		for _, w := range []int{40, 60, 80, 100, 120, 160} {
			l := views.PlanFrame(pagetest.InDetail(Page{}, w, h))
			d := l.Body.(*plan)
			if got := l.Header + d.top + d.score + d.calls + 1; got > h || got < h && d.calls > 0 {
				t.Errorf("%d × %d: %d lines are planned: %+v", w, h, got, d)
			}
		}
	}
}

func TestAChangeOfStateFlashesInTheDiagram(t *testing.T) {
	for _, size := range [][2]int{{120, 36}, {100, 30}} {
		f := pagetest.InDetail(Page{}, size[0], size[1])
		still := strings.Split(views.Draw(f, draw.NewLook(draw.Options{}, true)), "\n")
		f.Flash = map[int]bool{3: true}
		changed := 0
		for i, line := range strings.Split(views.Draw(f, draw.NewLook(draw.Options{}, true)), "\n") {
			changed += views.OneIf(line != still[i])
		}
		if want := map[int]int{120: 5, 100: 2}[size[0]]; changed != want {
			t.Errorf("%v: %d lines flash, want %d", size, changed, want)
		}
		if calm := draw.NewLook(draw.Options{ReducedMotion: true}, true); views.Draw(f, calm) != strings.Join(still, "\n") {
			t.Error("it flashes with reduced motion")
		}
	}
}

func TestCallsToldWithoutTheirAttempts(t *testing.T) {
	f := pagetest.InDetail(Page{}, 120, 36)
	v := &f.Snap.Sensors[3]
	v.Recent = calls("●~_")
	for i := range v.Recent {
		v.Recent[i].Tries = nil
		v.Recent[i].Took = 30 * time.Second
	}
	v.Recent[2].HasValue = false
	out := pagetest.Plain(f)
	for _, want := range []string{"0 s ", "● 4.16 bar", "_ nothing", strings.Repeat("█", 30), strings.Repeat("░", 30), "30 s"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}

func TestTheListOfCallsHasRoomForAClockWithHours(t *testing.T) {
	f := pagetest.InDetail(Page{}, 120, 36)
	const batches, hours = 10_000, 90 * time.Minute
	f.Snap.Batch += batches
	f.Now += hours
	v := &f.Snap.Sensors[3]
	for i := range v.Recent {
		v.Recent[i].Batch += batches
		v.Recent[i].Start += hours
	}
	out := pagetest.Plain(f)
	if !regexp.MustCompile(`100\d\d-100\d\d 1:30:\d\d\.\d `).MatchString(out) {
		t.Errorf("batches and the clock touch, or are cut:\n%s", out)
	}
}

func TestTheLimitOfOneAttemptIsNotDrawnAcrossWholeCalls(t *testing.T) {
	for attempts, drawn := range map[int]bool{1: true, 3: false} {
		f := pagetest.InDetail(Page{}, 120, 36)
		for i := range f.Snap.Sensors {
			p := &f.Snap.Sensors[i].Policy
			p.Timeout, p.Retry.MaxAttempts = viewstest.MS(60), attempts
		}
		out := ansi.Strip(views.Draw(f, draw.NewLook(draw.Options{}, true)))
		if got := strings.Contains(out, "limit│"); got != drawn {
			t.Errorf("%d attempts: the limit is drawn: %v\n%s", attempts, got, out)
		}
		if got := strings.Contains(out, "of one attempt"); got == drawn {
			t.Errorf("%d attempts: the limit is named as that of one attempt: %v", attempts, got)
		}
	}
}
