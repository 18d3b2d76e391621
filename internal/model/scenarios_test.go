package model

import (
	"strings"
	"testing"
	"time"

	"resiltui/internal/scenario"
	"resiltui/internal/views"
	"resiltui/internal/views/page/breakers"
	"resiltui/internal/views/page/overview"
	"resiltui/internal/views/page/retries"
	"resiltui/internal/views/page/strategies"
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
		"pipeline": overview.Page{}, "retry": retries.Page{},
		"breaker": breakers.Page{}, "strategies": strategies.Page{},
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
		if f := r.frame(); f.Page != (retries.Page{}) || f.Selected != 0 || f.TargetAll {
			t.Errorf("page %v, selected %d, all %v", f.Page, f.Selected, f.TargetAll)
		}
		r.press("1")
		r.sees(`fetchUserProfile`, soon)
		r.press("ctrl+n") // the next seed of this one, and on the page where one is
		r.pass(time.Second)
		r.sees(`resiltui +retry +seed 43`, soon)
		if f := r.frame(); f.Page != (overview.Page{}) {
			t.Errorf("the next seed turns to page %v", f.Page)
		}
		r.press("S", "enter") // the same again, from its beginning
		r.pass(time.Second)
		r.sees(`resiltui +retry +seed 42`, soon)
		if f := r.frame(); f.Page != (retries.Page{}) || f.Now > 2*time.Second {
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
		if f := r.frame(); f.Snap.Run.Scenario != "strategies" || f.Page != (strategies.Page{}) {
			t.Errorf("%s on page %v", f.Snap.Run.Scenario, f.Page)
		}
	})
}
