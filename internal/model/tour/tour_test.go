package tour

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
	"pgregory.net/rapid"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/model/dialog/dialogtest"
	"resiltui/internal/sensors/fault"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

func TestNoStepIsDoneBeforeItWasDone(t *testing.T) {
	nothing := facts{State: breaker.Closed}
	for i, s := range allSteps() {
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
		{"another page", 0, facts{Selected: 1, Page: Elsewhere}, "1", false},
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
		{"a detail over it", 4, facts{Page: Strategies, Detail: true, Looked: time.Minute}, "4", false},
		{"a glance", 4, facts{Page: Strategies, Looked: time.Second}, "", false},
		{"looked at", 4, facts{Page: Strategies, Looked: looked}, "", true},

		{"there is one", 5, facts{Verdicts: true}, "v", false},
		{"none, open", 5, open, "r", false},
		{"none, crashed", 5, with(open, func(f *facts) { f.State = breaker.Closed }), "", false},
		{"none, another fault is left", 5, facts{Selected: 3, Other: true, State: breaker.Closed}, "r", false},
		{"none, mended", 5, with(open, func(f *facts) { f.Crash = false }), "", false},
		{"none, well", 5, facts{Selected: 3, State: breaker.Closed}, "c", false},
		{"shown", 5, facts{Verdict: true, Verdicts: true}, "v", true},
	} {
		t.Run(fmt.Sprintf("%d %s", c.step+1, c.what), func(t *testing.T) {
			s := allSteps()[c.step]
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
		tr := New(Guided)
		tr.facts = f
		if got := tr.next(); got.key != key || !strings.Contains(got.words, "press "+key) {
			t.Errorf("next is %+v, want %q", got, key)
		}
	}
}

func TestTheTourCountsOnlyWhatItIsAbout(t *testing.T) {
	tr := New(Guided)
	change := func(sensor int, to breaker.State, why breaker.Reason) event.Event {
		return event.Event{Kind: event.StateChanged, Sensor: sensor, Change: &event.Change{To: to, Reason: why}}
	}
	injected := func(kind event.Kind, f fault.Number) event.Event {
		return event.Event{Kind: kind, Sensor: steady, Fault: &event.Fault{Fault: fault.Default(f)}}
	}
	tr.See([]event.Event{
		{Kind: event.CallEnded, Sensor: flaky, Call: event.Call{Result: event.Live, Attempts: 1}},
		{Kind: event.CallEnded, Sensor: flaky, Call: event.Call{Result: event.Stale, Attempts: 3}},
		{Kind: event.CallEnded, Sensor: 0, Call: event.Call{Result: event.Live, Attempts: 2}},
		change(2, breaker.Open, breaker.ProbeFailed), change(4, breaker.Closed, breaker.ProbesSucceeded),
		{Kind: event.FaultBegan, Sensor: 0},
	})
	if tr.facts != (facts{State: breaker.Closed}) {
		t.Errorf("what happened elsewhere counts: %+v", tr.facts)
	}
	tr.See([]event.Event{
		{Kind: event.CallEnded, Sensor: flaky, Call: event.Call{Result: event.Live, Attempts: 2}},
		injected(event.FaultBegan, fault.Crash), injected(event.FaultBegan, fault.Slow), injected(event.FaultBegan, fault.Crash),
		injected(event.FaultEnded, fault.Crash),
		change(steady, breaker.Open, breaker.ProbeFailed), change(steady, breaker.Closed, breaker.ProbesSucceeded),
		change(steady, breaker.Open, breaker.TooManyFailures),
	})
	if want := (facts{State: breaker.Open, Crash: true, Other: true, Saved: 1, Failed: 1, Closed: 1}); tr.facts != want {
		t.Errorf("the facts are %+v, want %+v", tr.facts, want)
	}
	tr.See([]event.Event{injected(event.FaultEnded, fault.Slow)})
	if tr.facts.Other || !tr.facts.Crash {
		t.Errorf("after the end of the slow one: %+v", tr.facts)
	}
	tr.See([]event.Event{{Kind: event.RunStarted, Sensor: event.NoSensor}})
	if tr.facts.Crash || tr.facts.State != breaker.Closed {
		t.Errorf("a new run begins with %+v", tr.facts)
	}
}

func TestAStepThatTakesLongSaysHowToSkipIt(t *testing.T) {
	tr := New(Guided)
	if got := tr.guide(false).Then; strings.Contains(got, "skips") {
		t.Errorf("at the start it says %q", got)
	}
	tr.inStep = longTime
	if got := tr.guide(false).Then; !strings.Contains(got, "> skips this step") {
		t.Errorf("after %v it says %q", longTime, got)
	}
}

// The narrowest terminal that the tour is for leaves 56 cells behind the sign.
func TestTheWordsOfTheTourFitSixtyColumns(t *testing.T) {
	const room = 56
	rapid.Check(t, func(rt *rapid.T) {
		flag := func(name string) bool { return rapid.Bool().Draw(rt, name) }
		f := facts{
			Page: rapid.SampledFrom([]Page{Overview, Strategies, Elsewhere}).Draw(rt, "page"), Selected: rapid.IntRange(0, 4).Draw(rt, "selected"),
			Detail: flag("detail"), Verdicts: flag("verdicts"), Covered: flag("covered"), Frozen: flag("frozen"),
			Paused: flag("paused"), All: flag("all"), Bare: flag("bare"), Crash: flag("crash"), Other: flag("other"),
			State: rapid.SampledFrom([]breaker.State{breaker.Closed, breaker.Open, breaker.HalfOpen, breaker.ForcedOpen}).Draw(rt, "state"),
		}
		tr := New(Guided)
		tr.facts = f
		tr.to(rapid.IntRange(0, 5).Draw(rt, "step"))
		for _, words := range []string{tr.next().words, tr.steps[tr.at].saw} {
			if n := ansi.StringWidth(words); n > room || n == 0 {
				rt.Errorf("%q takes %d of %d cells", words, n, room)
			}
		}
		if n := len(words.Wrap(tr.steps[tr.at].text, 58, 0)); n > 2 {
			rt.Errorf("%q takes %d lines", tr.steps[tr.at].text, n)
		}
	})
}

func TestAStepThatWasDoneNeedNotBeDoneAgain(t *testing.T) {
	tr := New(Guided)
	tr.facts.Saved = 1
	tr.Ticked(Screen{Selected: flaky})
	tr.On()
	tr.Back()
	if g := tr.guide(false); !g.Done || !strings.Contains(g.Do, "a + came") {
		t.Errorf("the step asks again: %+v", g)
	}
}

func TestWhatNobodySawDoesNotCount(t *testing.T) {
	for _, c := range []struct {
		what          string
		s             Screen
		saved, failed int
	}{
		{"both in full", Screen{Selected: flaky, Detail: true}, 1, 0},
		{"its row on the overview", Screen{Selected: flaky}, 1, 0},
		{"a row with room for enough calls", Screen{Selected: flaky, Rows: true, Calls: leastCalls}, 1, 0},
		{"a row with no room for calls", Screen{Selected: flaky, Rows: true, Calls: leastCalls - 1}, 0, 0},
		{"another page", Screen{Selected: flaky, Page: Elsewhere}, 0, 0},
		{"another sensor", Screen{Selected: 2}, 0, 0},
		{"the steady one in full", Screen{Selected: steady, Detail: true}, 0, 1},
		{"the steady one on the overview", Screen{Selected: steady}, 0, 0},
	} {
		tr := New(Guided)
		tr.facts.Saved, tr.facts.Failed = 1, 1
		if tr.look(c.s); tr.facts.Saved != c.saved || tr.facts.Failed != c.failed {
			t.Errorf("%s: %d saved and %d failed count", c.what, tr.facts.Saved, tr.facts.Failed)
		}
	}
}

func TestAFilterHidesTheTourWhereItLeavesOutASensorOfIt(t *testing.T) {
	for _, c := range []struct {
		shown  []int
		hidden bool
	}{{nil, false}, {[]int{}, true}, {[]int{flaky}, true}, {[]int{0, steady, flaky}, false}} {
		tr := New(Guided)
		if tr.look(Screen{Shown: c.shown}); tr.facts.Hidden != c.hidden {
			t.Errorf("with %v shown it is hidden: %v", c.shown, tr.facts.Hidden)
		}
	}
}

func TestAPageIsLookedAtFromWhenItIsShown(t *testing.T) {
	tr := New(Guided)
	for range 10 {
		tr.Ticked(Screen{})
	}
	for i := range 3 {
		if tr.Ticked(Screen{Page: Strategies}); tr.facts.Looked != time.Duration(i)*tickTime {
			t.Errorf("after %d ticks it was looked at for %v", i+1, tr.facts.Looked)
		}
	}
}

func TestAnAutomaticTourPressesWhatItNamesInItsTime(t *testing.T) {
	tr := New(Automatic)
	at := func(d time.Duration, s Screen) (keys []string) {
		for end := tr.inStep + d; tr.inStep < end; {
			if key := tr.Ticked(s); key != "" {
				keys = append(keys, fmt.Sprint(tr.inStep, " ", key))
			}
		}
		return keys
	}
	if got := at(9*time.Second, Screen{}); !slices.Equal(got, []string{"5s right", "6.8s right", "8.6s right"}) {
		t.Errorf("on the first sensor it presses %v", got)
	}
	if got := at(5*time.Second, Screen{Selected: flaky}); len(got) > 0 {
		t.Errorf("while there is only to wait it presses %v", got)
	}
	tr.facts.Saved = 1
	tr.look(Screen{Selected: flaky})
	if got := at(seenTime, Screen{Selected: flaky}); !tr.done || !slices.Equal(got, []string{"6s >"}) {
		t.Errorf("once it is done it presses %v", got)
	}
	tr.to(len(tr.steps))
	if got := at(time.Minute, Screen{}); len(got) > 0 {
		t.Errorf("at the farewell it presses %v", got)
	}
	guided := New(Guided)
	for range 100 {
		if key := guided.Ticked(Screen{}); key != "" {
			t.Fatalf("a guided tour presses %q", key)
		}
	}
}

// drawn is the strip of a tour on a terminal of a size.
func drawn(tr *Tour, width, height int) draw.Box {
	return tr.Box(false, width, tr.Height(width, height), draw.NewLook(draw.Options{}, true))
}

func TestTheStripHasTheWholeTexts(t *testing.T) {
	for _, size := range [][2]int{{120, 36}, {80, 24}} {
		tr := New(Guided)
		sees := func(text string) {
			t.Helper()
			strip := strings.Join(strings.Fields(ansi.Strip(drawn(tr, size[0], size[1]).String())), " ")
			if !strings.Contains(strip, strings.Join(strings.Fields(text), " ")) {
				t.Errorf("%q is not in the strip:\n%s", text, strip)
			}
		}
		for i, step := range tr.steps {
			tr.to(i)
			sees(step.title)
			sees(step.text)
			sees(tr.next().words)
			tr.done = true
			sees(step.saw)
		}
	}
}

func TestTheWordsOfTheStripAreItsKeys(t *testing.T) {
	tr := New(Guided)
	keys := func() (found []string) {
		box := drawn(tr, 80, 24)
		for x := range 80 {
			if _, key := box.Hit(x, 0); key != "" && !slices.Contains(found, key) {
				found = append(found, key)
			}
			if _, key := box.Hit(x, 1); key != "" {
				t.Errorf("the text is a button for %q", key)
			}
		}
		return found
	}
	for i, want := range [][]string{{">", "esc"}, {"<", ">", "esc"}} {
		if tr.to(i); !slices.Equal(keys(), want) {
			t.Errorf("in step %d the keys are %v, not %v", i+1, keys(), want)
		}
	}
	if tr.to(6); !slices.Equal(keys(), []string{"<", "esc"}) {
		t.Errorf("at the farewell the keys are %v", keys())
	}
}

func TestTheStripFitsEveryScreen(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		width, height := rapid.IntRange(0, 200).Draw(rt, "width"), rapid.IntRange(0, 60).Draw(rt, "height")
		tr := New(Guided)
		tr.to(rapid.IntRange(0, 6).Draw(rt, "step"))
		tr.done = tr.at < 6 && rapid.Bool().Draw(rt, "done")
		box, room := drawn(tr, width, height), tr.Height(width, height)
		if lines := strings.Count(box.String(), "\n") + 1; room > 0 && lines != room || room == 0 && box.String() != "" {
			rt.Fatalf("%d lines of %d on a terminal of %d × %d", lines, room, width, height)
		}
		dialogtest.Fits(rt, box, width, height)
	})
}

func TestTheStripInPictures(t *testing.T) {
	for _, size := range [][2]int{{120, 36}, {80, 24}, {60, 16}, {40, 12}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			tr := New(Guided)
			var out []string
			for i := range 7 {
				tr.to(i)
				out = append(out, ansi.Strip(drawn(tr, size[0], size[1]).String()))
				if i < 6 {
					tr.done = true
					out = append(out, ansi.Strip(drawn(tr, size[0], size[1]).String()))
				}
			}
			golden.RequireEqual(t, strings.Join(out, "\n"))
		})
	}
}

func TestThereIsNoStripWithoutATour(t *testing.T) {
	tr := New(None)
	tr.See([]event.Event{{Kind: event.RunStarted}})
	if tr.Height(120, 36) != 0 || tr.Tick() != nil {
		t.Error("no tour has lines of the terminal or ticks")
	}
}
