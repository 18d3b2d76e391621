package model

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
	"pgregory.net/rapid"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/sensors/fault"
	"resiltui/internal/views/page"
	"resiltui/internal/views/page/retries"
	"resiltui/internal/views/page/strategies"
)

// tourSizes are the ones that the tour is made for.
func tourSizes() [][2]int { return [][2]int{{120, 36}, {80, 24}} }

func TestAnAutomaticTourComesToItsEndWithinTwoMinutes(t *testing.T) {
	for _, size := range tourSizes() {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			o := rigOptions{width: size[0], height: size[1], model: Options{Tour: Automatic, ShowKeys: true}}
			withRig(t, o, func(t *testing.T, r *rig) {
				start := time.Now()
				for i, step := range tourSteps() {
					r.sees(fmt.Sprintf(`tour %d of 6: %s`, i+1, step.title), 15*time.Second)
					r.seesWhole(step.text)
					r.sees(`(?m)^ ● `, 40*time.Second)
					r.seesWhole(step.saw)
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

// seesWhole fails unless a text stands in the last four lines of the screen,
// wherever its lines are broken, and nothing of it is cut.
func (r *rig) seesWhole(text string) {
	r.t.Helper()
	lines := strings.Split(r.screen(), "\n")
	strip := strings.Join(strings.Fields(strings.Join(lines[max(len(lines)-4, 0):], " ")), " ")
	if !strings.Contains(strip, strings.Join(strings.Fields(text), " ")) {
		r.t.Errorf("%q is not in the strip:\n%s", text, strip)
	}
}

// A person who presses what the strip asks for, and > when it is done, comes to
// the end.
func TestATourLeadsThroughByItsOwnWords(t *testing.T) {
	withRig(t, rigOptions{model: Options{Tour: Guided}}, func(t *testing.T, r *rig) {
		state := func() (at int, done bool, next move) {
			r.seen.mu.Lock()
			defer r.seen.mu.Unlock()
			if at, done = r.seen.tour.at, r.seen.tour.done; at < 6 && !done {
				next = r.seen.tour.next()
			}
			return at, done, next
		}
		for start := time.Now(); time.Since(start) < 3*time.Minute; r.pass(time.Second) {
			at, done, next := state()
			switch {
			case at == 6:
				return
			case done:
				r.press(">")
			case next.key != "":
				r.seesWhole(next.words)
				r.press(next.key)
			default:
				r.seesWhole(next.words)
			}
		}
		t.Fatalf("it has not come to its end:\n%s", r.screen())
	})
}

func TestNoStepIsDoneBeforeItWasDone(t *testing.T) {
	nothing := facts{State: breaker.Closed}
	for i, s := range tourSteps() {
		if s.done(&nothing) {
			t.Errorf("step %d is done from the start", i+1)
		}
		if m := s.next(&nothing); m.words == "" || m.key == "" {
			t.Errorf("step %d begins with %+v", i+1, m)
		}
	}
}

func TestAStepAsksForWhatIsMissing(t *testing.T) {
	open := facts{Selected: 3, Crash: true, State: breaker.Open}
	with := func(f facts, change func(*facts)) facts { change(&f); return f }
	for _, c := range []struct {
		what string
		step int
		f    facts
		key  string
		done bool
	}{
		{"another sensor", 0, facts{}, "right", false},
		{"past the sensor", 0, facts{Selected: 3}, "left", false},
		{"another page", 0, facts{Selected: 1, Page: retries.Page{}}, "1", false},
		{"no retry yet", 0, facts{Selected: 1}, "", false},
		{"a retry elsewhere", 0, facts{Selected: 2, Saved: 1}, "left", false},
		{"a retry", 0, facts{Selected: 1, Saved: 1}, "", true},

		{"a retry on rows without calls", 0, facts{Selected: 1, Saved: 1, Bare: true}, "enter", false},
		{"a retry in full", 0, facts{Selected: 1, Saved: 1, Bare: true, Detail: true}, "", true},

		{"another fault", 1, facts{Selected: 3, Other: true, State: breaker.Closed}, "r", false},
		{"open by another fault", 1, facts{Selected: 3, Other: true, State: breaker.Open}, "r", false},
		{"nothing crashed", 1, facts{Selected: 3, State: breaker.Closed}, "c", false},
		{"keys act on all", 1, facts{Selected: 3, State: breaker.Closed, All: true}, "*", false},
		{"crashed", 1, facts{Selected: 3, Crash: true, State: breaker.Closed}, "", false},
		{"open by hand", 1, facts{Selected: 3, State: breaker.ForcedOpen}, "c", false},
		{"open", 1, open, "", true},

		{"overview", 2, open, "enter", false},
		{"mended already", 2, facts{Selected: 3, Detail: true, State: breaker.HalfOpen}, "c", false},
		{"a neighbour in full", 2, with(open, func(f *facts) { f.Detail, f.Selected = true, 4 }), "left", false},
		{"in full", 2, with(open, func(f *facts) { f.Detail = true }), "", false},
		{"failed, not looked at", 2, with(open, func(f *facts) { f.Failed = 1 }), "enter", false},
		{"failed", 2, with(open, func(f *facts) { f.Detail, f.Failed = true, 1 }), "", true},

		{"crashed", 3, open, "r", false},
		{"not seen yet", 3, with(open, func(f *facts) { f.State = breaker.Closed }), "", false},
		{"another fault is left", 3, with(open, func(f *facts) { f.Crash, f.Other = false, true }), "r", false},
		{"mended", 3, with(open, func(f *facts) { f.Crash = false }), "", false},
		{"nothing to mend", 3, facts{Selected: 3, State: breaker.Closed}, "c", false},
		{"closed", 3, facts{Selected: 3, State: breaker.Closed, Closed: 1}, "c", true},

		{"overview", 4, facts{}, "4", false},
		{"a detail over it", 4, facts{Page: strategies.Page{}, Detail: true, Looked: time.Minute}, "4", false},
		{"a glance", 4, facts{Page: strategies.Page{}, Looked: time.Second}, "", false},
		{"looked at", 4, facts{Page: strategies.Page{}, Looked: looked}, "", true},

		{"there is one", 5, facts{Verdicts: true}, "v", false},
		{"none, open", 5, open, "r", false},
		{"none, crashed", 5, with(open, func(f *facts) { f.State = breaker.Closed }), "", false},
		{"none, another fault is left", 5, facts{Selected: 3, Other: true, State: breaker.Closed}, "r", false},
		{"none, mended", 5, with(open, func(f *facts) { f.Crash = false }), "", false},
		{"none, well", 5, facts{Selected: 3, State: breaker.Closed}, "c", false},
		{"shown", 5, facts{Verdict: true, Verdicts: true}, "v", true},
	} {
		t.Run(fmt.Sprintf("%d %s", c.step+1, c.what), func(t *testing.T) {
			s := tourSteps()[c.step]
			if got := s.next(&c.f); got.key != c.key || got.words == "" {
				t.Errorf("next is %+v, want %q", got, c.key)
			}
			if got := s.done(&c.f); got != c.done {
				t.Errorf("done is %v", got)
			}
		})
	}
}

func TestWhatStandsInTheWayComesFirst(t *testing.T) {
	for key, f := range map[string]facts{
		"esc": {Covered: true, Paused: true, Frozen: true, Hidden: true}, "z": {Frozen: true, Paused: true}, "space": {Paused: true},
	} {
		tr := newTour(Guided)
		tr.facts = f
		if got := tr.next(); got.key != key || !strings.Contains(got.words, "press "+key) {
			t.Errorf("next is %+v, want %q", got, key)
		}
	}
}

func TestAFilterThatHidesTheTourIsTakenAway(t *testing.T) {
	for filter, hides := range map[string]bool{"zzz": true, "coolant": true, "S": false} {
		withRig(t, rigOptions{width: 100, height: 30, model: Options{Tour: Guided}}, func(t *testing.T, r *rig) {
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

func TestTheTourCountsOnlyWhatItIsAbout(t *testing.T) {
	tr := newTour(Guided)
	change := func(sensor int, to breaker.State, why breaker.Reason) event.Event {
		return event.Event{Kind: event.StateChanged, Sensor: sensor, Change: &event.Change{To: to, Reason: why}}
	}
	injected := func(kind event.Kind, f fault.Number) event.Event {
		return event.Event{Kind: kind, Sensor: tourSteady, Fault: &event.Fault{Fault: fault.Default(f)}}
	}
	tr.see([]event.Event{
		{Kind: event.CallEnded, Sensor: tourFlaky, Call: event.Call{Result: event.Live, Attempts: 1}},
		{Kind: event.CallEnded, Sensor: tourFlaky, Call: event.Call{Result: event.Stale, Attempts: 3}},
		{Kind: event.CallEnded, Sensor: 0, Call: event.Call{Result: event.Live, Attempts: 2}},
		change(2, breaker.Open, breaker.ProbeFailed), change(4, breaker.Closed, breaker.ProbesSucceeded),
		{Kind: event.FaultBegan, Sensor: 0},
	})
	if tr.facts != (facts{State: breaker.Closed}) {
		t.Errorf("what happened elsewhere counts: %+v", tr.facts)
	}
	tr.see([]event.Event{
		{Kind: event.CallEnded, Sensor: tourFlaky, Call: event.Call{Result: event.Live, Attempts: 2}},
		injected(event.FaultBegan, fault.Crash), injected(event.FaultBegan, fault.Slow), injected(event.FaultBegan, fault.Crash),
		injected(event.FaultEnded, fault.Crash),
		change(tourSteady, breaker.Open, breaker.ProbeFailed), change(tourSteady, breaker.Closed, breaker.ProbesSucceeded),
		change(tourSteady, breaker.Open, breaker.TooManyFailures),
	})
	if want := (facts{State: breaker.Open, Crash: true, Other: true, Saved: 1, Failed: 1, Closed: 1}); tr.facts != want {
		t.Errorf("the facts are %+v, want %+v", tr.facts, want)
	}
	tr.see([]event.Event{injected(event.FaultEnded, fault.Slow)})
	if tr.facts.Other || !tr.facts.Crash {
		t.Errorf("after the end of the slow one: %+v", tr.facts)
	}
	tr.see([]event.Event{{Kind: event.RunStarted, Sensor: event.NoSensor}})
	if tr.facts.Crash || tr.facts.State != breaker.Closed {
		t.Errorf("a new run begins with %+v", tr.facts)
	}
}

func TestATourIsSkippedThroughAndBackAndLeft(t *testing.T) {
	m := still(t, 80, 24)
	m.tour = newTour(Guided)
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
	if m.tour.at != 5 {
		t.Errorf("back is step %d", m.tour.at+1)
	}
	old := m.tour
	m.Update(typed("esc"))
	m.Update(tourMsg{old}) // its last tick
	if m.tour != nil || m.frame.Height != 24 || strings.Contains(plain(m), "tour") {
		t.Errorf("esc does not leave it:\n%s", plain(m))
	}
	m.Update(typed(">"))
}

func TestAStepThatTakesLongSaysHowToSkipIt(t *testing.T) {
	tr := newTour(Guided)
	if got := tr.guide(false).Then; strings.Contains(got, "skips") {
		t.Errorf("at the start it says %q", got)
	}
	tr.inStep = tourLong
	if got := tr.guide(false).Then; !strings.Contains(got, "> skips this step") {
		t.Errorf("after %v it says %q", tourLong, got)
	}
}

// The narrowest terminal that the tour is for leaves 56 cells behind the sign.
func TestTheWordsOfTheTourFitSixtyColumns(t *testing.T) {
	const room = 56
	rapid.Check(t, func(rt *rapid.T) {
		flag := func(name string) bool { return rapid.Bool().Draw(rt, name) }
		f := facts{
			Page: rapid.SampledFrom(page.All()).Draw(rt, "page"), Selected: rapid.IntRange(0, 4).Draw(rt, "selected"),
			Detail: flag("detail"), Verdicts: flag("verdicts"), Covered: flag("covered"), Frozen: flag("frozen"),
			Paused: flag("paused"), All: flag("all"), Bare: flag("bare"), Crash: flag("crash"), Other: flag("other"),
			State: rapid.SampledFrom([]breaker.State{breaker.Closed, breaker.Open, breaker.HalfOpen, breaker.ForcedOpen}).Draw(rt, "state"),
		}
		tr := newTour(Guided)
		tr.facts = f
		tr.to(rapid.IntRange(0, 5).Draw(rt, "step"))
		for _, words := range []string{tr.next().words, tr.steps[tr.at].saw} {
			if n := ansi.StringWidth(words); n > room || n == 0 {
				rt.Errorf("%q takes %d of %d cells", words, n, room)
			}
		}
		if n := len(strings.Split(ansi.Wordwrap(tr.steps[tr.at].text, 58, ""), "\n")); n > 2 {
			rt.Errorf("%q takes %d lines", tr.steps[tr.at].text, n)
		}
	})
}

func TestAStepThatWasDoneNeedNotBeDoneAgain(t *testing.T) {
	m := still(t, 80, 24)
	m.tour = newTour(Guided)
	m.Update(sized(80, 24))
	m.frame.Selected, m.tour.facts.Saved = tourFlaky, 1
	m.ticked(tourMsg{m.tour})
	m.Update(typed(">"))
	m.Update(typed("<"))
	if out := plain(m); !strings.Contains(out, "a + came") {
		t.Errorf("the step asks again:\n%s", out)
	}
}

func TestTheTourIsAmongTheScenarios(t *testing.T) {
	all := builtin(t)
	pipeline := all[slices.IndexFunc(all, func(s Scenario) bool { return s.Name == tourScenario })]
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
	m.tour = newTour(Guided)
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
	o := rigOptions{model: Options{Tour: Guided, Scenarios: builtin(t)}}
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
	m.tour = newTour(Guided)
	m.Update(sized(80, 24))
	box := m.guideBox()
	hit := func(key string) tea.MouseClickMsg {
		for x := range 80 {
			if _, k := box.Hit(x, 0); k == key {
				return tea.MouseClickMsg{X: x, Y: m.frame.Height, Button: tea.MouseLeft}
			}
		}
		t.Fatalf("%q is no button", key)
		return tea.MouseClickMsg{}
	}
	m.Update(hit(">"))
	if m.tour.at != 1 {
		t.Errorf("a click on > leads to step %d", m.tour.at+1)
	}
	box = m.guideBox()
	m.Update(hit("<"))
	if m.tour.at != 0 {
		t.Errorf("a click on < leads to step %d", m.tour.at+1)
	}
	selected := m.frame.Selected
	m.Update(tea.MouseClickMsg{X: 3, Y: 22, Button: tea.MouseLeft}) // the text is none
	if m.tour.at != 0 || m.frame.Selected != selected {
		t.Error("a click on the text does something")
	}
	box = m.guideBox()
	m.Update(hit("esc"))
	if m.tour != nil {
		t.Error("a click on esc does not leave the tour")
	}
}

func TestTheStripFitsEveryScreen(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := still(t, rapid.IntRange(0, 200).Draw(rt, "width"), rapid.IntRange(0, 60).Draw(rt, "height"))
		m.tour = newTour(Guided)
		m.tour.to(rapid.IntRange(0, 6).Draw(rt, "step"))
		m.tour.done = m.tour.at < 6 && rapid.Bool().Draw(rt, "done")
		m.Update(sized(m.width, m.height))
		out := m.View().Content
		if m.height <= 0 {
			return
		}
		lines := strings.Split(out, "\n")
		if len(lines) != m.height {
			rt.Fatalf("%d lines on a terminal of %d × %d", len(lines), m.width, m.height)
		}
		for i, l := range lines {
			if w := ansi.StringWidth(l); w > m.width {
				rt.Fatalf("line %d is %d wide on a terminal of %d × %d", i, w, m.width, m.height)
			}
		}
	})
}

func TestTheStripInPictures(t *testing.T) {
	for _, size := range [][2]int{{120, 36}, {80, 24}, {60, 16}, {40, 12}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			m := still(t, size[0], size[1])
			m.tour = newTour(Guided)
			m.Update(sized(size[0], size[1]))
			var out []string
			for i := range 7 {
				m.tour.to(i)
				out = append(out, ansi.Strip(m.guideBox().Text))
				if i < 6 {
					m.tour.done = true
					out = append(out, ansi.Strip(m.guideBox().Text))
				}
			}
			golden.RequireEqual(t, strings.Join(out, "\n"))
		})
	}
}
