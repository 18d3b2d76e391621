package tune

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/model/dialog/dialogtest"
	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
)

// anyGhost is what a rehearsal may come to.
func anyGhost(t *rapid.T) outcome {
	text := rapid.SampledFrom(dialogtest.Texts())
	a := func(name string) track {
		return track{
			Columns: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) stats.Column {
				return stats.Column{
					State: breaker.State(rapid.IntRange(0, 6).Draw(t, "state")),
					Probe: rapid.Bool().Draw(t, "probe"), Fault: rapid.Bool().Draw(t, "fault"),
				}
			}), 0, 40).Draw(t, name),
			Attempts: rapid.IntRange(0, 1<<30).Draw(t, "attempts"),
			Seen:     figure{Time: 1 << 60, Known: rapid.Bool().Draw(t, "seen")},
		}
	}
	return outcome{
		Ready: rapid.Bool().Draw(t, "ready"), Old: rapid.Bool().Draw(t, "old"), Faulted: rapid.Bool().Draw(t, "faulted"),
		Why: text.Draw(t, "why"), Elsewhere: text.Draw(t, "elsewhere"), Was: a("was"), Would: a("would"),
	}
}

func TestThePanelFitsEveryScreen(t *testing.T) {
	keys := []string{"up", "down", "left", "right", "enter", "esc", "G", "9", "m", "backspace", "*", "T", "y", "space", "tab"}
	text := rapid.SampledFrom(dialogtest.Texts())
	rapid.Check(t, func(t *rapid.T) {
		s, panel := opened(rapid.IntRange(0, 4).Draw(t, "sensor"))
		s.View.Width, s.View.Height = rapid.IntRange(0, 200).Draw(t, "width"), rapid.IntRange(0, 80).Draw(t, "height")
		s.View.Look = draw.NewLook(draw.Options{ASCII: rapid.Bool().Draw(t, "ascii")}, true)
		s.View.Effect, panel.ghost = text.Draw(t, "effect"), anyGhost(t)
		info := &panel.run.Sensors[panel.sensor]
		info.ID, info.Name = text.Draw(t, "id"), text.Draw(t, "name")
		for range rapid.IntRange(0, 12).Draw(t, "keys") {
			if s.Press(rapid.SampledFrom(keys).Draw(t, "key")); s.Top() == nil {
				return
			}
			dialogtest.Fits(t, s.Top().Draw(s.View), s.View.Width, s.View.Height)
		}
	})
}

func TestWhatIsNotThereYetTakesTheSameRoom(t *testing.T) {
	s, panel := opened(0)
	lines := func(g outcome) int {
		panel.ghost = g
		return strings.Count(s.Text(), "\n")
	}
	if waiting, there := lines(outcome{}), lines(outcome{Ready: true}); waiting != there {
		t.Errorf("the panel jumps from %d lines to %d", waiting, there)
	}
}
