package overview

import (
	"testing"

	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/views/page/pagetest"
)

func BenchmarkOverview140x50(b *testing.B) {
	f, look := pagetest.Frame(Page{}, 140, 50), draw.NewLook(draw.Options{}, true)
	b.ReportAllocs()
	for b.Loop() {
		if views.Draw(f, look) == "" {
			b.Fatal("nothing drawn")
		}
	}
}

func BenchmarkOverview80x24(b *testing.B) {
	f, look := pagetest.Frame(Page{}, 80, 24), draw.NewLook(draw.Options{}, true)
	b.ReportAllocs()
	for b.Loop() {
		if views.Draw(f, look) == "" {
			b.Fatal("nothing drawn")
		}
	}
}
