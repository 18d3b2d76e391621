package model

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
)

// inFull is the pipeline at a moment with S3 in full.
func inFull(t *testing.T, opts Options, fn func(t *testing.T, p picture)) {
	t.Helper()
	atMoment(t, moment, crashed, opts, func(t *testing.T, p picture) {
		p.take(120, 36)
		p.press("right", "right", "right", "enter")
		fn(t, p)
	})
}

func TestTheDetailOfTheCrashedSensor(t *testing.T) {
	inFull(t, Options{}, func(t *testing.T, p picture) {
		golden.RequireEqual(t, ansi.Strip(p.take(120, 36)))
	})
}

func TestTheComparisonOfThePipeline(t *testing.T) {
	atMoment(t, moment, crashed, Options{}, func(t *testing.T, p picture) {
		p.take(120, 36)
		p.press("5")
		golden.RequireEqual(t, ansi.Strip(p.take(120, 36)))
	})
}

// secondLine is where a detail names its sensor.
func secondLine(p picture) string {
	return strings.Split(ansi.Strip(p.take(120, 36)), "\n")[1]
}

func TestLeftAndRightShowTheNeighbourInFull(t *testing.T) {
	inFull(t, Options{}, func(t *testing.T, p picture) {
		for _, step := range []struct{ key, want string }{
			{"right", "[S4 exhaust]"},
			{"right", "[S4 exhaust]"},
			{"left", "[S3 coolant]"},
			{"h", "[S2 turbine]"},
			{"g", "[S0 boiler]"},
		} {
			p.press(step.key)
			if got := secondLine(p); !strings.HasPrefix(got, step.want) {
				t.Errorf("after %s: %q, want %s", step.key, got, step.want)
			}
		}
		p.press("esc")
		if got := secondLine(p); !strings.Contains(got, "[1 Overview]") {
			t.Errorf("after esc: %q", got)
		}
	})
}

func TestTheWaysOfADetailCanBeClicked(t *testing.T) {
	inFull(t, Options{}, func(t *testing.T, p picture) {
		for _, step := range []struct{ word, want string }{
			{"right S4", "[S4 exhaust]"},
			{"left S3", "[S3 coolant]"},
			{"esc back", "[1 Overview]"},
		} {
			line := secondLine(p)
			x := ansi.StringWidth(line[:strings.Index(line, step.word)])
			p.m.Update(tea.MouseClickMsg{X: x + 1, Y: 1, Button: tea.MouseLeft})
			if got := secondLine(p); !strings.Contains(got, step.want) {
				t.Errorf("after a click on %s: %q, want %s", step.word, got, step.want)
			}
		}
	})
}

func TestUpAndDownChooseALineOfWhy(t *testing.T) {
	inFull(t, Options{}, func(t *testing.T, p picture) {
		p.take(120, 36)
		n := len(p.m.layout.WhyAt)
		if n != 3 || p.m.layout.WhyAt[1] >= p.m.layout.WhyAt[2] || p.m.layout.WhyAt[2] >= p.m.layout.WhyAt[0] {
			t.Fatalf("moments %v: want now, opened and again", p.m.layout.WhyAt)
		}
		for _, step := range []struct {
			key  string
			want int
		}{{"up", 0}, {"down", 1}, {"j", 2}, {"down", 3}, {"down", 3}, {"k", 2}, {"right", 0}} {
			if p.press(step.key); p.m.frame.Why != step.want {
				t.Errorf("after %s line %d is chosen, want %d", step.key, p.m.frame.Why, step.want)
			}
		}
		if p.press("down", "esc", "enter"); p.m.frame.Why != 0 {
			t.Error("a choice outlives its detail")
		}
	})
}

func TestPagesOfCallsEndWhereTheCallsEnd(t *testing.T) {
	inFull(t, Options{}, func(t *testing.T, p picture) {
		newest := p.take(120, 36)
		if p.press("pgdown"); p.take(120, 36) != newest {
			t.Error("there is something newer than the newest call")
		}
		for range 40 {
			p.press("pgup")
			p.take(120, 36)
		}
		oldest, back := p.take(120, 36), p.m.layout.Back
		if oldest == newest || back == 0 || back > 64 || !strings.Contains(ansi.Strip(oldest), "newer below") {
			t.Errorf("%d calls back:\n%s", back, ansi.Strip(oldest))
		}
		p.m.Update(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
		if p.take(120, 36); p.m.layout.Back != back-1 {
			t.Errorf("the wheel went from %d to %d", back, p.m.layout.Back)
		}
	})
}

func TestEnterOnALineOfWhyGoesThere(t *testing.T) {
	inFull(t, Options{}, func(t *testing.T, p picture) {
		p.take(120, 36)
		if p.press("enter"); p.m.frozen() {
			t.Error("enter froze the screen with no line chosen")
		}
		p.press("down", "down")
		opened := p.m.layout.WhyAt[1]
		if opened < 40*time.Second || opened > 41*time.Second {
			t.Errorf("opened at %v", opened)
		}
		if p.m.detail(); p.m.frozen() != (p.m.opts.History != nil) {
			t.Error("enter on a line does not freeze")
		}
	})
}
