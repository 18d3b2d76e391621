package model

import (
	"slices"
	"strings"
	"testing"
	"time"

	"resiltui/internal/model/dialog/help"
	"resiltui/internal/model/tour"
	"resiltui/internal/views/page/breakers"
	"resiltui/internal/views/page/events"
)

func TestNoTwoActionsShareAKeyWhereBothHaveAMeaning(t *testing.T) {
	for _, look := range []func(*Model){
		func(*Model) {},
		func(m *Model) { m.frame.Detail = true },
		func(m *Model) { m.frame.Page = breakers.Page{} },
		func(m *Model) { m.frame.Page = events.Page{} },
		func(m *Model) { m.frame.Page, m.tour = breakers.Page{}, tour.New(tour.Guided) },
	} {
		m := still(t, 120, 36)
		look(m)
		owner := map[string]string{}
		for _, g := range m.keys.groups {
			for _, a := range g.rows {
				if !m.keys.means(m, a) {
					continue
				}
				for _, k := range a.Keys() {
					if other, taken := owner[k]; taken {
						t.Errorf("%q is %q and %q", k, other, a.Help().Desc)
					}
					owner[k] = a.Help().Desc
				}
			}
		}
	}
}

// says is true where a key does, somewhere, what the words say.
func (t *keyTable) says(typed, words string) bool {
	for _, g := range t.groups {
		for _, a := range g.rows {
			if slices.Contains(a.Keys(), typed) && a.Help().Desc == words {
				return true
			}
		}
	}
	return false
}

// helpOpen is true while the help has the keys.
func (m *Model) helpOpen() bool { _, ok := m.top().(*help.Box); return ok }

// keyOf is the name that a key of the help has in a binding.
func keyOf(shown string) string {
	arrows := map[string]string{"←": "left", "→": "right", "↑": "up", "↓": "down", "pgdn": "pgdown"}
	if k, ok := arrows[shown]; ok {
		return k
	}
	return shown
}

func TestHelpShowsEveryKeyOfTheKeyMapAndNoOther(t *testing.T) {
	m := still(t, 120, 100)
	m.Update(typed("?"))
	shown := map[string]bool{}
	for _, g := range m.helpGroups() {
		for _, h := range g.Keys {
			for k := range strings.FieldsSeq(h.Key) {
				k = keyOf(k)
				shown[k] = true
				if !m.keys.says(k, h.Word) {
					t.Errorf("help says that %q is %q, and it never is", k, h.Word)
				}
			}
			if !strings.Contains(plain(m), h.Key) || !strings.Contains(plain(m), h.Word) {
				t.Errorf("%q %q is not on the screen", h.Key, h.Word)
			}
		}
	}
	for _, g := range m.keys.groups {
		for _, a := range g.rows {
			for _, k := range a.Keys() {
				if m.keys.exists(m, a) && !shown[k] {
					t.Errorf("help does not show %q, %s", k, a.Help().Desc)
				}
			}
		}
	}
}

func TestHelpFitsEightyColumns(t *testing.T) {
	m := still(t, 80, 100)
	m.Update(typed("?"))
	for _, g := range m.helpGroups() {
		for _, h := range g.Keys {
			if !strings.Contains(plain(m), h.Word+" ") {
				t.Errorf("%q is cut", h.Word)
			}
		}
	}
}

func TestFooterHintsAreKeys(t *testing.T) {
	for _, locked := range []bool{false, true} {
		m := still(t, 200, 50)
		m.locked = locked
		hints := m.footer()
		if len(hints) < 5 {
			t.Fatalf("%d hints", len(hints))
		}
		for _, h := range hints {
			// As a click on the word presses it.
			if a, _ := m.keys.find(m, keyPress(h.Key)); a == nil {
				t.Errorf("the footer's %q %q is no key", h.Key, h.Word)
			}
		}
	}
}

func TestFooterNamesEachKeyOnlyOnce(t *testing.T) {
	for name, set := range map[string]func(*Model){
		"live":      func(*Model) {},
		"frozen":    func(m *Model) { m.past.Frozen = true },
		"ended":     func(m *Model) { m.frame.Snap.Ended, m.locked = true, true },
		"paused":    func(m *Model) { m.frame.Snap.Paused = true },
		"detail":    func(m *Model) { m.frame.Detail, m.frame.Maximised = true, true },
		"events":    func(m *Model) { m.frame.Page = events.Page{} },
		"search":    func(m *Model) { m.frame.Page, m.log.Search = events.Page{}, "S1" },
		"no sensor": func(m *Model) { m.filter, m.frame.Order = "nothing", []int{} },
	} {
		m := still(t, 120, 36)
		set(m)
		named := map[string]bool{}
		for _, h := range m.footer() {
			if named[h.Key] {
				t.Errorf("%s: %q stands twice in the footer", name, h.Key)
			}
			if named[h.Key] = true; h.Word == "" {
				t.Errorf("%s: %q has no word for the footer", name, h.Key)
			}
		}
	}
}

func TestHelpLetsNoKeyThrough(t *testing.T) {
	withRig(t, rigOptions{width: 80, height: 16}, func(t *testing.T, r *rig) {
		r.pass(time.Second)
		r.press("?", "G")
		r.sees(`naive +the same calls on the same draws`, 0)
		r.press("c", "right", ".")
		if f := r.frame(); f.Selected != 0 || f.Snap.Paused || f.Snap.Injected {
			t.Error("a key went through the help")
		}
		r.press("?")
		r.seesNot(`esc closes`)
	})
}

func TestKeysOfSimulationsDoNotExistWhereTimeIsReal(t *testing.T) {
	m := still(t, 120, 36)
	run := *m.frame.Snap.Run
	run.Virtual = false
	m.frame.Snap.Run = &run
	for _, key := range []string{".", "n", "+", "-", "0", "ctrl+r", "ctrl+n"} {
		m.Update(typed(key))
	}
	if told := m.opts.Engine.(*deafEngine).commands(); len(told) > 0 {
		t.Errorf("the engine was told %+v", told)
	}
	for _, g := range m.helpGroups() {
		for _, h := range g.Keys {
			if h.Key == "." || strings.HasPrefix(h.Key, "+") {
				t.Errorf("help shows %q", h.Key)
			}
		}
	}
	for _, h := range m.footer() {
		if h.Key == "." || h.Key == "n" {
			t.Errorf("the footer shows %q", h.Key)
		}
	}
}
