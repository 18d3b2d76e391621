package overview

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"resiltui/internal/engine/event"
	"resiltui/internal/engine/health"
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/views/page/pagetest"
	"resiltui/internal/views/viewstest"
)

// listed is n endpoints in the order in which they are shown.
func listed(run viewstest.Watched, width, height int) views.Frame {
	f := pagetest.Watched(run, Page{}, 0, width, height)
	all := run.Snapshot(stats.Query{})
	f.Order, f.Above = views.AttentionFirst(all.Sensors, nil, event.NoSensor)
	f.Selected = f.Order[0]
	f.Snap = run.Snapshot(views.PlanFrame(f).Query())
	return f
}

func TestManyEndpointsHaveALineEach(t *testing.T) {
	for _, n := range []int{24, 500} {
		for _, beside := range []bool{true, false} {
			run := viewstest.ManyWatched(n, beside)
			for _, size := range [][2]int{{140, 45}, {120, 36}, {100, 30}, {80, 24}, {60, 16}, {50, 15}} {
				if n == 500 && size[0] != 120 {
					continue
				}
				t.Run(fmt.Sprintf("%d_%dx%d_beside=%v", n, size[0], size[1], beside), func(t *testing.T) {
					f := listed(run, size[0], size[1])
					golden.RequireEqual(t, ansi.Strip(views.Draw(f, draw.NewLook(draw.Options{}, true))))
				})
			}
		}
	}
}

func TestWhatNeedsAttentionComesFirst(t *testing.T) {
	view := func(i int, h stats.Health) stats.SensorView { return stats.SensorView{Index: i, Health: h} }
	back := stats.Health{State: health.Up, Settling: true}
	sensors := []stats.SensorView{
		view(0, stats.Health{State: health.Up}),
		view(1, stats.Health{State: health.Slow, Since: 9}),
		view(2, stats.Health{State: health.Down, Since: 7}),
		view(3, stats.Health{State: health.Up, Flapping: true}),
		view(4, stats.Health{State: health.Down, Since: 8}),
		view(5, back),
		view(6, stats.Health{}),
	}
	for _, c := range []struct {
		name        string
		order, want []int
		held, above int
	}{
		{"all", nil, []int{4, 2, 3, 1, 5, 0, 6}, -1, 5},
		{"a calm one that is held", nil, []int{4, 2, 3, 1, 5, 6, 0}, 6, 6},
		{"filtered", []int{0, 2, 6}, []int{2, 0, 6}, -1, 1},
	} {
		got, above := views.AttentionFirst(sensors, c.order, c.held)
		if !slices.Equal(got, c.want) || above != c.above {
			t.Errorf("%s: %v, %d above; want %v, %d", c.name, got, above, c.want, c.above)
		}
	}
}

func TestWhatThereIsNoRoomForIsCounted(t *testing.T) {
	f := listed(viewstest.ManyWatched(500, true), 120, 36)
	out := strings.Join(pagetest.Lines(f), "\n")
	if !strings.Contains(out, " more, all UP") {
		t.Errorf("no count of the rest:\n%s", out)
	}
	f.Selected = f.Order[499]
	if l := views.PlanFrame(f); !slices.Contains(l.Visible, 499) {
		t.Errorf("the last one is selected and not in view: %v", l.Visible)
	}
}

func TestTheListIsSortedByItsColumns(t *testing.T) {
	f := listed(viewstest.ManyWatched(24, true), 120, 36)
	f.Sort = views.Sort{Column: 1}
	all := viewstest.ManyWatched(24, true).Snapshot(stats.Query{}).Sensors
	f.Order, f.Above = views.Order(all, Page{}, f.Sort, ""), 0
	f.Selected = f.Order[0]
	lines := pagetest.Lines(f)
	if !strings.Contains(lines[3], "p95 ms↓") || !strings.HasPrefix(lines[4], "»search") {
		t.Errorf("by latency:\n%s\n%s", lines[3], lines[4])
	}
	if got := views.SortColumns(Page{}); !slices.Equal(got, []string{"sensor", "p95 ms", "up"}) {
		t.Errorf("columns %v", got)
	}
}

func TestOnlyManyRealEndpointsAreRanked(t *testing.T) {
	many := viewstest.ManyWatched(7, true).Run
	for _, c := range []struct {
		run  *event.Run
		want bool
	}{{many, true}, {viewstest.Shop(true).Run, false}, {nil, false}, {&event.Run{Sensors: make([]event.Sensor, 9)}, false}} {
		if got := (Page{}).Ranks(c.run); got != c.want {
			t.Errorf("%+v: %v", c.run, got)
		}
	}
}
