package views

import (
	"testing"

	"resiltui/internal/views/draw"
)

func TestASingleHintIsNeverCut(t *testing.T) {
	if got := fitHints([]draw.Hint{{Key: "q", Word: "quit"}}, 0, 1); len(got) != 1 {
		t.Errorf("a single hint was cut: %v", got)
	}
}
