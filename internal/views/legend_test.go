package views

import (
	"slices"
	"testing"

	"resiltui/internal/stats"
)

func TestTheLegendHasEverySignOfACall(t *testing.T) {
	for _, ascii := range []bool{false, true} {
		look := NewLook(Options{ASCII: ascii}, true)
		var signs []string
		for _, h := range Legend(look).Keys {
			signs = append(signs, h.Key)
			if h.Word == "" {
				t.Errorf("%s means nothing", h.Key)
			}
		}
		for m := stats.MarkLive; m <= stats.MarkMissing; m++ {
			if g, _ := look.mark(m); !slices.Contains(signs, g) {
				t.Errorf("ASCII %v: no word for %q", ascii, g)
			}
		}
		for _, g := range append(look.states[:], look.fault, look.refused, string(look.burnt)) {
			if !slices.Contains(signs, g) {
				t.Errorf("ASCII %v: no word for %q", ascii, g)
			}
		}
	}
}
