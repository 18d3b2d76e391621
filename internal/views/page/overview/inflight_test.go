package overview

import (
	"strings"
	"testing"
	"time"

	"resiltui/internal/views"
	"resiltui/internal/views/page/pagetest"
	"resiltui/internal/views/viewstest"
)

// crowded is the fixture with so many callers of each sensor, of which S0 has three
// calls in flight.
func crowded(callers, width, height int) views.Frame {
	f := pagetest.Frame(Page{}, width, height)
	run := *f.Snap.Run
	run.Callers = callers
	f.Snap.Run = &run
	f.Snap.Sensors[0].InFlight = 3
	return f
}

func TestThePaneShowsHowManyCallsAreInFlight(t *testing.T) {
	for _, size := range [][2]int{{160, 50}, {120, 36}} {
		screen := func(callers int) string {
			return strings.Join(pagetest.Lines(crowded(callers, size[0], size[1])), "\n")
		}
		if got := screen(4); !strings.Contains(got, "in flight 3 of 4") || !strings.Contains(got, "in flight 0 of 4") {
			t.Errorf("at %v:\n%s", size, got)
		}
		for _, one := range []int{0, 1} {
			if got := screen(one); strings.Contains(got, "in flight") {
				t.Errorf("%d callers at %v:\n%s", one, size, got)
			}
		}
	}
}

func TestColumnsOfSeveralCallersStandCloserTogether(t *testing.T) {
	for callers, want := range map[int]time.Duration{0: viewstest.Interval, 1: viewstest.Interval, 4: viewstest.Interval / 4} {
		f := crowded(callers, 160, 50)
		if got := f.Interval(&f.Snap.Sensors[1]); got != want {
			t.Errorf("%d callers: %v, want %v", callers, got, want)
		}
	}
}
