package overview

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/fallback"
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/views/page/pagetest"
	"resiltui/internal/views/viewstest"
)

// paneOf draws one sensor's pane and returns its lines without styles.
func paneOf(v stats.SensorView, columns int, score views.Score, look *draw.Look) []string {
	f := pagetest.Frame(Page{}, columns+views.TrackGutter, 40)
	v.Index = 0
	f.Snap.Sensors = []stats.SensorView{v}
	l := views.Layout{Width: f.Width, Columns: columns, Score: score, Sensors: 1, Selected: 5}
	s := &drawing{views.NewScreen(look)}
	s.Reset(f.Width, score.Height())
	s.Frame, s.Layout = &f, l
	s.pane(0, draw.At(0, 0, f.Width, score.Height()))
	return strings.Split(ansi.Strip(s.String()), "\n")
}

// track cuts the columns out of a pane's line.
func track(line string) []rune {
	r := []rune(line)
	return r[views.TrackGutter-2 : len(r)-2]
}

func TestEveryTrackHasOneColumnACall(t *testing.T) {
	look := draw.NewLook(draw.Options{}, true)
	rapid.Check(t, func(t *rapid.T) {
		columns, history := rapid.IntRange(15, 60).Draw(t, "columns"), rapid.IntRange(0, 70).Draw(t, "history")
		v := viewstest.Views()[0]
		v.Calls = 1
		for i := range history {
			v.Columns = append(v.Columns, stats.Column{
				At:    time.Duration(i),
				Took:  time.Duration(rapid.IntRange(0, 600).Draw(t, "ms")) * time.Millisecond,
				Mark:  event.Mark(rapid.IntRange(1, 6).Draw(t, "mark")),
				State: breaker.State(rapid.IntRange(0, 4).Draw(t, "state")),
				Probe: rapid.Bool().Draw(t, "probe"), Fault: true,
			})
		}
		lines := paneOf(v, columns, smallest(), look)
		// Chart of two rows, then call, state, fault.
		bottom, call, state, fault := track(lines[3]), track(lines[4]), track(lines[5]), track(lines[6])
		blank := columns - min(history, columns)
		for name, tr := range map[string][]rune{"ms": bottom, "call": call, "state": state} {
			if len(tr) != columns {
				t.Fatalf("%s has %d columns, want %d", name, len(tr), columns)
			}
			for x, r := range tr {
				if (r == ' ') != (x < blank) {
					t.Fatalf("%s column %d of %d calls on %d is %q: %q", name, x, history, columns, r, string(tr))
				}
			}
		}
		if history > 0 && strings.Count(string(fault), "!") != min(history, columns) {
			t.Fatalf("fault track %q of %d calls", string(fault), history)
		}
	})
}

func TestTheChartTellsAnsweredFailedAndRefused(t *testing.T) {
	cols := []stats.Column{
		{Mark: event.MarkLive, Took: viewstest.MS(1)},
		{Mark: event.MarkRetried, Took: viewstest.MS(200)},
		{Mark: event.MarkLive, Took: viewstest.MS(401)},
		{Mark: event.MarkStale, Took: viewstest.MS(1)},
		{Mark: event.MarkMissing, Took: viewstest.MS(300)},
		{Mark: event.MarkInterpolated, Took: viewstest.MS(900)},
		{Mark: event.MarkFastFail},
		{Mark: event.MarkNone, Took: viewstest.MS(100)},
	}
	// 300 of 400 ms is 1.5 rows; shade comes in whole cells, so it has two.
	for _, c := range []struct {
		ascii bool
		want  string
	}{
		{false, "  █ ░░  \n▁██░░░· "},
		{true, "  # %%  \n_##%%%. "},
	} {
		look := draw.NewLook(draw.Options{ASCII: c.ascii}, true)
		got := ansi.Strip(charted(look, cols, 2))
		if got != c.want {
			t.Errorf("ascii %v:\n%s\nwant\n%s", c.ascii, got, c.want)
		}
	}
}

// charted is a chart as wide as the calls.
func charted(look *draw.Look, cols []stats.Column, rows int) string {
	s := draw.NewSurface(look, len(cols), rows)
	p := s.In(draw.At(0, 0, len(cols), rows))
	p.Next()
	new(views.Chart).Scale(rows, viewstest.ScaleTop).Draw(p, cols, len(cols))
	return s.String()
}

// styled is a line of these pieces.
func styled(look *draw.Look, pieces ...draw.Seg) string {
	s := draw.NewSurface(look, 80, 1)
	p := s.In(draw.At(0, 0, 80, 1))
	p.Next()
	p.Segs(pieces)
	return s.Line(0)
}

func TestAColumnAboveTheScaleIsMarkedAtTheTop(t *testing.T) {
	look := draw.NewLook(draw.Options{}, true)
	got := charted(look, []stats.Column{{Mark: event.MarkLive, Took: viewstest.MS(400)}, {Mark: event.MarkLive, Took: viewstest.MS(401)}}, 2)
	want := styled(look, draw.Words(draw.Accent, "█"), draw.Words(draw.Clipped, "█")) + "\n" + styled(look, draw.Words(draw.Accent, "██"))
	if got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestChartsOfNoSizeAreEmpty(t *testing.T) {
	look := draw.NewLook(draw.Options{}, true)
	for _, size := range [][2]int{{0, 0}, {-3, -1}, {3, 0}, {0, 3}} {
		s := draw.NewSurface(look, 5, 5)
		p := s.In(draw.At(0, 0, 5, 5))
		p.Next()
		c := new(views.Chart).Scale(size[1], 0)
		c.Draw(p, []stats.Column{{Mark: event.MarkLive, Took: viewstest.MS(5)}, {Mark: event.MarkStale, Took: viewstest.MS(5)}}, size[0])
		if y := c.Row(viewstest.MS(5)); y >= 0 {
			t.Errorf("%v: a line at row %d", size, y)
		}
		if out := s.String(); size[0]*size[1] <= 0 && strings.TrimSpace(out) != "" {
			t.Errorf("%v: %q", size, out)
		}
	}
}

// faults is a fault track without styles.
func faults(look *draw.Look, v *stats.SensorView, n int, now time.Duration) string {
	s := draw.NewSurface(look, n, 1)
	p := s.In(draw.At(0, 0, n, 1))
	p.Next()
	views.DrawFaults(p, v, n, now)
	return ansi.Strip(s.String())
}

func TestAFaultIsNamedWhereThereIsRoom(t *testing.T) {
	look := draw.NewLook(draw.Options{}, true)
	// fault draws a history of "." and "!" with one span over the marks.
	for _, c := range []struct {
		name, history string
		span          stats.FaultSpan
		now           time.Duration
		want          string
		found         bool
	}{
		{"none", "..........", stats.FaultSpan{}, 0, "          ", false},
		{"before the first mark", "........!!", stats.FaultSpan{Label: "crash", From: 8}, 10, "  crash !!", true},
		{"with its time left", "............!!", stats.FaultSpan{Label: "slow", From: 12, Until: 9 * time.Second}, 0, "   slow 9 s !!", true},
		{"the time left is rounded up", "............!!", stats.FaultSpan{Label: "slow", From: 12, Until: 9 * time.Second}, 1, "   slow 9 s !!", true},
		{"after the last mark", "!!!.......", stats.FaultSpan{Label: "crash", From: 0, To: 3}, 10, "!!! crash ", true},
		{"no room for an old one", "!!!!!!!!..", stats.FaultSpan{Label: "crash", From: 0, To: 8}, 10, "!!!!!!!!  ", true},
		{"over the oldest marks while active", "!!!!!!!!!!", stats.FaultSpan{Label: "crash"}, 10, "crash !!!!", true},
		{"before it met a call", "..........", stats.FaultSpan{Label: "crash", From: 10}, 10, "    crash ", true},
		{"gone from sight", "..........", stats.FaultSpan{Label: "crash", From: 0, To: 3}, 10, "          ", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := &stats.SensorView{}
			for i, r := range c.history {
				v.Columns = append(v.Columns, stats.Column{At: time.Duration(i), Fault: r == '!'})
			}
			if c.span.Label != "" {
				v.Faults = []stats.FaultSpan{c.span}
			}
			got, found := faults(look, v, len(c.history), c.now), views.FaultsInSight(v, len(c.history))
			if got != c.want || found != c.found {
				t.Errorf("%q, %v; want %q, %v", got, found, c.want, c.found)
			}
		})
	}
}

func TestTwoFaultsAreBothNamed(t *testing.T) {
	v := &stats.SensorView{Faults: []stats.FaultSpan{{Label: "crash", From: 8, To: 10}, {Label: "slow", From: 18}}}
	for i := range 20 {
		v.Columns = append(v.Columns, stats.Column{At: time.Duration(i), Fault: i == 8 || i == 9 || i >= 18})
	}
	got := faults(draw.NewLook(draw.Options{}, true), v, 20, 20)
	if want := "  crash !!   slow !!"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestAChangeOfStateIsInverseUnlessMotionIsReduced(t *testing.T) {
	f := pagetest.Frame(Page{}, 120, 36)
	look := draw.NewLook(draw.Options{}, true)
	calm := views.Draw(f, look)
	f.Flash = map[int]bool{2: true}
	flash := views.Draw(f, look)
	if flash == calm || ansi.Strip(flash) != ansi.Strip(calm) {
		t.Error("the flash does not change the style alone")
	}
	for what, seg := range map[string]draw.Seg{
		"the word is not inverse":                {Role: draw.Fail, Text: "•╱ • OPEN", Inverse: true},
		"the name is not inverse":                {Role: draw.Plain, Text: "S2 turbine", Inverse: true},
		"the frame is not in the state's colour": {Role: draw.Fail, Text: "╭"},
	} {
		if part := strings.TrimSuffix(styled(look, seg), "\x1b[m"); !strings.Contains(flash, part) || strings.Contains(calm, part) {
			t.Error(what)
		}
	}
	if still := draw.NewLook(draw.Options{ReducedMotion: true}, true); views.Draw(f, still) != calm {
		t.Error("reduced motion flashes")
	}
}

func TestNothingJumpsWhenTimePasses(t *testing.T) {
	look := draw.NewLook(draw.Options{}, true)
	for _, size := range pagetest.GoldenSizes() {
		f := pagetest.Frame(Page{}, size[0], size[1])
		before := strings.Split(ansi.Strip(views.Draw(f, look)), "\n")
		f.Now += 300 * time.Millisecond
		after := strings.Split(ansi.Strip(views.Draw(f, look)), "\n")
		for i := range before {
			if l, r := strings.Index(before[i], "call "), strings.Index(after[i], "call "); l != r {
				t.Errorf("%v line %d moved", size, i)
			}
		}
	}
}

func TestTitlesFitEveryWidth(t *testing.T) {
	look := draw.NewLook(draw.Options{}, true)
	for _, c := range []struct {
		w     int
		state breaker.State
		want  string
	}{
		{40, breaker.HalfOpen, "╭ S3 coolant ─ ● LIVE ─ •─?• HALF_OPEN ╮"},
		{50, breaker.ForcedOpen, "╭ S3 coolant ───────── ● LIVE ─ •╳ • FORCED OPEN ╮"},
		{40, breaker.ForcedOpen, "╭ S3 coolant ──── ● LIVE ─ •╳ • FORCED ╮"},
		{36, breaker.HalfOpen, "╭ S3 co… ─ ● LIVE ─ •─?• HALF_OPEN ╮"},
		{30, breaker.HalfOpen, "╭ S3 c… ─ ● LIVE ─ HALF_OPEN ╮"},
	} {
		v := viewstest.Views()[3]
		v.Sensor, v.Calls = viewstest.Sensors()[3], 1
		v.Circuit.State = c.state
		got := paneOf(v, c.w-views.TrackGutter, smallest(), look)[0]
		if ansi.StringWidth(got) != c.w {
			t.Errorf("%d: %q is %d cells", c.w, got, ansi.StringWidth(got))
		}
		if got != c.want {
			t.Errorf("%d: %q, want %q", c.w, got, c.want)
		}
		if !strings.Contains(got, "HALF_OPEN") && !strings.Contains(got, "FORCED") {
			t.Errorf("%d: %q has lost the state", c.w, got)
		}
	}
	for w := 14; w < 60; w++ {
		v := viewstest.Views()[2]
		v.Sensor, v.Calls = viewstest.Sensors()[2], 1
		if got := paneOf(v, w-views.TrackGutter, smallest(), look)[0]; !strings.Contains(got, "OPEN") {
			t.Errorf("%d: %q has lost the state", w, got)
		}
	}
}

func TestBugI1EveryValueShowsItsQualityAndAge(t *testing.T) {
	look := draw.NewLook(draw.Options{}, true)
	for _, c := range []struct {
		last             event.Result
		has              bool
		quality          fallback.Quality
		age, word, value string
	}{
		{event.Live, true, fallback.Live, "read 2.4 s ago", "● LIVE", "4.16 bar"},
		{event.Stale, true, fallback.Stale, "last good, 2.4 s old", "~ STALE", "4.16 bar"},
		{event.Interpolated, true, fallback.Interpolated, "mean of good, 2.4 s old", "≈ STALE", "4.16 bar"},
		{event.FastFail, true, fallback.Stale, "last good, 2.4 s old", "× FAST-FAIL", "4.16 bar"},
		{event.FastFail, true, fallback.Interpolated, "mean of good, 2.4 s old", "× FAST-FAIL", "4.16 bar"},
		{event.FastFail, false, 0, "refused, nothing to serve", "× FAST-FAIL", "no value"},
		{event.Missing, false, 0, "failed, nothing to serve", "_ MISSING", "no value"},
		{0, true, 0, "last good, 2.4 s old", "UNKNOWN", "4.16 bar"},
	} {
		v := viewstest.Views()[3]
		v.Sensor, v.Calls, v.Last, v.HasValue, v.Quality, v.SourceAt = viewstest.Sensors()[3], 1, c.last, c.has, c.quality, 45*time.Second
		pane := strings.Join(paneOf(v, 40, smallest(), look)[:2], "\n")
		for _, want := range []string{c.age, c.word, c.value} {
			if !strings.Contains(pane, want) {
				t.Errorf("%v: no %q in\n%s", c.last, want, pane)
			}
		}
	}
}

func TestAnEndpointWithARemarkSaysItInEveryPane(t *testing.T) {
	f := pagetest.Frame(Page{}, 100, 40)
	f.Locked = true
	v := viewstest.Views()[0]
	v.Real, v.Remark, v.Calls, v.Columns, v.Faults = true, "certificate not checked", 0, nil, nil
	f.Snap.Sensors = []stats.SensorView{v}
	s := &drawing{views.NewScreen(draw.NewLook(draw.Options{}, true))}
	s.Reset(60, smallest().Height())
	s.Frame, s.Layout = &f, views.Layout{Width: 60, Columns: 40, Score: smallest(), Sensors: 1, Selected: 5}
	s.pane(0, draw.At(0, 0, 60, smallest().Height()))
	if text := ansi.Strip(s.String()); !strings.Contains(text, "certificate not checked") {
		t.Errorf("it is not in\n%s", text)
	}
}
