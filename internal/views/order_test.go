package views

import "testing"

func BenchmarkOrderOfAThousand(b *testing.B) {
	s := manyOnPage(BreakersPage{}, 1000, 120, 36).Snap.Sensors
	b.ReportAllocs()
	for b.Loop() {
		if len(Order(s, BreakersPage{}, Sort{Column: 2}, "")) != 1000 {
			b.Fatal("not all are in order")
		}
	}
}
