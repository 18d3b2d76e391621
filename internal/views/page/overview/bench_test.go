package overview

import (
	"testing"

	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/views/page/pagetest"
)

// benchmark draws frames one after the other on one screen, as the program does.
func benchmark(b *testing.B, width, height int) {
	f, s := pagetest.Frame(Page{}, width, height), views.NewScreen(draw.NewLook(draw.Options{}, true))
	b.ReportAllocs()
	for b.Loop() {
		s.Reset(width, height)
		s.Draw(&f, views.PlanFrame(f))
		if s.String() == "" {
			b.Fatal("nothing drawn")
		}
	}
}

func BenchmarkOverview140x50(b *testing.B) { benchmark(b, 140, 50) }

func BenchmarkOverview80x24(b *testing.B) { benchmark(b, 80, 24) }
