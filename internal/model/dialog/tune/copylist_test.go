package tune

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/export"
)

func TestSettingsAreCopiedAsCode(t *testing.T) {
	s, panel := opened(0)
	s.Press("left", "y")
	if out := s.Text(); !strings.Contains(out, "gobreaker 2 (Go)") || !strings.Contains(out, "Polly 8 (C#)") {
		t.Fatalf("nothing to choose from:\n%s", out)
	}
	want, err := export.Code("failsafe-go", "S0", panel.draft)
	if err != nil {
		t.Fatal(err)
	}
	if got := clipped(s.Press("down", "enter")); got != want {
		t.Errorf("copied: %q, not %q", got, want)
	}
	if s.Top() != panel || !strings.Contains(s.Text(), "for failsafe-go") || !strings.HasPrefix(s.Said[0], "code for failsafe-go offered to the terminal") {
		t.Errorf("nothing says so but %q:\n%s", s.Said, s.Text())
	}
	for _, c := range []struct {
		how  string
		copy func() tea.Cmd
	}{
		{"4", func() tea.Cmd { return s.Press("y", "4") }},
		{"a click", func() tea.Cmd { s.Press("y"); return s.Click(t, "Polly 8") }},
		{"the wheel", func() tea.Cmd {
			s.Press("y")
			for _, up := range []bool{true, false, false, false, false, false} {
				s.Wheel(up)
			}
			return s.Press("y")
		}},
	} {
		if got := clipped(c.copy()); !strings.Contains(got, "Polly") || s.Top() != panel {
			t.Errorf("%s copies %q", c.how, got)
		}
	}
	if s.Press("y", "x", "esc"); s.Top() != panel {
		t.Errorf("esc leads to %T", s.Top())
	}
}

// clipped is what a Cmd puts into the clipboard.
func clipped(cmd tea.Cmd) string {
	if cmd == nil {
		return ""
	}
	if msg := cmd(); reflect.TypeOf(msg) == reflect.TypeOf(tea.SetClipboard("")()) {
		return fmt.Sprint(msg)
	}
	return ""
}
