package help

import (
	"slices"
	"strings"
	"testing"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/health"
	"resiltui/internal/model/dialog"
	"resiltui/internal/stats"
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

func TestTheHelpOfRealEndpointsSaysWhenTheyAreDown(t *testing.T) {
	said := ""
	for _, h := range endpoints(health.Thresholds{}.Resolved()).Keys {
		said += h.Key + " " + h.Word + "\n"
	}
	for _, want := range []string{
		"DOWN 2 failed calls in a row", "SLOW 5 answers in a row took over 1 s", "FLAPPING 2 outages began within 10 min", "(OPEN) in parentheses",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("no %q in\n%s", want, said)
		}
	}
	watch := dialog.View{Snap: &stats.Snapshot{Run: &event.Run{Start: time.Date(2026, time.November, 26, 3, 0, 0, 0, time.UTC)}}, Look: draw.NewLook(draw.Options{}, true)}
	simulated := watch
	simulated.Snap = &stats.Snapshot{Run: &event.Run{Virtual: true}}
	b := New(func() []Group { return nil })
	if watched, other := len(b.groups(watch)), len(b.groups(simulated)); watched != other+1 {
		t.Errorf("%d groups of real endpoints, %d of a simulation", watched, other)
	}
}
