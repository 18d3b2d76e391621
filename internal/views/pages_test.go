package views

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
	"pgregory.net/rapid"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/fallback"
	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// pageSizes are the sizes at which every page is looked at.
func pageSizes() [][2]int { return [][2]int{{160, 50}, {120, 36}, {80, 24}, {60, 16}} }

// pageFrame is the moment of the fixture on a page, with what the page needs of
// the tally.
func pageFrame(p Page, width, height int) Frame {
	f := fixtureFrame(width, height)
	f.Page = p
	states := []stats.StateTime{
		{Closed: ms(47300)},
		{Closed: ms(47300)},
		{Closed: ms(3500), Open: ms(39800), HalfOpen: ms(4000)},
		{Closed: ms(40200), Open: ms(6500), HalfOpen: ms(600)},
		{Closed: ms(43800), Open: ms(3000), HalfOpen: ms(500)},
	}
	for i := range f.Snap.Sensors {
		addPageData(&f.Snap.Sensors[i], states[i%len(states)])
	}
	addTotals(&f.Snap)
	f.Log = Log{Lines: f.Snap.Lines, Cursor: len(f.Snap.Lines) - 1, Following: true}
	return f
}

// addPageData gives a sensor retries that agree with its counts.
func addPageData(v *stats.SensorView, states stats.StateTime) {
	v.States = states
	c, r := &v.Counts, &v.Retries
	tried := c.Calls() - c.FastFail
	failed := min(tried-c.Live, c.Retries/2)
	saved := min(c.Retries-2*failed, c.Live)
	r.Calls = [stats.MaxTries]uint64{tried - failed - saved, saved, failed}
	r.RanOut = failed
	r.After = [stats.MaxTries]time.Duration{time.Duration(saved+failed) * ms(50), time.Duration(failed) * ms(100)}
	c.SavedCalls, c.Attempts = saved, tried+c.Retries
	c.Waited = r.After[0] + r.After[1]
	if c.Waited > 0 {
		r.Causes = []stats.WaitCause{
			{Err: "bad frame", Waits: c.Retries, Waited: c.Waited * 2 / 3},
			{Err: "read timeout", Waits: 2, Waited: c.Waited / 3},
		}
	}
}

// addTotals adds up what the page tells of all sensors, and has every strategy
// answer for what was not live.
func addTotals(s *stats.Snapshot) {
	for _, name := range fallback.Names() {
		s.Strategies = append(s.Strategies, stats.StrategyView{Name: name})
	}
	for i := range s.Sensors {
		v := &s.Sensors[i]
		s.Pipeline.Attempts += v.Counts.Attempts
		s.Pipeline.SavedCalls += v.Counts.SavedCalls
		s.Retries.RanOut += v.Retries.RanOut
		for k := range v.Retries.Calls {
			s.Retries.Calls[k] += v.Retries.Calls[k]
			s.Retries.After[k] += v.Retries.After[k]
		}
		for k := range s.Strategies {
			own := strategySensorOf(v, k)
			all := &s.Strategies[k]
			all.Sensors = append(all.Sensors, own)
			all.Counts.Live += own.Counts.Live
			all.Counts.Stale += own.Counts.Stale
			all.Counts.Interpolated += own.Counts.Interpolated
			all.Counts.Dropped += own.Counts.Dropped
			all.Counts.OffBy += own.Counts.OffBy
			all.Counts.Judged += own.Counts.Judged
			all.Counts.MaxOff = max(all.Counts.MaxOff, own.Counts.MaxOff)
			all.Counts.OldestAge = max(all.Counts.OldestAge, own.Counts.OldestAge)
		}
	}
	s.Retries.Causes = []stats.WaitCause{{Err: "bad frame", Waits: 90, Waited: ms(4100)}, {Err: "connection refused by the device", Waits: 20, Waited: ms(2000)}}
	s.Retries.Other = stats.WaitCause{Waits: 3, Waited: ms(200)}
}

// strategySensorOf is what a strategy makes of a sensor's columns.
func strategySensorOf(v *stats.SensorView, strategy int) stats.StrategySensor {
	own := stats.StrategySensor{Index: v.Index, Counts: stats.StrategyCounts{Live: v.Counts.Live}}
	missed := v.Counts.Calls() - v.Counts.Live
	served := [...]event.Mark{event.MarkMissing, event.MarkStale, event.MarkInterpolated}[strategy]
	for _, c := range v.Columns {
		m := c.Mark
		if !c.Answered() {
			m = served
		}
		own.Marks = append(own.Marks, m)
	}
	n := &own.Counts
	switch strategy {
	case 0:
		n.Dropped = missed
	case 1:
		n.Stale, n.Judged, n.OffBy, n.MaxOff = missed, missed, int64(missed)*152000, 1965000
	case 2:
		n.Interpolated, n.Judged, n.OffBy, n.MaxOff = missed, missed, int64(missed)*296000, 2015000
	}
	if strategy > 0 && missed > 0 {
		n.OldestAge = ms(5100)
	}
	return own
}

func plainScreen(f Frame) string { return ansi.Strip(Draw(f, draw.NewLook(draw.Options{}, true))) }

func TestPagesAtEverySize(t *testing.T) {
	for _, p := range []Page{BreakersPage{}, RetriesPage{}, StrategiesPage{}, EventsPage{}} {
		for _, size := range pageSizes() {
			t.Run(fmt.Sprintf("%s_%dx%d", p.Title(), size[0], size[1]), func(t *testing.T) {
				golden.RequireEqual(t, plainScreen(pageFrame(p, size[0], size[1])))
			})
		}
	}
}

func TestPagesInASCII(t *testing.T) {
	look := draw.NewLook(draw.Options{ASCII: true}, true)
	for _, p := range []Page{BreakersPage{}, RetriesPage{}, StrategiesPage{}, EventsPage{}} {
		t.Run(p.Title(), func(t *testing.T) {
			f := pageFrame(p, 120, 36)
			f.Sort = Sort{Column: 2}
			out := ansi.Strip(Draw(f, look))
			for _, r := range out {
				if r > '~' {
					t.Fatalf("%q is not ASCII", r)
				}
			}
			golden.RequireEqual(t, out)
		})
	}
}

func TestPagesInMono(t *testing.T) {
	for _, p := range []Page{BreakersPage{}, RetriesPage{}, StrategiesPage{}, EventsPage{}} {
		t.Run(p.Title(), func(t *testing.T) {
			f := pageFrame(p, 120, 36)
			f.Log.Search = "probe"
			golden.RequireEqual(t, Draw(f, draw.NewLook(draw.Options{Theme: draw.ThemeMono}, true)))
		})
	}
}

// manyOnPage is n sensors on a page, with only those copied that are visible.
func manyOnPage(p Page, n, width, height int) Frame {
	f := manySensors(n, width, height)
	f.Page = p
	for i := range f.Snap.Sensors {
		f.Snap.Sensors[i].States = stats.StateTime{Closed: ms(40000), Open: ms(i % 7000)}
		f.Snap.Sensors[i].Circuit.Opens = uint64(i % 11)
	}
	run := f.Snap.Run
	for i := range run.Sensors {
		run.Sensors[i].ID, run.Sensors[i].Name = fmt.Sprintf("S%d", i), fmt.Sprintf("sensor %d", i)
		f.Snap.Sensors[i].Sensor = run.Sensors[i]
	}
	return f
}

func TestAThousandSensorsOnBreakers(t *testing.T) {
	f := manyOnPage(BreakersPage{}, 1000, 120, 36)
	f.Sort = Sort{Column: 2}
	f.Order = Order(f.Snap.Sensors, f.Page, f.Sort, "")
	f.Selected = f.Order[500]
	all := f.Snap.Sensors
	f.Snap.Sensors = nil
	l := PlanFrame(f)
	if len(l.Visible) > 33 || len(l.Query().Sensors) != len(l.Visible) {
		t.Fatalf("%d sensors are visible, %d asked for", len(l.Visible), len(l.Query().Sensors))
	}
	for _, i := range l.Visible {
		f.Snap.Sensors = append(f.Snap.Sensors, all[i])
	}
	golden.RequireEqual(t, plainScreen(f))
}

func TestRetriesOfManySensorsKeepTheirPanels(t *testing.T) {
	f := manyOnPage(RetriesPage{}, 200, 120, 36)
	l := PlanFrame(f)
	if panels := l.Body.(*retriesPlan).panels; len(panels) != 2 || len(l.Visible) < 5 {
		t.Errorf("%d panels, %d sensors", len(panels), len(l.Visible))
	}
}

func TestTheOrderIsWorstFirstAndTheRunsBetweenEquals(t *testing.T) {
	s := pageFrame(BreakersPage{}, 120, 36).Snap.Sensors
	for _, c := range []struct {
		by     Sort
		filter string
		page   Page
		want   []int
	}{
		{Sort{}, "", BreakersPage{}, nil},
		{Sort{Inverted: true}, "", BreakersPage{}, []int{4, 3, 2, 1, 0}},
		{Sort{Column: 1}, "", BreakersPage{}, []int{2, 3, 0, 1, 4}},
		{Sort{Column: 1, Inverted: true}, "", BreakersPage{}, []int{0, 1, 4, 3, 2}},
		{Sort{Column: 2}, "", BreakersPage{}, []int{2, 3, 4, 0, 1}},
		{Sort{Column: 2}, "closed", BreakersPage{}, []int{4, 0, 1}},
		{Sort{Column: 99}, "", BreakersPage{}, nil},
		{Sort{Column: 3}, "", RetriesPage{}, []int{0, 1, 2, 3, 4}},
		{Sort{Column: 2, Inverted: true}, "", OverviewPage{}, nil},
		{Sort{}, "S3", OverviewPage{}, []int{3}},
		{Sort{}, "OPEN", OverviewPage{}, []int{2}},
		{Sort{}, "half", OverviewPage{}, []int{3}},
		{Sort{}, "tur open", OverviewPage{}, []int{2}},
		{Sort{}, "nothing at all", OverviewPage{}, []int{}},
		{Sort{}, "  ", OverviewPage{}, nil},
	} {
		got := Order(s, c.page, c.by, c.filter)
		if c.page == (RetriesPage{}) { // whatever the figures are, it is a whole order
			if len(got) != 5 {
				t.Errorf("%+v: %v", c.by, got)
			}
			continue
		}
		if !slices.Equal(got, c.want) || (got == nil) != (c.want == nil) {
			t.Errorf("%v %+v %q: %v, want %v", c.page, c.by, c.filter, got, c.want)
		}
	}
}

func TestEveryStateCanBeFiltered(t *testing.T) {
	for state, word := range map[breaker.State]string{
		breaker.Closed: "closed", breaker.Open: "open", breaker.HalfOpen: "half", breaker.ForcedOpen: "forced", breaker.Disabled: "disabled",
	} {
		if !matches(&event.Sensor{}, state, []string{word}) {
			t.Errorf("%v does not match %q", state, word)
		}
		if matches(&event.Sensor{}, state, []string{"zzz"}) {
			t.Errorf("%v matches anything", state)
		}
	}
	if matches(&event.Sensor{}, breaker.HalfOpen, []string{"open"}) || !matches(&event.Sensor{}, breaker.ForcedOpen, []string{"open"}) {
		t.Error("half open is no open circuit, and one held open is one")
	}
}

func TestEveryColumnOfATableOrdersIt(t *testing.T) {
	if SortColumns(OverviewPage{}) != nil || SortColumns(EventsPage{}) != nil {
		t.Error("a page without a table has columns")
	}
	for _, p := range []Page{BreakersPage{}, RetriesPage{}} {
		s := pageFrame(p, 160, 50).Snap.Sensors
		for i, title := range SortColumns(p) {
			f := pageFrame(p, 200, 50)
			f.Sort = Sort{Column: i}
			if i > 0 && len(Order(s, p, f.Sort, "")) != len(s) {
				t.Errorf("%v: %s does not order all", p, title)
			}
			if head := screenLines(f)[2]; i > 0 && strings.Count(head, "↓") != 1 {
				t.Errorf("%v by %s: no arrow in %q", p, title, head)
			}
			f.Sort.Inverted = true
			if head := screenLines(f)[2]; strings.Count(head, "↑") != 1 {
				t.Errorf("%v by %s inverted: no arrow in %q", p, title, head)
			}
		}
	}
}

func TestRetryRatesWithoutADenominatorAreNotAvailable(t *testing.T) {
	f := beforeTheFirstCall(120, 36)
	f.Page = RetriesPage{}
	line := screenLines(f)[3]
	if strings.Count(line, "n/a") != 3 || strings.Contains(line, "NaN") {
		t.Errorf("%q", line)
	}
}

func TestTheRegistryAddsUp(t *testing.T) {
	f := pageFrame(RetriesPage{}, 120, 36)
	var sum retryCounts
	for i := range f.Snap.Sensors {
		c := retryCountsOf(&f.Snap.Sensors[i])
		if failed := c.ranOut + c.propagated; c.calls < failed+c.saved {
			t.Errorf("%d: %+v", i, c)
		}
		sum.calls, sum.attempts, sum.saved = sum.calls+c.calls, sum.attempts+c.attempts, sum.saved+c.saved
	}
	all := retryTotals(&f.Snap)
	if all.calls != sum.calls || all.attempts != sum.attempts || all.ranOut == 0 || all.waited == 0 {
		t.Errorf("%+v is not the sum %+v", all, sum)
	}
}

func TestTheStrategyInForceIsMarked(t *testing.T) {
	f := pageFrame(StrategiesPage{}, 120, 36)
	marked := 0
	for _, l := range screenLines(f) {
		if strings.Contains(l, " last-known-good • ") {
			marked++
		}
		if strings.Contains(l, "interpolated    •") || strings.Contains(l, "drop            •") {
			t.Errorf("%q is not in force", l)
		}
	}
	if marked != 6 { // and the comparison
		t.Errorf("%d lines have it, not 6", marked)
	}
}

func TestTheConclusionHasThisRunsFigures(t *testing.T) {
	text := strings.Join(strings.Fields(strings.Join(screenLines(pageFrame(StrategiesPage{}, 160, 50)), " ")), " ")
	for _, want := range []string{
		"where stale data is worse than missing data", "slowly", "smoothly about a level",
		"every one of them live, and left 131 gaps", "off by 0.152 on average", "nearer to the truth than interpolated", "farther from the truth than last-known-good",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q", want)
		}
	}
}

func TestSensorsOfDifferentUnitsAreComparedOneByOne(t *testing.T) {
	f := pageFrame(StrategiesPage{}, 160, 50)
	for k := range f.Snap.Strategies {
		v := &f.Snap.Strategies[k]
		v.Mixed, v.Compared = true, 4
		if v.Name == "interpolated" {
			v.Nearest = 4
		}
	}
	lines := screenLines(f)
	text := strings.Join(strings.Fields(strings.Join(lines, " ")), " ")
	for _, want := range []string{
		"nearest truth at", "4 of 4 sensors", "0 of 4 sensors", "; the nearest to the truth at 4 of the 4 that needed it.",
		"; the nearest to the truth at none of the 4 that needed it.", "error, in its own unit", "off 0.152, at most 1.965 kPa",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, strings.Join(lines, "\n"))
		}
	}
	for _, never := range []string{"mean error", "largest", "on average"} {
		if strings.Contains(text, never) {
			t.Errorf("%q of kilopascals and degrees", never)
		}
	}
}

func TestOfRealSensorsTheErrorIsUnknown(t *testing.T) {
	f := pageFrame(StrategiesPage{}, 160, 50)
	for k := range f.Snap.Strategies {
		v := &f.Snap.Strategies[k]
		v.Counts.Judged, v.Counts.OffBy, v.Counts.MaxOff = 0, 0, 0
		for i := range v.Sensors {
			v.Sensors[i].Counts.Judged = 0
		}
	}
	text := strings.Join(screenLines(f), " ")
	for _, want := range []string{"nobody knows", "truth unknown", "n/a"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q", want)
		}
	}
}

func TestTheConclusionOfARunThatHadNoFailures(t *testing.T) {
	f := pageFrame(StrategiesPage{}, 160, 50)
	for k := range f.Snap.Strategies {
		v := &f.Snap.Strategies[k]
		v.Counts = stats.StrategyCounts{Live: 50}
		if k == 2 { // and one that was as good as the other
			v.Counts = stats.StrategyCounts{}
		}
	}
	text := drawnWords(f)
	for _, want := range []string{"left 0 gaps", "50 of 50; there was nothing to stand in for", "Nothing has been read yet."} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %s", want, text)
		}
	}
	for k := range f.Snap.Strategies {
		f.Snap.Strategies[k].Counts = stats.StrategyCounts{Live: 1, Stale: 1, Judged: 1, OffBy: 250e6, MaxOff: 250e6}
	}
	if text = drawnWords(f); !strings.Contains(text, "off by 250 on average") || !strings.Contains(text, "as near to the truth as") {
		t.Error(text)
	}
}

// drawnWords is all words of a screen, one space between them.
func drawnWords(f Frame) string {
	return strings.Join(strings.Fields(strings.Join(screenLines(f), " ")), " ")
}

func TestWithoutShadowsThePageSaysSo(t *testing.T) {
	f := pageFrame(StrategiesPage{}, 80, 24)
	f.Snap.Strategies = nil
	if !strings.Contains(plainScreen(f), "not worked out in this run") {
		t.Error(plainScreen(f))
	}
}

func TestTheLogSaysWhetherItFollows(t *testing.T) {
	for _, c := range []struct {
		log    Log
		frozen bool
		want   string
	}{
		{Log{Following: true}, false, "following the newest"},
		{Log{Following: true}, true, "up to 00:47.4"},
		{Log{Newer: 5}, false, "held, 5 newer: G follows"},
		{Log{Newer: -1}, false, "held: G follows"},
		{Log{Only: "S3", Following: true}, false, "events of S3"},
		{Log{Search: "probe", Following: true}, false, "search probe"},
		{Log{Busy: true}, false, "looking"},
	} {
		f := pageFrame(EventsPage{}, 120, 36)
		f.Log, f.Frozen = c.log, c.frozen
		if rule := screenLines(f)[2]; !strings.Contains(rule, c.want) {
			t.Errorf("%q is not in %q", c.want, rule)
		}
		if c.log.Lines == nil && !strings.Contains(screenLines(f)[3], "nothing notable") {
			t.Errorf("an empty log says %q", screenLines(f)[3])
		}
	}
}

func TestMatchesOfASearchStandOut(t *testing.T) {
	f := pageFrame(EventsPage{}, 120, 36)
	f.Log.Search = "PROBE"
	out := Draw(f, draw.NewLook(draw.Options{Theme: draw.ThemeMono}, true))
	if n := strings.Count(out, "7mprobe"); n != 4 {
		t.Errorf("%d places are inverse, not 4:\n%q", n, out)
	}
	f.Log.Search = "  "
	if out := Draw(f, draw.NewLook(draw.Options{Theme: draw.ThemeMono}, true)); strings.Contains(out, "\x1b[7m") {
		t.Error("blanks match")
	}
}

func TestAnEventAsText(t *testing.T) {
	l := fixtureLines()[4]
	if got, want := LogText(l), "00:47.1  batch 95  S3 coolant  probe 1 of 2 good (56 ms); 1 more closes it"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := LogText(stats.Line{Text: "paused"}); got != "00:00.0  paused" {
		t.Errorf("%q", got)
	}
}

func TestAStateInOneLine(t *testing.T) {
	f := fixtureFrame(120, 36)
	want := "S3 coolant: LIVE 4.16 bar, HALF_OPEN, 1 more good probe closes it, opened 00:40.2  5 in a row: connection refused, 81 % of 95 calls live, 12 retries, 2 openings (resiltui pipeline, 00:47.4)"
	if got := StateLine(f, 3); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := StateLine(f, 99); got != "" {
		t.Errorf("no such sensor: %q", got)
	}
	if got := StateLine(Frame{}, 0); got != "" {
		t.Errorf("no run: %q", got)
	}
}

func TestClicksOnPagesFindTheirSensor(t *testing.T) {
	for _, p := range []Page{BreakersPage{}, RetriesPage{}, StrategiesPage{}} {
		f := pageFrame(p, 120, 36)
		f.Order = []int{4, 2, 0}
		l := PlanFrame(f)
		if len(l.Cells) != 3 {
			t.Fatalf("%v: %d cells", p, len(l.Cells))
		}
		lines := screenLines(f)
		for k, c := range l.Cells {
			what, sensor, _ := l.Hit(c.X+1, c.Y)
			if name := f.Snap.Run.Sensors[f.Order[k]].Name; what != HitSensor || sensor != f.Order[k] || !strings.Contains(lines[c.Y], name) {
				t.Errorf("%v: %v %d at %q", p, what, sensor, lines[c.Y])
			}
		}
	}
	f := pageFrame(EventsPage{}, 120, 36)
	l := PlanFrame(f)
	if what, _, _ := l.Hit(5, 5); what != HitEvents {
		t.Errorf("%v", what)
	}
	if at, ok := l.ListLine(3); at != 0 || !ok {
		t.Errorf("%d %v", at, ok)
	}
	if _, ok := l.ListLine(2); ok {
		t.Error("the rule is no line")
	}
}

func TestAFilterThatNothingMatchesLeavesNoTarget(t *testing.T) {
	for _, p := range AllPages() {
		f := pageFrame(p, 120, 36)
		f.Order, f.Filter = []int{}, "nothing"
		if l := PlanFrame(f); l.Selected != 3 || len(l.Visible) != 0 {
			t.Errorf("%v: selected %d, visible %v", p, l.Selected, l.Visible)
		}
		if last := screenLines(f)[35]; !strings.Contains(last, "no match:") {
			t.Errorf("%v: %q", p, last)
		}
	}
}

func TestSharesKeepTheirPoints(t *testing.T) {
	for share, want := range map[float64]string{0: "0.0 %", 0.00001: "0.1 %", 0.99999: "99.9 %", 1: "100.0 %", 0.5: "50.0 %"} {
		if got := words.ShareFixed(share, true); got != want {
			t.Errorf("%g: %q, want %q", share, got, want)
		}
	}
	if got := words.ShareFixed(0, false); got != "n/a  " {
		t.Errorf("%q", got)
	}
	for n, want := range map[uint64]string{0: "0", 999999: "999999", 1000000: "1000k", 123456789: "123M", 1<<64 - 1: "99999T"} {
		if got := words.Count(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

func TestTextIsWrappedAtSpaces(t *testing.T) {
	for _, c := range []struct {
		text  string
		width int
		n     int
		want  []string
	}{
		{"", 10, 3, nil},
		{"one two three", 7, 3, []string{"one two", "three"}},
		{"one two three four", 7, 2, []string{"one two", "three four"}},
		{"incomprehensibly long", 5, 3, []string{"incomprehensibly", "long"}},
	} {
		if got := words.Wrap(c.text, c.width, c.n); !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

// anyPage is any frame on any page, with absurd figures.
func anyPage(t *rapid.T) Frame {
	f := anyFrame(t)
	f.Page = rapid.SampledFrom(AllPages()).Draw(t, "page")
	f.Sort = Sort{Column: rapid.IntRange(-1, 12).Draw(t, "sort"), Inverted: rapid.Bool().Draw(t, "inverted")}
	f.Filter = text(t, "filter")
	if f.Snap.Run != nil && rapid.Bool().Draw(t, "ordered") {
		f.Order = []int{}
		for i := range f.Snap.Run.Sensors {
			if rapid.Bool().Draw(t, "in") {
				f.Order = append(f.Order, i)
			}
		}
	}
	retries := stats.RetryView{RanOut: count(t, "ranOut"), Propagated: count(t, "propagated"), Other: stats.WaitCause{Waits: 1, Waited: span(t, "other")}}
	for i := range retries.Calls {
		retries.Calls[i], retries.After[i] = count(t, "made"), span(t, "after")
	}
	for range rapid.IntRange(0, 7).Draw(t, "causes") {
		retries.Causes = append(retries.Causes, stats.WaitCause{Err: text(t, "cause"), Waited: span(t, "waited")})
	}
	counts := stats.StrategyCounts{Live: count(t, "sLive"), Stale: count(t, "sStale"), Dropped: count(t, "sDropped"), Judged: count(t, "judged"), OffBy: int64(span(t, "off")), MaxOff: int64(span(t, "maxOff")), OldestAge: span(t, "oldestAge")}
	for range rapid.IntRange(0, 3).Draw(t, "strategies") {
		v := stats.StrategyView{Name: text(t, "strategy"), Counts: counts}
		for _, s := range f.Snap.Sensors {
			v.Sensors = append(v.Sensors, stats.StrategySensor{Index: s.Index, Counts: counts, Marks: make([]event.Mark, rapid.IntRange(0, 300).Draw(t, "marks"))})
		}
		f.Snap.Strategies = append(f.Snap.Strategies, v)
	}
	f.Snap.Retries = retries
	for i := range f.Snap.Sensors {
		f.Snap.Sensors[i].Retries = retries
		f.Snap.Sensors[i].States = stats.StateTime{Closed: span(t, "closed"), Open: span(t, "open")}
	}
	f.Log = Log{
		Lines: f.Snap.Lines, Cursor: rapid.IntRange(-1, 21).Draw(t, "cursor"), Following: rapid.Bool().Draw(t, "following"),
		Newer: rapid.IntRange(-1, 5).Draw(t, "newer"), Search: text(t, "search"), Only: text(t, "only"), Busy: rapid.Bool().Draw(t, "busy"),
	}
	return f
}

func pageFits(t *rapid.T) {
	f := anyPage(t)
	look := draw.NewLook(draw.Options{ASCII: rapid.Bool().Draw(t, "ascii"), Theme: rapid.SampledFrom(draw.Themes()).Draw(t, "theme")}, rapid.Bool().Draw(t, "dark"))
	out := Draw(f, look)
	checkSize(t, fmt.Sprintf("%v %d × %d", f.Page, f.Width, f.Height), out, f.Width, f.Height)
	if Draw(f, look) != out {
		t.Fatal("the same frame is not the same picture")
	}
	l := PlanFrame(f)
	areas := append([]draw.Rect{l.Events, l.List}, l.Cells...)
	switch b := l.Body.(type) {
	case *retriesPlan:
		areas = append(areas, b.panels...)
	case *strategiesPlan:
		areas = append(areas, b.conclusion)
	}
	for _, r := range areas {
		if !r.Empty() && (r.X < 0 || r.Y < 0 || r.X+r.W > f.Width || r.Y+r.H > f.Height) {
			t.Fatalf("%+v on %d × %d of %v", r, f.Width, f.Height, f.Page)
		}
	}
}

func TestEveryPageFitsItsScreen(t *testing.T) { rapid.Check(t, pageFits) }

func FuzzPages(f *testing.F) { f.Fuzz(rapid.MakeFuzz(pageFits)) }

func TestEverySizeHasEveryPage(t *testing.T) {
	look := draw.NewLook(draw.Options{}, true)
	for _, p := range AllPages() {
		f := pageFrame(p, 0, 0)
		for _, w := range []int{0, 1, 19, 20, 21, 25, 33, 40, 59, 60, 75, 76, 79, 99, 100, 140, 200, 500} {
			for _, h := range []int{0, 1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 18, 20, 22, 25, 30, 40, 60, 200} {
				f.Width, f.Height = w, h
				lines := strings.Split(Draw(f, look), "\n")
				if h > 0 && len(lines) != h {
					t.Fatalf("%v %d × %d: %d lines", p, w, h, len(lines))
				}
				for _, l := range lines {
					if got := ansi.StringWidth(l); h > 0 && got != w {
						t.Fatalf("%v %d × %d: a line of %d cells: %q", p, w, h, got, ansi.Strip(l))
					}
				}
			}
		}
	}
}

func BenchmarkBreakersOfAThousand(b *testing.B) {
	f, look := manyOnPage(BreakersPage{}, 1000, 120, 36), draw.NewLook(draw.Options{}, true)
	f.Sort = Sort{Column: 2}
	f.Order = Order(f.Snap.Sensors, f.Page, f.Sort, "")
	l := PlanFrame(f)
	all := f.Snap.Sensors
	f.Snap.Sensors = nil
	for _, i := range l.Visible {
		f.Snap.Sensors = append(f.Snap.Sensors, all[i])
	}
	b.ReportAllocs()
	for b.Loop() {
		if Draw(f, look) == "" {
			b.Fatal("nothing drawn")
		}
	}
}

func BenchmarkOrderOfAThousand(b *testing.B) {
	s := manyOnPage(BreakersPage{}, 1000, 120, 36).Snap.Sensors
	b.ReportAllocs()
	for b.Loop() {
		if len(Order(s, BreakersPage{}, Sort{Column: 2}, "")) != 1000 {
			b.Fatal("not all are in order")
		}
	}
}
