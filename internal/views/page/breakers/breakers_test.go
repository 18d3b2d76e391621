package breakers

import (
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/views/page/pagetest"
)

func TestAThousandSensorsOnBreakers(t *testing.T) {
	f := pagetest.ManyOnPage(Page{}, 1000, 120, 36)
	f.Sort = views.Sort{Column: 2}
	f.Order = views.Order(f.Snap.Sensors, f.Page, f.Sort, "")
	f.Selected = f.Order[500]
	all := f.Snap.Sensors
	f.Snap.Sensors = nil
	l := views.PlanFrame(f)
	if len(l.Visible) > 33 || len(l.Query().Sensors) != len(l.Visible) {
		t.Fatalf("%d sensors are visible, %d asked for", len(l.Visible), len(l.Query().Sensors))
	}
	for _, i := range l.Visible {
		f.Snap.Sensors = append(f.Snap.Sensors, all[i])
	}
	golden.RequireEqual(t, pagetest.Plain(f))
}

func BenchmarkBreakersOfAThousand(b *testing.B) {
	f, look := pagetest.ManyOnPage(Page{}, 1000, 120, 36), draw.NewLook(draw.Options{}, true)
	f.Sort = views.Sort{Column: 2}
	f.Order = views.Order(f.Snap.Sensors, f.Page, f.Sort, "")
	l := views.PlanFrame(f)
	all := f.Snap.Sensors
	f.Snap.Sensors = nil
	for _, i := range l.Visible {
		f.Snap.Sensors = append(f.Snap.Sensors, all[i])
	}
	b.ReportAllocs()
	for b.Loop() {
		if views.Draw(f, look) == "" {
			b.Fatal("nothing drawn")
		}
	}
}
