package page

import (
	"fmt"
	"testing"
	"time"

	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/views/page/pagetest"
	"resiltui/internal/views/viewstest"
)

func TestARealRunFitsEveryScreen(t *testing.T) {
	step := 1
	if testing.Short() {
		step = 4
	}
	for _, c := range []struct {
		run  viewstest.Watched
		look *draw.Look
		step int
	}{
		{viewstest.Shop(true), draw.NewLook(draw.Options{}, true), step},
		{viewstest.ManyWatched(24, false), draw.NewLook(draw.Options{ASCII: true}, true), step},
		{viewstest.Shop(false), draw.NewLook(draw.Options{ASCII: true}, true), 5},
		{viewstest.ManyWatched(1, true), draw.NewLook(draw.Options{}, true), 5},
	} {
		n := len(c.run.Run.Sensors)
		full := c.run.Snapshot(stats.Query{Columns: 160, Slot: 5 * time.Second, Values: true, Lines: 60})
		for w := 1; w <= 160; w += c.step {
			for h := 1; h <= 60; h += c.step {
				f := views.Frame{
					Snap: full, Now: c.run.Now, Width: w, Height: h, Page: All()[0], Tabs: pagetest.Tabs(), Footer: viewstest.Footer(),
					Locked: w%2 == 0, Maximised: h%7 == 0, Above: h % 4, Selected: w % n,
				}
				pagetest.CheckSize(t, fmt.Sprintf("%d endpoints", n), views.Draw(f, c.look), w, h)
			}
		}
	}
}
