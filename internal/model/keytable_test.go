package model

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/stats"
	"resiltui/internal/stats/history"
	"resiltui/internal/views/draw"
)

func TestAKeyIsAddedInOneSpot(t *testing.T) {
	m := still(t, 200, 100)
	pressed := ""
	press := func(key string) stroke {
		return asks(key, func(_ *Model, who string) tea.Cmd { pressed = who; return nil })
	}
	// shown in docs/extending.md from here: a key
	added := bind("what a test adds", press("W"), press("w")).named("added").asFault().footer(0)
	// to here
	m.keys = tableOf(append(keyGroups(), group{"Added", []*keyRow{added}}))
	m.showKeys = true

	m.Update(typed("w"))
	if pressed != "you pressed w" {
		t.Errorf("a press says %q", pressed)
	}
	if m.caption.text != "w added S0" {
		t.Errorf("the caption is %q", m.caption.text)
	}
	hint := draw.Hint{Key: "W", Word: "added"}
	if m.frame.Footer[0] != hint {
		t.Errorf("the footer begins with %v", m.frame.Footer[0])
	}
	if row := "## Added\n\n| key | does | only |\n| --- | --- | --- |\n| `W` `w` | what a test adds | fault key |\n"; !strings.Contains(keysPage(m.keys), row) {
		t.Error("the page of keys does not have it")
	}
	m.Update(typed("?"))
	if screen := plain(m); !strings.Contains(screen, "W w") || !strings.Contains(screen, "what a test adds") {
		t.Error("the help does not show it")
	}
	m.Update(typed("?"))

	pressed = ""
	m.Update(typed("!"))
	m.Update(typed("W"))
	if pressed != "" || m.notice.text != lockedText {
		t.Errorf("locked, a press does %q and says %q", pressed, m.notice.text)
	}
	if slices.Contains(m.frame.Footer, hint) {
		t.Error("the footer names a locked key")
	}
	if fresh := newKeyTable(); fresh.says("W", "what a test adds") {
		t.Error("the table of the dashboard has changed")
	}
}

func TestEachReasonHasASentenceAndComesInTheOrderOfItsKind(t *testing.T) {
	m := still(t, 80, 24)
	var before offKind
	for n, r := range reasons() {
		if r.missing == nil || r.says == nil || r.says(m, "c") == "" {
			t.Fatalf("reason %d is not whole", n)
		}
		if r.kind < before {
			t.Errorf("%q comes after a reason that is said", r.says(m, "c"))
		}
		before = r.kind
	}
	if n := len(reasons()); n != int(thePresent)+1 {
		t.Errorf("%d reasons", n)
	}
}

func TestAKeyThatIsOffSaysWhyAndIsNotInTheFooter(t *testing.T) {
	states := map[string]struct {
		set  func(*Model)
		says func(key string) string
	}{
		"locked": {func(m *Model) { m.locked = true }, func(string) string { return lockedText }},
		"ended": {
			func(m *Model) { m.frame.Snap.Ended = true },
			func(string) string { return "the run has ended; ctrl+r starts it again" },
		},
		"past": {
			func(m *Model) { m.past.Frozen = true },
			func(key string) string { return "this is the past; z goes back to the present, where " + key + " acts" },
		},
		"no sensor": {
			func(m *Model) { m.filter, m.frame.Order, m.ordered = "zzz", []int{}, ordering{filter: "zzz"} },
			func(string) string { return "no sensor matches the filter; esc shows all" },
		},
	}
	for name, state := range states {
		off := 0
		for _, g := range keyGroups() {
			for _, row := range g.rows {
				m := still(t, 120, 36)
				m.opts.History = history.New(stats.New())
				state.set(m)
				m.plan()
				if why := m.keys.off(m, row); why == nil || why.kind != refused {
					continue
				}
				off++
				for _, h := range m.frame.Footer {
					if slices.Contains(row.Keys(), h.Key) {
						t.Errorf("%s: the footer names %q", name, h.Key)
					}
				}
				key := row.Keys()[0]
				m.Update(typed(key))
				if got, want := m.notice.text, state.says(key); got != want {
					t.Errorf("%s: %s says %q, not %q", name, key, got, want)
				}
				if told := m.opts.Engine.(*deafEngine).commands(); len(told) > 0 || m.top() != nil {
					t.Errorf("%s: %s acts", name, key)
				}
			}
		}
		if off == 0 {
			t.Errorf("%s: no key is off", name)
		}
	}
}
