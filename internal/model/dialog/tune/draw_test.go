package tune

import (
	"regexp"
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
		Why: text.Draw(t, "why"), Elsewhere: text.Draw(t, "elsewhere"), About: text.Draw(t, "about"), Was: a("was"), Would: a("would"),
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

func TestWhereThereIsNoRoomForAllCallsTheEpisodeIsShown(t *testing.T) {
	for _, c := range []struct {
		calls string // "!" met a fault
		room  int
		want  int
	}{
		{"..!!....", 8, 0},
		{"..!!....", 9, 0},
		{"..!!....", 5, 0}, // part of it is in view
		{"..!!....", 4, 3},
		{"!.......", 4, 4},
		{".....!!.", 4, 0},
		{"........", 4, 0},
		{"", 4, 0},
	} {
		var cols []stats.Column
		for _, r := range c.calls {
			cols = append(cols, stats.Column{Fault: r == '!'})
		}
		if got := skipped(cols, c.room); got != c.want {
			t.Errorf("%q in %d cells leaves %d out, not %d", c.calls, c.room, got, c.want)
		}
	}
	s, panel := opened(0)
	g := outcome{Ready: true}
	for i := range Batches {
		col := stats.Column{Fault: i == 3, State: breaker.Closed}
		if i == 4 {
			col.State = breaker.Open
		}
		g.Was.Columns = append(g.Was.Columns, col)
	}
	g.Would.Columns = g.Was.Columns
	panel.ghost = g
	s.View.Width, s.View.Height = 50, 15
	for name, want := range map[string]string{"was": "──╱─", "would": "──╱─", "fault": " ! "} {
		if !regexp.MustCompile("│ " + name + " +" + want).MatchString(s.Text()) {
			t.Errorf("the track %s is not that of the episode:\n%s", name, s.Text())
		}
	}
}

func TestTheRuleSaysAsMuchOfTheBatchesAsThereIsRoomFor(t *testing.T) {
	g := outcome{First: 12, Last: 31, About: "S3's last episode"}
	for cells, want := range map[int]string{
		71: "run again: batches 12 to 31, S3's last episode; same draws, same faults",
		67: "run again: batches 12 to 31, S3's last episode",
		46: "run again: batches 12 to 31, S3's last episode",
		45: "batches 12 to 31, S3's last episode",
	} {
		if got := g.runAgain(cells); got != want {
			t.Errorf("in %d cells it is %q", cells, got)
		}
	}
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
