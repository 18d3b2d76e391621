package scenario

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/golden"
	"pgregory.net/rapid"

	"resiltui/internal/model/dialog/dialogtest"
	"resiltui/internal/scenario"
	"resiltui/internal/views/draw"
)

// opened is a stage with the list of the built-in scenarios on it, of which the
// pipeline runs, and the places that were started.
func opened(t testing.TB, width, height int) (s *dialogtest.Stage, started *[]int) {
	t.Helper()
	pages := map[string]string{"pipeline": "1 Overview", "retry": "3 Retries", "breaker": "2 Breakers", "strategies": "4 Strategies"}
	var choices []Choice
	for _, name := range scenario.Names() {
		sc, err := scenario.Find(name)
		if err != nil {
			t.Fatal(err)
		}
		choices = append(choices, Choice{Name: sc.Name, See: sc.See, Page: pages[name]})
	}
	started = new([]int)
	c := New(choices, "pipeline", func(i int) tea.Cmd { *started = append(*started, i); return nil })
	return dialogtest.New(width, height, c), started
}

func TestTheListOfScenariosClosesAndStartsNothing(t *testing.T) {
	for _, keys := range [][]string{{"esc"}, {"S"}, {"j", "esc"}} {
		s, started := opened(t, 120, 36)
		s.Press(keys...)
		if s.Top() != nil || len(*started) > 0 {
			t.Errorf("%v leaves %d dialogs open and starts %v", keys, len(s.Open), *started)
		}
	}
}

func TestEnterStartsWhatIsUnderTheCursor(t *testing.T) {
	for _, c := range []struct {
		keys []string
		want int
	}{
		{nil, 0},
		{[]string{"j", "down"}, 2},
		{[]string{"j", "down", "k"}, 1},
		{[]string{"up"}, 0},
		{[]string{"G"}, 3},
		{[]string{"G", "j"}, 3},
		{[]string{"G", "g"}, 0},
	} {
		s, started := opened(t, 120, 36)
		s.Press(append(c.keys, "enter")...)
		if s.Top() != nil || len(*started) != 1 || (*started)[0] != c.want {
			t.Errorf("%v and enter leave %d dialogs open and start %v, not %d", c.keys, len(s.Open), *started, c.want)
		}
	}
}

func TestTheCursorIsOnTheScenarioThatRuns(t *testing.T) {
	choices := []Choice{{Name: "pipeline"}, {Name: "retry"}}
	for name, want := range map[string]int{"retry": 1, "pipeline": 0, "watch": 0} {
		if c := New(choices, name, nil); c.cursor != want {
			t.Errorf("where %s runs the cursor is on %d", name, c.cursor)
		}
	}
	s, _ := opened(t, 120, 36)
	if !strings.Contains(s.Text(), "» pipeline    page 1 Overview, runs now") {
		t.Errorf("what runs is not marked:\n%s", s.Text())
	}
}

func TestTheMouseChoosesAScenario(t *testing.T) {
	s, started := opened(t, 120, 36)
	c := s.Top().(*List)
	if s.Click(t, "breaker     page"); c.cursor != 2 || len(*started) > 0 {
		t.Errorf("a click is on row %d and starts %v", c.cursor, *started)
	}
	s.Wheel(true)
	if c.cursor != 1 {
		t.Errorf("the wheel leads to row %d", c.cursor)
	}
	s.Wheel(false)
	if s.Click(t, "breaker     page"); len(*started) != 1 || (*started)[0] != 2 || s.Top() != nil {
		t.Fatalf("a second click starts %v", *started)
	}
}

func TestRealEndpointsAreNotExchanged(t *testing.T) {
	s, started := opened(t, 120, 36)
	s.View.Snap.Run.Virtual = false
	s.Press("j", "enter")
	s.Click(t, "retry ")
	if len(*started) > 0 || !strings.Contains(s.Text(), "these endpoints are real") {
		t.Errorf("%v are started; the reason is not on the screen:\n%s", *started, s.Text())
	}
}

func TestTheListOfScenariosAtEverySize(t *testing.T) {
	for _, size := range [][2]int{{120, 36}, {80, 24}, {60, 16}, {40, 12}, {30, 8}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			s, _ := opened(t, size[0], size[1])
			s.Press("j")
			golden.RequireEqual(t, s.Text())
		})
	}
}

func TestTheListOfScenariosFitsEveryScreen(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s, _ := opened(t, rapid.IntRange(0, 200).Draw(rt, "width"), rapid.IntRange(0, 60).Draw(rt, "height"))
		s.View.Look = draw.NewLook(draw.Options{ASCII: rapid.Bool().Draw(rt, "ascii")}, true)
		for range rapid.IntRange(0, 5).Draw(rt, "down") {
			s.Press("j")
		}
		dialogtest.Fits(rt, s.Top().Draw(s.View), s.View.Width, s.View.Height)
	})
}
