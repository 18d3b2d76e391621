package views

import "testing"

func BenchmarkOverview140x50(b *testing.B) {
	f, look := fixtureFrame(140, 50), NewLook(Options{}, true)
	b.ReportAllocs()
	for b.Loop() {
		if Screen(f, look) == "" {
			b.Fatal("nothing drawn")
		}
	}
}

func BenchmarkOverview80x24(b *testing.B) {
	f, look := fixtureFrame(80, 24), NewLook(Options{}, true)
	b.ReportAllocs()
	for b.Loop() {
		if Screen(f, look) == "" {
			b.Fatal("nothing drawn")
		}
	}
}
