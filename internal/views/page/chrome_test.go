package page

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/sentence"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/views/page/events"
	"resiltui/internal/views/page/overview"
	"resiltui/internal/views/page/pagetest"
	"resiltui/internal/views/viewstest"
)

func TestTheHeaderSaysWhatRuns(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*views.Frame)
		want   string
	}{
		{"running", func(*views.Frame) {}, "RUN 1x  00:47.4  batch 95"},
		{"slower", func(f *views.Frame) { f.Snap.Speed = 0.25 }, "RUN 0.25x  00:47.4"},
		{"paused", func(f *views.Frame) { f.Snap.Paused = true }, "PAUSED  00:47.4"},
		{"ended", func(f *views.Frame) { f.Snap.Ended = true }, "ENDED   00:47.4"},
		{"with an end", func(f *views.Frame) { f.Snap.Run.Batches, f.Snap.Batch = 30, 21 }, "batch 21/30 ━━━━━━━───"},
		{"status", func(f *views.Frame) { f.Status = []string{"PAUSED", "LOCKED"} }, "batch 95  LOCKED"},
		{"faults", func(f *views.Frame) { f.Snap.Faults = 2 }, "! 2 faults"},
		{"before a run", func(f *views.Frame) { f.Snap.Run = nil }, " resiltui starting"},
	} {
		f := pagetest.Frame(overview.Page{}, 120, 36)
		c.change(&f)
		if got := pagetest.Lines(f)[0]; !strings.Contains(got, c.want) {
			t.Errorf("%s: %q is not in %q", c.name, c.want, got)
		}
	}
}

func TestALogThatIsNotWholeIsInTheHeaderAtEveryWidth(t *testing.T) {
	for _, ascii := range []bool{false, true} {
		for width := 20; width <= 200; width++ {
			f := pagetest.Frame(overview.Page{}, width, 20)
			f.Status = []string{"FROZEN 00:40.0", "SETTINGS DIFFER (T)"}
			f.LogMark = "LOG ENDED"
			look := draw.NewLook(draw.Options{ASCII: ascii}, true)
			got, _, _ := strings.Cut(ansi.Strip(views.Draw(f, look)), "\n")
			want := "LOG!"
			if width >= 118 {
				want = "LOG ENDED"
			}
			if !strings.Contains(got, want) {
				t.Errorf("%d, ASCII %v: no %q in %q", width, ascii, want, got)
			}
		}
	}
	f := pagetest.Frame(overview.Page{}, 19, 4)
	f.Snap.Sensors = f.Snap.Sensors[:1]
	f.Snap.Stale, f.Snap.FastFail, f.Snap.Missing = 0, 0, 0
	f.LogMark = "LOG ENDED"
	if got := pagetest.Lines(f)[0]; !strings.Contains(got, "LOG!") {
		t.Errorf("the least screen: %q", got)
	}
}

func TestTheHeaderLosesTheLeastImportantFirst(t *testing.T) {
	for w, want := range map[int][]string{
		120: {"resiltui", "seed 42", "batch 95", "● 3 live", "! 1 fault"},
		80:  {"resiltui", "seed 42", "batch 95", "●3 ~1 ×1 _0", "! 1 fault"},
		60:  {"RUN 1x", "batch 95", "●3 ~1 ×1 _0", "! 1 fault"},
		40:  {"00:47.4", "●3 ~1 ×1 _0"},
		20:  {"00:47.4"},
	} {
		got := pagetest.Lines(pagetest.Frame(overview.Page{}, w, 20))[0]
		for _, s := range want {
			if !strings.Contains(got, s) {
				t.Errorf("%d: no %q in %q", w, s, got)
			}
		}
	}
}

func TestDroppedEventsAreTold(t *testing.T) {
	f := pagetest.Frame(overview.Page{}, 80, 24)
	if got := pagetest.Lines(f)[1]; strings.Contains(got, "dropped") {
		t.Errorf("nothing was dropped: %q", got)
	}
	f.Dropped = 12
	if got := pagetest.Lines(f)[1]; !strings.Contains(got, "12 events dropped") {
		t.Errorf("12 were dropped: %q", got)
	}
}

func TestTheFooterNamesItsTarget(t *testing.T) {
	last := func(f views.Frame) string { l := pagetest.Lines(f); return l[len(l)-1] }
	f := pagetest.Frame(overview.Page{}, 120, 36)
	if got := last(f); !strings.HasPrefix(got, " S3 coolant:  c crash  s slow") {
		t.Errorf("one target: %q", got)
	}
	f.TargetAll = true
	if got := last(f); !strings.HasPrefix(got, " all 5:  c crash") {
		t.Errorf("all: %q", got)
	}
	f = pagetest.Frame(overview.Page{}, 80, 24)
	if got := last(f); !strings.HasPrefix(got, " S3: c crash s slow") {
		t.Errorf("narrow: %q", got)
	}
	f.Snap.Run = nil
	if got := last(f); !strings.HasPrefix(got, " c crash") {
		t.Errorf("no run: %q", got)
	}
}

func TestANewcomerIsToldWhatToPress(t *testing.T) {
	first := func(f views.Frame) string { return strings.TrimSpace(pagetest.Lines(f)[29]) }
	f := pagetest.Frame(overview.Page{}, 120, 36)
	f.Snap.Injected, f.Selected = false, 0
	if got, want := first(f), "try  → → →  c  to crash S3;  r  ends it;  ?  all keys"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	f.Selected = 3
	if got, want := first(f), "try  c  to crash S3;  r  ends it;  ?  all keys"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	f.Locked = true
	if got := first(f); !strings.HasPrefix(got, "try  !  to unlock") {
		t.Errorf("locked: %q", got)
	}
	f.Snap.Injected = true
	if got := first(f); strings.HasPrefix(got, "try") {
		t.Errorf("after the first fault: %q", got)
	}
}

func TestANoticeStandsBelowTheNewestEvent(t *testing.T) {
	f := pagetest.Frame(overview.Page{}, 120, 36)
	f.Notice, f.Caption = "crash S3 coolant: with the next batch", "c  crash S3"
	l := pagetest.Lines(f)
	if !strings.HasPrefix(l[34], " crash S3 coolant: with the next batch") || !strings.HasSuffix(l[34], " c  crash S3 ") {
		t.Errorf("bottom line %q", l[34])
	}
	if !strings.Contains(l[33], "S1 intake") {
		t.Errorf("line above %q", l[33])
	}
}

func TestANoticeHasAPlaceOnEveryScreen(t *testing.T) {
	for _, size := range pagetest.GoldenSizes() {
		f := pagetest.Frame(overview.Page{}, size[0], size[1])
		f.Notice = "crash S3"
		if out := strings.Join(pagetest.Lines(f), "\n"); !strings.Contains(out, "crash S3") {
			t.Errorf("%v has no notice", size)
		}
	}
}

func TestAPressedKeyIsShownOnEveryScreen(t *testing.T) {
	for _, size := range pagetest.GoldenSizes()[:7] {
		f := pagetest.Frame(overview.Page{}, size[0], size[1])
		f.Caption = "c  crash S3"
		if out := strings.Join(pagetest.Lines(f), "\n"); !strings.Contains(out, " c  crash S3 ") {
			t.Errorf("%v has no caption", size)
		}
	}
}

// eventLine is an event's line, exactly width cells wide.
func eventLine(e sentence.Line, width int, look *draw.Look) string {
	s := views.NewScreen(look)
	s.Reset(width, 1)
	s.Frame = &views.Frame{}
	p := s.In(draw.At(0, 0, width, 1))
	p.Next()
	s.DrawEvent(p, &e, views.EventPlace{Width: width, Names: 10})
	return s.String()
}

func TestAnEventLineIsExactlyAsWideAsAsked(t *testing.T) {
	look := draw.NewLook(draw.Options{}, true)
	e := sentence.Line{At: viewstest.MS(46300), Batch: 93, ID: "S2", Name: "S2 turbine", Topic: sentence.TopicOpen, Text: "HALF_OPEN to OPEN for 3.0 s"}
	for w := range 130 {
		if got := ansi.StringWidth(eventLine(e, w, look)); got != w {
			t.Errorf("%d: %d cells", w, got)
		}
	}
	if got := ansi.Strip(eventLine(e, 60, look)); !strings.HasPrefix(got, " 00:46.3 S2 ╱ HALF_OPEN to OPEN for 3.0 s") {
		t.Errorf("narrow: %q", got)
	}
	if got := ansi.Strip(eventLine(e, 120, look)); !strings.HasPrefix(got, " 00:46.3   93  S2 turbine  ╱  HALF_OPEN to OPEN") {
		t.Errorf("wide: %q", got)
	}
}

// inADatedRun draws events of a run that began a little before midnight.
func inADatedRun(width int, lines ...sentence.Line) string {
	f := pagetest.Frame(events.Page{}, width, 20)
	run := *f.Snap.Run
	run.Virtual, run.Start = false, time.Date(2026, time.November, 25, 23, 59, 0, 0, time.UTC)
	f.Snap.Run, f.Snap.Lines, f.Now = &run, lines, 90*time.Second
	f.Log = views.Log{Lines: lines, Cursor: 1, Search: "probe"}
	return strings.Join(pagetest.Lines(f), "\n")
}

func TestEventsOfARunWithADateHaveClockTimesAndTheFirstOfAnotherDayNamesIt(t *testing.T) {
	line := func(at time.Duration, text string) sentence.Line {
		return sentence.Line{At: at, Batch: 93, ID: "S2", Name: "S2 turbine", Topic: sentence.TopicOpen, Text: text}
	}
	lines := []sentence.Line{line(0, "one"), line(time.Second, "a probe"), line(time.Minute, "two"), line(61*time.Second, "three")}
	for width, want := range map[int][]string{
		120: {
			" 23:59:00  S2 turbine  ╱  Wed 25 Nov 2026: one", "»23:59:01  S2 turbine  ╱  a probe",
			" 00:00:00  S2 turbine  ╱  Thu 26 Nov 2026: two", " 00:00:01  S2 turbine  ╱  three",
		},
		60: {" 23:59:00 S2         ╱ Wed 25 Nov 2026: one", "»23:59:01 S2         ╱ a probe", " 00:00:01 S2         ╱ three"},
	} {
		out := inADatedRun(width, lines...)
		for _, w := range want {
			if !strings.Contains(out, w) {
				t.Errorf("at %d cells no %q in\n%s", width, w, out)
			}
		}
	}
}

func TestTheLineShowsWhoIsWorstOff(t *testing.T) {
	f := pagetest.Frame(overview.Page{}, 40, 1)
	if got := pagetest.Lines(f)[0]; !strings.HasPrefix(got, "S2 OPEN 1.9s  3● 1~ 1×") {
		t.Errorf("open: %q", got)
	}
	f.Now = viewstest.MS(50000)
	if got := pagetest.Lines(f)[0]; !strings.HasPrefix(got, "S2 OPEN due ") {
		t.Errorf("due: %q", got)
	}
	f.Snap.Sensors[2].Circuit.State = breaker.Closed
	if got := pagetest.Lines(f)[0]; !strings.HasPrefix(got, "S3 HALF_OPEN  ") {
		t.Errorf("half-open: %q", got)
	}
	f.Snap.Sensors[3].Circuit.State = breaker.Closed
	f.Selected = 1
	if got := pagetest.Lines(f)[0]; !strings.HasPrefix(got, "S1 CLOSED  ") {
		t.Errorf("all well: %q", got)
	}
}

func TestWithoutANaivePipelineThereIsNothingToCompare(t *testing.T) {
	for _, size := range [][2]int{{120, 36}, {100, 30}, {80, 24}} {
		f := pagetest.Frame(overview.Page{}, size[0], size[1])
		f.Snap.Run.Naive = false
		if out := strings.Join(pagetest.Lines(f), "\n"); strings.Contains(out, "naive") || strings.Contains(out, "84 of 95") {
			t.Errorf("%v:\n%s", size, out)
		}
	}
}

func TestTheWayOutIsNeverCut(t *testing.T) {
	for w := 20; w <= 130; w++ {
		l := pagetest.Lines(pagetest.Frame(overview.Page{}, w, 24))
		if got := l[len(l)-1]; !strings.Contains(got, "? keys") || !strings.Contains(got, "q quit") {
			t.Errorf("%d: %q", w, got)
		}
	}
}
