package overview

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"resiltui/internal/engine/event"
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/views/page/pagetest"
)

// planned is the overview's layout at a size: of how many sensors, which one is
// selected, the first one shown, whether the selected one is maximised, and
// whether there is a comparison to show.
func planned(width, height, count, selected, first int, maximised, hasPipeline bool) views.Layout {
	run := &event.Run{Naive: hasPipeline, Sensors: make([]event.Sensor, max(count, 0))}
	return views.PlanFrame(views.Frame{
		Width: width, Height: height, Selected: selected, First: first, Maximised: maximised,
		Snap: stats.Snapshot{Run: run}, Page: Page{},
	})
}

func TestPlanChoosesTheFormByTheSize(t *testing.T) {
	for _, c := range []struct {
		w, h, n         int
		kind            views.Kind
		columns, chart  int
		visible, events int
	}{
		{160, 50, 5, views.Large, 43, 5, 5, 16},
		{140, 45, 5, views.Large, 36, 5, 5, 11},
		{120, 36, 5, views.Panes, 30, 3, 5, 6},
		{117, 36, 5, views.Panes, 29, 3, 5, 6},
		{100, 30, 5, views.Panes, 40, 2, 5, 3},
		{78, 30, 5, views.Panes, 29, 2, 5, 3},
		{80, 24, 5, views.Rows, 54, 0, 5, 4},
		{77, 36, 5, views.Rows, 48, 0, 5, 16},
		{60, 16, 5, views.Rows, 31, 0, 5, 2},
		{59, 16, 5, views.Single, 49, 3, 1, 0},
		{50, 15, 5, views.Single, 40, 2, 1, 0},
		{20, 5, 5, views.Single, 14, 0, 1, 0},
		{19, 5, 5, views.Line, 0, 0, 0, 0},
		{20, 4, 5, views.Line, 0, 0, 0, 0},
		{0, 0, 5, views.Line, 0, 0, 0, 0},
		{120, 36, 1, views.Panes, 50, 8, 1, 14},
		{120, 36, 7, views.Panes, 30, 2, 7, 4},
		{80, 24, 40, views.Rows, 54, 0, 9, 2},
		{140, 50, 40, views.Rows, 58, 0, 40, 6},
		{120, 36, 0, views.Rows, 0, 0, 0, 32},
	} {
		l := planned(c.w, c.h, c.n, 0, 0, false, true)
		if l.Kind != c.kind || l.Columns != c.columns || l.Score.Chart != c.chart ||
			len(l.Visible) != c.visible || l.EventLines() != c.events {
			t.Errorf("%d × %d, %d sensors: %v, %d columns, %d chart rows, %d visible, %d events; want %v",
				c.w, c.h, c.n, l.Kind, l.Columns, l.Score.Chart, len(l.Visible), l.EventLines(), c)
		}
	}
}

func TestAMaximisedSensorHasTheScreen(t *testing.T) {
	l := planned(120, 36, 5, 3, 0, true, true)
	if l.Kind != views.Single || !slices.Equal(l.Visible, []int{3}) || l.Columns != 110 {
		t.Errorf("%v, visible %v, %d columns", l.Kind, l.Visible, l.Columns)
	}
}

func TestFiveSensorsLeaveACellForTheComparison(t *testing.T) {
	for n, pane := range map[int]bool{4: true, 5: true, 6: false, 7: false} {
		l := planned(120, 36, n, 0, 0, false, true)
		if got := !l.Pipeline.Empty(); got != pane {
			t.Errorf("%d sensors: a pane for the comparison: %v", n, got)
		}
		if got := !l.PipelineLine.Empty(); got == pane {
			t.Errorf("%d sensors: a line for the comparison: %v", n, got)
		}
	}
}

func TestEndpointsHaveNoComparison(t *testing.T) {
	l := planned(120, 36, 3, 0, 0, false, false)
	if !l.Pipeline.Empty() || !l.PipelineLine.Empty() || l.Query().Batches != 0 {
		t.Errorf("pane %v, line %v, %d batches", l.Pipeline, l.PipelineLine, l.Query().Batches)
	}
}

func TestTheQueryAsksForWhatIsSeenOnly(t *testing.T) {
	q := planned(80, 24, 40, 20, 0, false, true).Query()
	if len(q.Sensors) != 9 || !slices.Contains(q.Sensors, 20) || q.Columns != 54 || q.Lines != 2 || q.Batches != 0 {
		t.Errorf("rows ask for %+v", q)
	}
	if q := planned(120, 36, 5, 0, 0, false, true).Query(); q.Batches != 30 || q.Lines != 6 {
		t.Errorf("panes ask for %+v", q)
	}
	if q := planned(10, 2, 5, 0, 0, false, true).Query(); q.Sensors != nil || q.Columns != 0 {
		t.Errorf("a line asks for %+v", q)
	}
}

func TestTheSelectedSensorIsAlwaysInView(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, h := rapid.IntRange(20, 250).Draw(t, "w"), rapid.IntRange(5, 100).Draw(t, "h")
		n := rapid.IntRange(1, 60).Draw(t, "n")
		selected, first := rapid.IntRange(-3, 70).Draw(t, "selected"), rapid.IntRange(-3, 70).Draw(t, "first")
		l := planned(w, h, n, selected, first, rapid.Bool().Draw(t, "max"), rapid.Bool().Draw(t, "pipeline"))
		if !slices.Contains(l.Visible, l.Selected) {
			t.Fatalf("%v of %d sensors shown, %d selected, first %d", l.Visible, n, l.Selected, l.First)
		}
		again := planned(w, h, n, l.Selected, l.First, l.Kind == views.Single, !l.Pipeline.Empty() || !l.PipelineLine.Empty())
		if l.Kind == again.Kind && len(l.Visible) == len(again.Visible) && again.First != l.First {
			t.Fatalf("first moves from %d to %d by itself", l.First, again.First)
		}
	})
}

func TestNothingOverlapsOrLeavesTheScreen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, h := rapid.IntRange(0, 250).Draw(t, "w"), rapid.IntRange(0, 100).Draw(t, "h")
		l := planned(w, h, rapid.IntRange(0, 40).Draw(t, "n"), rapid.IntRange(0, 40).Draw(t, "selected"), 0,
			rapid.Bool().Draw(t, "max"), rapid.Bool().Draw(t, "pipeline"))
		rects := slices.Clone(l.Cells)
		for _, r := range []draw.Rect{l.Pipeline, l.PipelineLine, l.Events, l.Footer} {
			if !r.Empty() {
				rects = append(rects, r)
			}
		}
		for i, a := range rects {
			if a.Empty() || a.X < 0 || a.Y < 0 || a.X+a.W > w || a.Y+a.H > h {
				t.Fatalf("%+v on %d × %d", a, w, h)
			}
			for _, b := range rects[:i] {
				if a.X < b.X+b.W && b.X < a.X+a.W && a.Y < b.Y+b.H && b.Y < a.Y+a.H {
					t.Fatalf("%+v overlaps %+v on %d × %d", a, b, w, h)
				}
			}
		}
	})
}

func TestAClickFindsWhatIsDrawnThere(t *testing.T) {
	l := views.PlanFrame(pagetest.Frame(Page{}, 120, 36))
	for _, c := range []struct {
		x, y   int
		what   views.HitKind
		sensor int
		key    string
	}{
		{0, 2, views.HitSensor, 0, ""},
		{119, 14, views.HitSensor, 2, ""},
		{5, 20, views.HitSensor, 3, ""},
		{100, 20, views.HitPipeline, -1, ""},
		{4, 30, views.HitEvents, -1, ""},
		{14, 35, views.HitKey, -1, "c"},
		{20, 35, views.HitKey, -1, "c"},
		{21, 35, views.HitNone, -1, ""},
		{115, 1, views.HitKey, -1, "?"},
		{2, 0, views.HitNone, -1, ""},
		{-1, -1, views.HitNone, -1, ""},
	} {
		what, sensor, key := l.Hit(c.x, c.y)
		if what != c.what || sensor != c.sensor || key != c.key {
			t.Errorf("%d, %d: %d, sensor %d, key %q; want %d, %d, %q", c.x, c.y, what, sensor, key, c.what, c.sensor, c.key)
		}
	}
}

func TestKindsHaveNames(t *testing.T) {
	for k, want := range map[views.Kind]string{views.Line: "line", views.Single: "single", views.Rows: "rows", views.Panes: "panes", views.Large: "large", 9: "unknown"} {
		if got := k.String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
