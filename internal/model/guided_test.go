package model

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"resiltui/internal/model/tour"
	"resiltui/internal/stats/verdict"
)

// tourSizes are the ones that the tour is made for.
func tourSizes() [][2]int { return [][2]int{{120, 36}, {80, 24}} }

func TestAnAutomaticTourComesToItsEndWithinTwoMinutes(t *testing.T) {
	for _, size := range tourSizes() {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			o := rigOptions{width: size[0], height: size[1], model: Options{Tour: tour.Automatic, ShowKeys: true}}
			withRig(t, o, func(t *testing.T, r *rig) {
				start := time.Now()
				for i, title := range []string{"a retry", "an opening", "a failed probe", "N = 2 good probes", "a strategy", "the verdict"} {
					r.sees(fmt.Sprintf(`tour %d of 6: %s`, i+1, title), 15*time.Second)
					r.sees(`(?m)^ ● `, 40*time.Second)
				}
				r.sees(`tour: that was all of it`, 15*time.Second)
				if took := time.Since(start); took > 2*time.Minute {
					t.Errorf("the tour took %v", took)
				}
				r.pass(20 * time.Second)
				r.sees(`tour: that was all of it`, 0)
				r.press("esc", "esc")
				r.seesNot(`tour`)
				if lines := strings.Count(r.screen(), "\n") + 1; lines != size[1] || r.frame().Height != size[1] {
					t.Errorf("after the tour the screen has %d lines of %d", lines, size[1])
				}
			})
		})
	}
}

// strip is what the tour says, without line breaks.
func (r *rig) strip() string {
	lines := strings.Split(r.screen(), "\n")
	return strings.Join(strings.Fields(strings.Join(lines[max(len(lines)-4, 0):], " ")), " ")
}

// A person who presses what the strip asks for, and > when it is done, comes to
// the end.
func TestATourLeadsThroughByItsOwnWords(t *testing.T) {
	asks := regexp.MustCompile(`» press (\S+?):? `)
	withRig(t, rigOptions{model: Options{Tour: tour.Guided}}, func(t *testing.T, r *rig) {
		for start := time.Now(); time.Since(start) < 3*time.Minute; r.pass(time.Second) {
			strip := r.strip()
			asked := asks.FindStringSubmatch(strip)
			switch {
			case strings.Contains(strip, "that was all of it"):
				return
			case strings.Contains(strip, " ● "):
				r.press(">")
			case asked != nil:
				key := asked[1]
				if arrow, ok := map[string]string{"→": "right", "←": "left"}[key]; ok {
					key = arrow
				}
				r.press(key)
			}
		}
		t.Fatalf("it has not come to its end:\n%s", r.screen())
	})
}

func TestAFilterThatHidesTheTourIsTakenAway(t *testing.T) {
	for filter, hides := range map[string]bool{"zzz": true, "coolant": true, "S": false} {
		withRig(t, rigOptions{width: 100, height: 30, model: Options{Tour: tour.Guided}}, func(t *testing.T, r *rig) {
			r.pass(time.Second)
			r.press("/")
			for _, c := range filter {
				r.press(string(c))
			}
			r.press("enter")
			r.pass(time.Second)
			if !hides {
				r.sees(`press → until S1 intake is selected`, soon)
				return
			}
			r.sees(`press esc: the filter hides what this is about`, soon)
			r.press("esc")
			r.sees(`press [←→] until S1 intake is selected`, soon)
		})
	}
}

func TestATourIsSkippedThroughAndBackAndLeft(t *testing.T) {
	m := still(t, 80, 24)
	m.tour = tour.New(tour.Guided)
	m.Update(sized(80, 24))
	m.Update(typed("<"))
	for i := range 8 {
		want := fmt.Sprintf("tour %d of 6", i+1)
		if i >= 6 {
			want = "tour: that was all of it"
		}
		if out := plain(m); !strings.Contains(out, want) || strings.Count(out, "\n") != 23 {
			t.Fatalf("after %d steps:\n%s", i, out)
		}
		m.Update(typed(">"))
	}
	m.Update(typed("<"))
	if out := plain(m); !strings.Contains(out, "tour 6 of 6") {
		t.Errorf("back is\n%s", out)
	}
	old := m.tour
	m.Update(typed("esc"))
	m.Update(tour.TickMsg{Tour: old}) // its last tick
	if m.tour != nil || m.frame.Height != 24 || strings.Contains(plain(m), "tour") {
		t.Errorf("esc does not leave it:\n%s", plain(m))
	}
	m.Update(typed(">"))
}

func TestTheTourIsAmongTheScenarios(t *testing.T) {
	all := builtin(t)
	pipeline := all[slices.IndexFunc(all, func(s Scenario) bool { return s.Name == tour.Scenario })]
	pipeline.Name, pipeline.Tour = "tour", true
	all = append(all, pipeline)
	withRig(t, rigOptions{model: Options{Scenarios: all}}, func(t *testing.T, r *rig) {
		r.pass(time.Second)
		r.press("S", "G", "enter")
		r.sees(`tour 1 of 6`, soon)
		r.press("esc")
		r.sees(`the tour is left; S has it again`, soon)
		r.seesNot(`tour \d of`)
	})
}

func TestTheTourSaysEscOnlyWhereEscLeavesIt(t *testing.T) {
	m := still(t, 80, 24)
	m.tour = tour.New(tour.Guided)
	m.Update(sized(80, 24))
	for _, c := range []struct {
		key    string
		leaves bool
	}{{"enter", false}, {"esc", true}, {"*", false}, {"esc", true}} {
		m.Update(typed(c.key))
		if out := plain(m); strings.Contains(out, "esc leaves the tour") != c.leaves {
			t.Errorf("after %s it is not as it should be whether esc leaves the tour:\n%s", c.key, out)
		}
	}
}

func TestAnotherScenarioEndsTheTour(t *testing.T) {
	o := rigOptions{model: Options{Tour: tour.Guided, Scenarios: builtin(t)}}
	withRig(t, o, func(t *testing.T, r *rig) {
		r.pass(time.Second)
		r.press("S", "j", "enter")
		r.pass(time.Second)
		r.seesNot(`tour \d of`)
		r.sees(`resiltui +retry`, soon)
	})
}

func TestTheWordsOfTheStripAreButtons(t *testing.T) {
	m := still(t, 80, 24)
	m.tour = tour.New(tour.Guided)
	m.Update(sized(80, 24))
	last := func(text string) tea.MouseClickMsg { // a click on it in the strip
		lines := strings.Split(plain(m), "\n")
		for y := len(lines) - 1; y >= m.frame.Height; y-- {
			if before, _, found := strings.Cut(lines[y], text); found {
				return tea.MouseClickMsg{X: ansi.StringWidth(before), Y: y, Button: tea.MouseLeft}
			}
		}
		t.Fatalf("%q is not in the strip:\n%s", text, plain(m))
		return tea.MouseClickMsg{}
	}
	if m.Update(last("> skip")); !strings.Contains(plain(m), "tour 2 of 6") {
		t.Errorf("a click on > leads to\n%s", plain(m))
	}
	if m.Update(last("< back")); !strings.Contains(plain(m), "tour 1 of 6") {
		t.Errorf("a click on < leads to\n%s", plain(m))
	}
	selected := m.frame.Selected
	m.Update(tea.MouseClickMsg{X: 3, Y: 22, Button: tea.MouseLeft}) // the text is none
	if !strings.Contains(plain(m), "tour 1 of 6") || m.frame.Selected != selected {
		t.Error("a click on the text does something")
	}
	if m.Update(last("esc leaves")); m.tour != nil {
		t.Error("a click on esc does not leave the tour")
	}
}

func TestTheTourSeesWhatIsOnTheScreen(t *testing.T) {
	for _, c := range []struct {
		what string
		do   func(m *Model)
		want tour.Screen
	}{
		{"the overview", func(*Model) {}, tour.Screen{}},
		{"another page", func(m *Model) { press(m, "2", "right") }, tour.Screen{Page: tour.Elsewhere, Selected: 1}},
		{"the strategies", func(m *Model) { press(m, "4") }, tour.Screen{Page: tour.Strategies}},
		{"a sensor in full", func(m *Model) { press(m, "enter") }, tour.Screen{Detail: true}},
		{"keys for all", func(m *Model) { press(m, "*") }, tour.Screen{All: true}},
		{"a dialog", func(m *Model) { press(m, "?") }, tour.Screen{Covered: true}},
		{"the past", func(m *Model) { m.past.Frozen = true }, tour.Screen{Frozen: true}},
		{"a pause", func(m *Model) { m.frame.Snap.Paused = true }, tour.Screen{Paused: true}},
		{"a verdict", func(m *Model) {
			m.frame.Snap.Verdicts = append(m.frame.Snap.Verdicts, verdict.Verdict{})
			m.popup.Show(verdict.Verdict{})
		}, tour.Screen{Verdict: true, Verdicts: true}},
		{"a filter", func(m *Model) { m.filter, m.frame.Order = "x", []int{2} }, tour.Screen{Shown: []int{2}}},
		{"an order", func(m *Model) { m.frame.Order = []int{2, 1} }, tour.Screen{}},
	} {
		m := still(t, 120, 36)
		c.do(m)
		got := m.tourScreen()
		got.Calls = 0 // as many as there is room for
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", c.what, diff)
		}
	}
	m := still(t, 80, 18)
	if s := m.tourScreen(); !s.Rows || s.Calls != m.layout.Columns || s.Calls == 0 {
		t.Errorf("on a small screen it sees %+v", s)
	}
}
