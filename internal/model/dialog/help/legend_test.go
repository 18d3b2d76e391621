package help

import (
	"slices"
	"strings"
	"testing"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
)

func TestTheLegendHasEverySignOfACall(t *testing.T) {
	for _, ascii := range []bool{false, true} {
		look := draw.NewLook(draw.Options{ASCII: ascii}, true)
		var signs []string
		for _, h := range legend(look).Keys {
			signs = append(signs, h.Key)
			if h.Word == "" {
				t.Errorf("%s means nothing", h.Key)
			}
		}
		for m := event.MarkLive; m <= event.MarkMissing; m++ {
			if g, _ := views.MarkSign(m); !slices.Contains(signs, g) {
				t.Errorf("ASCII %v: no word for %q", ascii, g)
			}
		}
		more := []string{look.Fault, look.FastFail, string(look.Burnt)}
		for s := breaker.Closed; s <= breaker.Disabled; s++ {
			more = append(more, views.StateGlyph(s))
		}
		for _, g := range more {
			if !slices.Contains(signs, g) {
				t.Errorf("ASCII %v: no word for %q", ascii, g)
			}
		}
	}
}

func TestTheHelpHasTheNamesOfFiguresInJSON(t *testing.T) {
	s := opened(100, 200)
	for _, want := range []string{"refused    fastFailCount: fast-fails", "ran out    permanentFailures: ", "Signs"} {
		if !strings.Contains(strings.Join(strings.Fields(s.Text()), " "), strings.Join(strings.Fields(want), " ")) {
			t.Errorf("no %q:\n%s", want, s.Text())
		}
	}
}
