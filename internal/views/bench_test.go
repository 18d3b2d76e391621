package views

import (
	"testing"

	"resiltui/internal/views/draw"
)

func BenchmarkOverview140x50(b *testing.B) {
	f, look := fixtureFrame(OverviewPage{}, 140, 50), draw.NewLook(draw.Options{}, true)
	b.ReportAllocs()
	for b.Loop() {
		if Draw(f, look) == "" {
			b.Fatal("nothing drawn")
		}
	}
}

func BenchmarkOverview80x24(b *testing.B) {
	f, look := fixtureFrame(OverviewPage{}, 80, 24), draw.NewLook(draw.Options{}, true)
	b.ReportAllocs()
	for b.Loop() {
		if Draw(f, look) == "" {
			b.Fatal("nothing drawn")
		}
	}
}
