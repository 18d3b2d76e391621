package views

import (
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"resiltui/internal/views/draw"
)

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
