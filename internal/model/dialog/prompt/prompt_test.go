package prompt

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/model/dialog/dialogtest"
)

// told is what a field has told whoever opened it.
type told struct {
	changed, done []string
	left          int
}

func opened(text string, refuse bool) (*dialogtest.Stage, *Prompt, *told) {
	to := &told{}
	p := New(Options{
		Label: "filter", Text: text,
		Note:    func(text string) string { return strings.ToUpper(text) },
		Changed: func(text string) { to.changed = append(to.changed, text) },
		Done: func(text string) (bool, tea.Cmd) {
			to.done = append(to.done, text)
			return !refuse, nil
		},
		Left: func() { to.left++ },
	})
	return dialogtest.New(80, 24, p), p, to
}

func TestEachChangeIsToldAndEnterHandsTheTextOver(t *testing.T) {
	s, p, to := opened("S", false)
	s.Press("1", "left", "x", "up", "backspace", "q")
	if v := p.Footer(); v.Label != "filter" || v.Text != "Sq1" || v.Cursor != 2 || v.Note != "SQ1" {
		t.Errorf("the footer shows %+v", v)
	}
	if want := []string{"S1", "Sx1", "S1", "Sq1"}; !slices.Equal(to.changed, want) {
		t.Errorf("the changes were %q, not %q", to.changed, want)
	}
	s.Press("enter")
	if s.Top() != nil || !slices.Equal(to.done, []string{"Sq1"}) || to.left > 0 {
		t.Errorf("enter leaves %d fields open and tells %+v", len(s.Open), to)
	}
}

func TestATextThatCannotBeUsedStays(t *testing.T) {
	s, p, to := opened("S", true)
	if s.Press("enter"); s.Top() != p || len(to.done) != 1 {
		t.Errorf("the field is gone, told %+v", to)
	}
	if s.Press("esc"); s.Top() != nil || to.left != 1 {
		t.Errorf("escape leaves %d fields open and tells %+v", len(s.Open), to)
	}
}

func TestTheFieldTakesAllThatIsPastedUpToItsLimit(t *testing.T) {
	_, p, _ := opened("", false)
	if !p.Types() {
		t.Fatal("it does not type")
	}
	p.Paste(strings.Repeat("ä", Most+50))
	if n := len([]rune(p.Footer().Text)); n != Most {
		t.Errorf("it holds %d characters", n)
	}
}

func TestAFieldWithoutFunctionsIsEditedAndCloses(t *testing.T) {
	for _, key := range []string{"enter", "esc"} {
		p := New(Options{Label: "note:"})
		s := dialogtest.New(80, 24, p)
		s.Press("a")
		if v := p.Footer(); v.Text != "a" || v.Note != "" {
			t.Errorf("the footer shows %+v", v)
		}
		if s.Text() != "" {
			t.Errorf("it has a box: %q", s.Text())
		}
		if s.Press(key); s.Top() != nil {
			t.Errorf("%s leaves it open", key)
		}
	}
}
