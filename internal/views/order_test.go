package views_test

import (
	"testing"

	"resiltui/internal/views"
	"resiltui/internal/views/page/breakers"
	"resiltui/internal/views/page/pagetest"
)

func BenchmarkOrderOfAThousand(b *testing.B) {
	s := pagetest.ManyOnPage(breakers.Page{}, 1000, 120, 36).Snap.Sensors
	b.ReportAllocs()
	for b.Loop() {
		if len(views.Order(s, breakers.Page{}, views.Sort{Column: 2}, "")) != 1000 {
			b.Fatal("not all are in order")
		}
	}
}
