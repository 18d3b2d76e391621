package overview

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"resiltui/internal/engine/event"
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/views/page/pagetest"
	"resiltui/internal/views/viewstest"
)

func TestEndpointsAtEverySize(t *testing.T) {
	look := draw.NewLook(draw.Options{}, true)
	for _, beside := range []bool{true, false} {
		run := viewstest.Shop(beside)
		for _, size := range pagetest.GoldenSizes() {
			t.Run(fmt.Sprintf("%dx%d_beside=%v", size[0], size[1], beside), func(t *testing.T) {
				f := pagetest.Watched(run, Page{}, 2, size[0], size[1])
				golden.RequireEqual(t, ansi.Strip(views.Draw(f, look)))
			})
		}
	}
}

func TestEndpointsInOtherLooks(t *testing.T) {
	run := viewstest.Shop(true)
	for name, look := range map[string]*draw.Look{
		"dark":  draw.NewLook(draw.Options{Theme: draw.ThemeDark}, true),
		"mono":  draw.NewLook(draw.Options{Theme: draw.ThemeMono}, true),
		"ascii": draw.NewLook(draw.Options{ASCII: true, Theme: draw.ThemeMono}, true),
	} {
		t.Run(name, func(t *testing.T) {
			out := views.Draw(pagetest.Watched(run, Page{}, 2, 120, 36), look)
			if look.ASCII {
				for _, r := range ansi.Strip(out) {
					if r > '~' {
						t.Fatalf("%q is not ASCII", r)
					}
				}
				out = ansi.Strip(out)
			}
			golden.RequireEqual(t, out)
		})
	}
}

// changed is the shop with one thing different, in lines.
func changed(beside bool, width, height int, change func(*views.Frame)) []string {
	f := pagetest.Shop(Page{}, beside, width, height)
	change(&f)
	return pagetest.Lines(f)
}

// with is the first line that begins with a text, after the mark of the selection.
func with(lines []string, begin string) string {
	for _, l := range lines {
		if strings.HasPrefix(strings.TrimLeft(l, " »"), begin) {
			return l
		}
	}
	return ""
}

func TestTheAnswerSaysWhatIsDownSinceWhenAndWhy(t *testing.T) {
	at := func(w int) string { return changed(true, w, 36, func(*views.Frame) {})[2] }
	for width, want := range map[int]string{
		120: " DOWN 2 of 5   checkout 2 min 27 s, 503   orders-db 2 min 39 s, no answer in 2 s   SLOW search",
		100: " DOWN 2 of 5   checkout 2 min 27 s, 503   orders-db 2 min 39 s, no answer in 2 s   SLOW search",
		80:  " DOWN 2 of 5  checkout 2 min 27 s  orders-db 2 min 39 s  SLOW search",
		60:  " DOWN 2 of 5  checkout 2 min 27 s  orders-db 2 min 39 s  +1",
		56:  " DOWN 2 of 5  checkout 2 min 27 s  +2",
		35:  " DOWN 2 of 5  +3",
	} {
		if got := strings.TrimRight(at(width), " "); got != want {
			t.Errorf("%d: %q, want %q", width, got, want)
		}
	}
}

func TestTheAnswerWhereNothingIsDown(t *testing.T) {
	for _, c := range []struct {
		name string
		are  stats.Endpoints
		want string
	}{
		{"nobody was asked", stats.Endpoints{Unknown: 5}, "no answer yet"},
		{"all are up", stats.Endpoints{Up: 5, Since: 20*time.Minute + 52*time.Second}, "all 5 UP since 02:20:52"},
		{
			"all are up again",
			stats.Endpoints{Up: 5, Since: 21 * time.Minute, Last: stats.Outage{Index: 2, Began: 20 * time.Minute, Ended: 20*time.Minute + 50*time.Second}},
			"all 5 UP since 02:21:00, last outage checkout 50 s",
		},
		{"some were not asked", stats.Endpoints{Up: 3, Unknown: 2, Since: time.Minute}, "3 of 5 UP, 2 not asked yet since 02:01:00"},
		{"one alone", stats.Endpoints{Up: 1, Since: time.Minute}, "UP since 02:01:00"},
		{
			"one flaps and one is slow",
			stats.Endpoints{Up: 4, Slow: 1, Unwell: []stats.Unwell{{Index: 0, Flapping: true}, {Index: 1}}},
			"UP 5 of 5   FLAPPING edge   SLOW search",
		},
	} {
		got := changed(true, 120, 36, func(f *views.Frame) { f.Snap.Endpoints = c.are })[2]
		if strings.TrimSpace(got) != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestWidthAndHeightDropPartsInTurn(t *testing.T) {
	for _, c := range []struct {
		w, h, height, columns, events int
		tabs                          bool
	}{
		{160, 50, 7, 112, 10, true},
		{140, 45, 6, 92, 10, true},
		{120, 36, 5, 72, 6, true},
		{120, 33, 5, 72, 3, true},
		{120, 32, 4, 72, 7, true},
		{100, 30, 4, 52, 5, true},
		{80, 24, 3, 52, 4, true},
		{80, 18, 2, 52, 3, true},
		{60, 16, 2, 45, 2, false},
		{50, 15, 2, 35, 1, false},
		{50, 14, 2, 35, 0, false},
		{50, 13, 1, 20, 3, true},
	} {
		f := pagetest.Shop(Page{}, false, c.w, c.h)
		l := views.PlanFrame(f)
		if l.Cells[0].H != c.height || l.Columns != c.columns || l.EventLines() != c.events || (l.Header == 2) != c.tabs {
			t.Errorf("%d × %d: %d lines each, %d columns, %d events, a header of %d; want %+v", c.w, c.h, l.Cells[0].H, l.Columns, l.EventLines(), l.Header, c)
		}
	}
}

func TestTheWidthChangesNoSlot(t *testing.T) {
	wide, narrow := pagetest.Shop(Page{}, true, 120, 36).Snap.Sensors[2].Columns, pagetest.Shop(Page{}, true, 60, 16).Snap.Sensors[2].Columns
	if got, want := fmt.Sprint(narrow), fmt.Sprint(wide[len(wide)-len(narrow):]); got != want {
		t.Errorf("narrow\n%s\nwide\n%s", got, want)
	}
}

func TestAPaneHasSixLinesOnceTheFaultKeysAreUnlocked(t *testing.T) {
	lines := changed(true, 120, 36, func(f *views.Frame) { f.Locked = false })
	if n := strings.Count(strings.Join(lines, "\n"), "\n fault none injected"); n != 5 {
		t.Errorf("%d tracks of faults:\n%s", n, strings.Join(lines, "\n"))
	}
}

func TestAnEndpointSaysHowItIs(t *testing.T) {
	const edge = 0
	for _, c := range []struct {
		name   string
		change func(*stats.SensorView)
		want   string
	}{
		{"up", func(*stats.SensorView) {}, "edge       UP  "},
		{"failed once", func(v *stats.SensorView) { v.Health.Failed, v.LastErr = 1, "connection reset" }, "edge       UP, but the last call failed: connection reset"},
		{"flapping", func(v *stats.SensorView) { v.Health.Flapping, v.Health.FlappedOutages = true, 4 }, "edge       FLAPPING, 4 outages in 10 min"},
		{
			"up again",
			func(v *stats.SensorView) {
				v.Health.Since, v.Health.Began, v.Health.Ended = 21*time.Minute, 20*time.Minute, 21*time.Minute
			},
			"edge       UP since 02:21:00, was down for 1 min",
		},
		{"slower", func(v *stats.SensorView) { v.Health.P95Now = 80 * time.Millisecond }, "edge       UP, slower: p95 80 ms, an hour ago 24 ms"},
		{"not asked", func(v *stats.SensorView) { *v = stats.SensorView{Sensor: v.Sensor, Index: v.Index} }, "edge       waiting for the first answer"},
	} {
		lines := changed(true, 120, 36, func(f *views.Frame) { c.change(&f.Snap.Sensors[edge]) })
		if got := with(lines, "edge"); !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestACallThatIsUnderWayIsDrawnSo(t *testing.T) {
	call := func(change func(*views.Frame)) string {
		lines := changed(true, 120, 36, change)
		for i, l := range lines {
			if strings.HasPrefix(l, " search") {
				return strings.TrimSpace(strings.Split(lines[i+3], "answered")[0])
			}
		}
		return ""
	}
	if got := call(func(*views.Frame) {}); !strings.HasSuffix(got, "●╌") {
		t.Errorf("a call that began a second ago: %q", got)
	}
	if got := call(func(f *views.Frame) { f.Snap.Paused = true }); strings.Contains(got, "╌") {
		t.Errorf("while the run is paused: %q", got)
	}
}

func TestTheOtherScaleHasCommonStepsInsteadOfItsOwn(t *testing.T) {
	lines := strings.Join(changed(true, 120, 36, func(f *views.Frame) { f.Rescaled = true }), "\n")
	for _, want := range []string{"\n  3000┤", "\n steps│"} {
		if n := strings.Count(lines, want); n != 4 {
			t.Errorf("%d of %q:\n%s", n, want, lines)
		}
	}
	own := strings.Join(changed(true, 80, 24, func(f *views.Frame) { f.Rescaled = true }), "\n")
	if steps := strings.Join(changed(true, 80, 24, func(*views.Frame) {}), "\n"); own == steps {
		t.Error("in one line both scales look the same")
	}
}

func TestASlotThatTheUserChoseIsOnTheAxis(t *testing.T) {
	f := pagetest.Shop(Page{}, true, 120, 36)
	f.Slot = time.Minute
	if l := views.PlanFrame(f); l.Query().Slot != time.Minute {
		t.Errorf("the query asks for slots of %v", l.Query().Slot)
	}
	if got := with(pagetest.Lines(f), "01:56:00"); !strings.Contains(got, "a column is 1 min ") {
		t.Errorf("the axis: %q", got)
	}
}

func TestSlotsBeginAtRoundClockTimes(t *testing.T) {
	f := pagetest.Shop(Page{}, true, 120, 36)
	for slot, want := range map[time.Duration]time.Duration{
		5 * time.Second: viewstest.ShopMoment - 2*time.Second, time.Minute: viewstest.ShopMoment - 42*time.Second, time.Hour: time.Hour,
	} {
		if got := f.SlotBegin(viewstest.ShopMoment, slot); got != want {
			t.Errorf("a slot of %v begins at %v, want %v", slot, got, want)
		}
	}
	f.Snap.Run = &event.Run{}
	if got := f.SlotBegin(7*time.Second, 5*time.Second); got != 5*time.Second {
		t.Errorf("without a date it begins at %v", got)
	}
}

func TestAClickFindsTheEndpoint(t *testing.T) {
	l := views.PlanFrame(pagetest.Shop(Page{}, true, 120, 36))
	for y, want := range map[int]int{2: -1, 3: 0, 7: 0, 8: 1, 27: 4, 28: -1} {
		if what, sensor, _ := l.Hit(50, y); sensor != want || (what == views.HitSensor) != (want >= 0) {
			t.Errorf("line %d: sensor %d", y, sensor)
		}
	}
}

func TestASlotIsAsLongAsTheLongestIntervalAndInRowsHalfAMinuteAtMost(t *testing.T) {
	const s, m = time.Second, time.Minute
	for _, c := range []struct {
		intervals   []time.Duration
		panes, rows time.Duration
	}{
		{[]time.Duration{5 * s}, 5 * s, 5 * s},
		{[]time.Duration{5 * s, 20 * s}, 30 * s, 30 * s},
		{[]time.Duration{5 * s, 5 * m}, 5 * m, 30 * s},
		{[]time.Duration{m, m}, m, 30 * s},
	} {
		f := views.Frame{}
		f.Snap.Run = &event.Run{Sensors: make([]event.Sensor, len(c.intervals))}
		for i, each := range c.intervals {
			f.Snap.Run.Sensors[i].Interval = each
		}
		if panes, rows := f.SlotLength(false), f.SlotLength(true); panes != c.panes || rows != c.rows {
			t.Errorf("intervals %v: %v in panes and %v in rows, want %v and %v", c.intervals, panes, rows, c.panes, c.rows)
		}
	}
}

func TestAddressesOfOneHostStayDistinctWhereTheyDoNotFit(t *testing.T) {
	for _, size := range [][2]int{{120, 36}, {80, 24}, {50, 15}} {
		screen := strings.Join(changed(true, size[0], size[1], func(f *views.Frame) {
			run := *f.Snap.Run
			run.Sensors = slices.Clone(run.Sensors)
			for i := range f.Snap.Sensors {
				v := &f.Snap.Sensors[i]
				v.ID = fmt.Sprintf("127.0.0.1:930%d", v.Index+1)
				v.Name = v.ID
				run.Sensors[v.Index] = v.Sensor
			}
			f.Snap.Run = &run
		}), "\n")
		for i := range 5 {
			if port := fmt.Sprintf(":930%d ", i+1); !strings.Contains(screen, port) {
				t.Errorf("%v: no %q in\n%s", size, port, screen)
			}
		}
	}
}
