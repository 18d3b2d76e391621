package help

import (
	"testing"

	"resiltui/internal/model/dialog/dialogtest"
	"resiltui/internal/views/draw"
)

// opened is a stage with the help on it, of keys that need more room than there is.
func opened(width, height int) *dialogtest.Stage {
	keys := Group{Title: "keys"}
	for range 30 {
		keys.Keys = append(keys.Keys, draw.Hint{Key: "c", Word: "crash the target"})
	}
	return dialogtest.New(width, height, New(func() []Group { return []Group{keys} }))
}

func TestHelpScrolls(t *testing.T) {
	s := opened(80, 16)
	b := s.Top().(*Box)
	for _, step := range []struct {
		key  string
		want int
	}{
		{"up", 0}, {"down", 1}, {"j", 2}, {"k", 1}, {"space", 9}, {"ctrl+u", 1}, {"pgdown", 9}, {"g", 0},
	} {
		if s.Press(step.key); b.offset != step.want {
			t.Errorf("%s scrolls to %d, not %d", step.key, b.offset, step.want)
		}
	}
	for range 20 {
		s.Press("pgdown")
	}
	end := b.offset
	if s.Press("g", "G"); b.offset != end || end < 30 {
		t.Errorf("G scrolls to %d, and a screen after the other to %d", b.offset, end)
	}
	s.Wheel(true)
	s.Wheel(true)
	if s.Wheel(false); b.offset != end-1 {
		t.Errorf("two turns up and one down lead from %d to %d", end, b.offset)
	}
}

func TestHelpTakesNoOtherKeys(t *testing.T) {
	s := opened(80, 16)
	for _, key := range []string{"c", "right", ".", "?", "esc"} {
		if s.Takes(key) {
			t.Errorf("%q is taken", key)
		}
	}
}

func TestAClickClosesTheHelp(t *testing.T) {
	s := opened(80, 16)
	if s.ClickAt(10, 5); s.Top() != nil {
		t.Error("it is still open")
	}
}
