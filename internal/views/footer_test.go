package views

import (
	"strings"
	"testing"

	"resiltui/internal/views/draw"
)

func TestTheWayOutIsNeverCut(t *testing.T) {
	for w := 20; w <= 130; w++ {
		l := screenLines(fixtureFrame(OverviewPage{}, w, 24))
		if got := l[len(l)-1]; !strings.Contains(got, "? keys") || !strings.Contains(got, "q quit") {
			t.Errorf("%d: %q", w, got)
		}
	}
	if got := fitHints([]draw.Hint{{Key: "q", Word: "quit"}}, 0, 1); len(got) != 1 {
		t.Errorf("a single hint was cut: %v", got)
	}
}
