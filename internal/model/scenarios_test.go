package model

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
	"pgregory.net/rapid"

	"resiltui/internal/engine/event"
	"resiltui/internal/scenario"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
)

// builtin are the scenarios as the program offers them.
func builtin(t testing.TB) []Scenario {
	t.Helper()
	var all []Scenario
	for _, name := range scenario.Names() {
		sc, err := scenario.Find(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, Scenario{Name: sc.Name, See: sc.See, Seed: sc.Seed})
	}
	return all
}

func TestEveryScenarioOpensOnThePageThatShowsItBest(t *testing.T) {
	want := map[string]views.Page{
		"pipeline": views.OverviewPage{}, "retry": views.RetriesPage{},
		"breaker": views.BreakersPage{}, "strategies": views.StrategiesPage{},
	}
	for _, s := range builtin(t) {
		t.Run(s.Name, func(t *testing.T) {
			sc, _ := scenario.Find(s.Name)
			withRig(t, rigOptions{config: sc.Config}, func(t *testing.T, r *rig) {
				r.pass(time.Second)
				if got := r.frame().Page; got != want[s.Name] {
					t.Errorf("resiltui %s opens on %v", s.Name, got)
				}
			})
		})
	}
}

func TestAnotherScenarioGoesOnInTheSameProgram(t *testing.T) {
	withRig(t, rigOptions{model: Options{Scenarios: builtin(t)}}, func(t *testing.T, r *rig) {
		r.pass(3 * time.Second)
		r.press("right", "right", "right", "*", "S")
		r.sees(`» pipeline +page 1 Overview, runs now`, 0)
		for _, s := range builtin(t) {
			first, _, _ := strings.Cut(s.See, " ")
			r.sees(first, 0)
		}
		r.press("j", "j", "k", "enter")
		r.pass(time.Second)
		r.seesNot(`enter starts one`)
		r.sees(`resiltui +retry +seed 42`, soon)
		if f := r.frame(); f.Page != (views.RetriesPage{}) || f.Selected != 0 || f.TargetAll {
			t.Errorf("page %v, selected %d, all %v", f.Page, f.Selected, f.TargetAll)
		}
		r.press("1")
		r.sees(`fetchUserProfile`, soon)
		r.press("ctrl+n") // the next seed of this one, and on the page where one is
		r.pass(time.Second)
		r.sees(`resiltui +retry +seed 43`, soon)
		if f := r.frame(); f.Page != (views.OverviewPage{}) {
			t.Errorf("the next seed turns to page %v", f.Page)
		}
		r.press("S", "enter") // the same again, from its beginning
		r.pass(time.Second)
		r.sees(`resiltui +retry +seed 42`, soon)
		if f := r.frame(); f.Page != (views.RetriesPage{}) || f.Now > 2*time.Second {
			t.Errorf("page %v at %v", f.Page, f.Now)
		}
	})
}

func TestAFrozenScreenGoesToTheNewScenario(t *testing.T) {
	withRig(t, rigOptions{model: Options{Scenarios: builtin(t)}}, func(t *testing.T, r *rig) {
		r.pass(3 * time.Second)
		r.press("z", "S", "G", "enter")
		r.pass(3 * time.Second)
		r.seesNot(`FROZEN`)
		if f := r.frame(); f.Snap.Run.Scenario != "strategies" || f.Page != (views.StrategiesPage{}) {
			t.Errorf("%s on page %v", f.Snap.Run.Scenario, f.Page)
		}
	})
}

func TestTheListOfScenariosClosesAndStartsNothing(t *testing.T) {
	m := still(t, 120, 36)
	m.opts.Scenarios = builtin(t)
	for _, keys := range [][]string{{"S", "esc"}, {"S", "S"}, {"S", "j", "esc"}} {
		for _, k := range keys {
			m.Update(typed(k))
		}
		if m.top() != nil {
			t.Errorf("%v leaves the list open", keys)
		}
	}
	if told := m.opts.Engine.(*deafEngine).commands(); len(told) > 0 {
		t.Errorf("the engine was told %+v", told)
	}
}

func TestTheMouseChoosesAScenario(t *testing.T) {
	m := still(t, 120, 36)
	m.opts.Scenarios = builtin(t)
	m.Update(typed("S"))
	c := m.top().(*chooser)
	at := draw.OverlayRect(m.top().Draw(m.dialogView()).Text, m.frame.Width, m.frame.Height)
	line := func(word string) int {
		for y, l := range strings.Split(plain(m), "\n") {
			if strings.Contains(l, word) {
				return y
			}
		}
		t.Fatalf("%q is not on the screen", word)
		return 0
	}
	hit := draw.Rect{X: at.X + 2, Y: line("breaker     page"), W: 10, H: 1}
	m.Update(click(hit))
	if c.cursor != 2 {
		t.Errorf("a click is on row %d", c.cursor)
	}
	c.Wheel(m.dialogView(), true)
	c.Wheel(m.dialogView(), false)
	m.Update(click(hit))
	told := m.opts.Engine.(*deafEngine).commands()
	if len(told) != 1 || told[0].Op != event.Restart || told[0].Scenario != "breaker" || m.top() != nil {
		t.Fatalf("a second click told %+v", told)
	}
}

func TestRealEndpointsAreNotExchanged(t *testing.T) {
	m := still(t, 120, 36)
	m.opts.Scenarios = builtin(t)
	run := *m.frame.Snap.Run
	run.Virtual = false
	m.frame.Snap.Run = &run
	for _, k := range []string{"S", "j", "enter"} {
		m.Update(typed(k))
	}
	if told := m.opts.Engine.(*deafEngine).commands(); len(told) > 0 {
		t.Errorf("the engine was told %+v", told)
	}
	if !strings.Contains(plain(m), "these endpoints are real") {
		t.Errorf("the reason is not on the screen:\n%s", plain(m))
	}
}

func TestTheListOfScenariosAtEverySize(t *testing.T) {
	for _, size := range [][2]int{{120, 36}, {80, 24}, {60, 16}, {40, 12}, {30, 8}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			m := still(t, size[0], size[1])
			m.opts.Scenarios = builtin(t)
			m.Update(typed("S"))
			m.Update(typed("j"))
			golden.RequireEqual(t, ansi.Strip(m.top().Draw(m.dialogView()).Text))
		})
	}
}

func TestTheListOfScenariosFitsEveryScreen(t *testing.T) {
	m := still(t, 120, 36)
	m.opts.Scenarios = builtin(t)
	rapid.Check(t, func(rt *rapid.T) {
		m.dialogs = nil
		m.Update(sized(rapid.IntRange(0, 200).Draw(rt, "width"), rapid.IntRange(0, 60).Draw(rt, "height")))
		m.Update(typed("S"))
		for range rapid.IntRange(0, 5).Draw(rt, "down") {
			m.Update(typed("j"))
		}
		checkView(rt, m)
	})
}
