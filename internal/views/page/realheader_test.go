package page

import (
	"strings"
	"testing"

	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/page/overview"
	"resiltui/internal/views/page/pagetest"
)

// watched is the header of the shop, of which two are up, one is slow and two are down.
func watched(beside bool, width int, change func(*views.Frame)) (header, tabs string) {
	f := pagetest.Shop(overview.Page{}, beside, width, 36)
	f.Snap.Endpoints = stats.Endpoints{Up: 2, Slow: 1, Down: 2}
	if change != nil {
		change(&f)
	}
	lines := pagetest.Lines(f)
	return lines[0], lines[1]
}

func TestTheHeaderOfARealRunHasTheDateAndTheZone(t *testing.T) {
	for _, c := range []struct {
		width  int
		beside bool
		want   string
	}{
		{120, true, " resiltui  watch   03:07:42  Thu 26 Nov 2026, CET (UTC+1)                  ● 2 up  ● 1 slow  _ 2 down   policies beside "},
		{120, false, " resiltui  watch   03:07:42  Thu 26 Nov 2026, CET (UTC+1)               ● 3 live  ~ 0 stale  × 2 fast-fail  _ 0 missing "},
		{80, true, " resiltui watch  03:07:42  Thu 26 Nov 2026, CET (UTC+1)                   ●3 _2 "},
		{80, false, " resiltui watch  03:07:42  Thu 26 Nov 2026, CET (UTC+1)             ●3 ~0 ×2 _0 "},
		{60, false, " watch  03:07:42  Thu 26 Nov CET (UTC+1)        ●3 ~0 ×2 _0 "},
		{50, true, " watch  03:07:42  Thu 26 Nov CET (UTC+1)    ●3 _2 "},
		{40, false, "  03:07:42                  ●3 ~0 ×2 _0 "},
		{20, false, "  03:07:42          "},
	} {
		if got, _ := watched(c.beside, c.width, nil); got != c.want {
			t.Errorf("%d, beside %v:\n%q, want\n%q", c.width, c.beside, got, c.want)
		}
	}
}

func TestTheHeaderOfARealRunSaysWhatIsUnusual(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*views.Frame)
		want   string
	}{
		{"paused", func(f *views.Frame) { f.Snap.Paused = true }, "(UTC+1)  PAUSED"},
		{"ended", func(f *views.Frame) { f.Snap.Ended = true }, "(UTC+1)  ENDED"},
		{"frozen", func(f *views.Frame) { f.Status = []string{"FROZEN 3 s back"} }, "(UTC+1)  FROZEN 3 s back"},
		{"faults", func(f *views.Frame) { f.Snap.Faults = 2 }, "! 2 faults  ● 2 up"},
		{"the log", func(f *views.Frame) { f.LogMark = "LOG ENDED" }, "(UTC+1)  LOG ENDED"},
	} {
		if got, _ := watched(true, 160, c.change); !strings.Contains(got, c.want) {
			t.Errorf("%s: %q is not in %q", c.name, c.want, got)
		}
	}
}

func TestWhatABreakerBesideDoesStandsInParentheses(t *testing.T) {
	for width, want := range map[int][2]string{
		120: {"2 Breakers (•╱ • 2)   3", "2 Breakers •╱ • 2   3"},
		80:  {"2 Breakers (2 open)  3", "2 Breakers 2 open  3"},
		70:  {"2 Breakers(2) 3", "2 Breakers(2) 3"},
	} {
		for i, beside := range []bool{true, false} {
			if _, got := watched(beside, width, nil); !strings.Contains(got, want[i]) {
				t.Errorf("%d, beside %v: %q is not in %q", width, beside, want[i], got)
			}
		}
	}
}
