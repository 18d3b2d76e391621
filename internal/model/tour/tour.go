// Package tour is the guided tour through the dashboard: six steps in which a sensor of
// the pipeline fails and recovers, each with what to press and what to look at.
//
// Its steps are data with pure functions that check what is on the screen and what has
// happened. It presses no key and covers nothing: in an automatic tour the model presses
// the keys that a step names, and the model leaves the tour some lines of the screen.
package tour

import (
	"fmt"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/sensors/fault"
	"resiltui/internal/views/draw"
)

// Mode says whether the dashboard has a tour, and of which kind.
type Mode uint8

// The modes of the tour.
const (
	// None is no tour.
	None Mode = iota
	// Guided tells the user what to press, and checks whether it was done.
	Guided
	// Automatic presses the keys itself.
	Automatic
)

// Times of the tour. It counts its own ticks, so it needs no clock.
const (
	tickTime = 200 * time.Millisecond
	// readTime is the time for reading a text in an automatic tour, seenTime the time to
	// look at a result; keyTime is the time between two keys.
	readTime, seenTime, keyTime = 5 * time.Second, 6 * time.Second, 1800 * time.Millisecond
	// longTime is the time after which a step takes unusually long.
	longTime = 25 * time.Second
)

// leastCalls is the minimum number of columns for a useful row of calls.
const leastCalls = 8

// Tour is a running tour. Only the model's Update uses it; make it with [New].
type Tour struct {
	mode  Mode
	steps []step
	at    int // len(steps) is the last text, after all steps
	done  bool
	facts facts
	// inStep is the time since the step began or, once it is done, since then; quiet is the
	// time since an automatic tour pressed its last key.
	inStep, quiet time.Duration
	// was says which steps were done; a user who goes back need not do them again.
	was []bool
	// crashes and others are the numbers of faults that are active on the steady sensor.
	crashes, others int
}

// TickMsg is a tick of the tour.
type TickMsg struct{ Tour *Tour }

// New is a tour at its first step. For None it is nil; the methods that the dashboard calls
// without a tour too (Tick, See and Height) do nothing on nil.
func New(mode Mode) *Tour {
	if mode == None {
		return nil
	}
	steps := allSteps()
	return &Tour{mode: mode, steps: steps, was: make([]bool, len(steps)), facts: facts{State: breaker.Closed}}
}

// Tick is the Cmd that sends the tour's next tick; nil without a tour.
func (t *Tour) Tick() tea.Cmd {
	if t == nil {
		return nil
	}
	return tea.Tick(tickTime, func(time.Time) tea.Msg { return TickMsg{t} })
}

// See handles events of the run.
func (t *Tour) See(events []event.Event) {
	if t == nil {
		return
	}
	f := &t.facts
	for i := range events {
		e := &events[i]
		switch {
		case e.Kind == event.RunStarted:
			t.crashes, t.others, f.State = 0, 0, breaker.Closed
		case e.Kind == event.CallEnded && e.Sensor == flaky && e.Call.Result == event.Live && e.Call.Attempts > 1:
			f.Saved++
		case e.Sensor != steady:
		case e.Kind == event.FaultBegan:
			*t.active(e.Fault)++
		case e.Kind == event.FaultEnded:
			*t.active(e.Fault)--
		case e.Kind == event.StateChanged:
			f.State = e.Change.To
			switch e.Change.Reason {
			case breaker.ProbeFailed, breaker.ProbeTimedOut:
				f.Failed++
			case breaker.ProbesSucceeded:
				f.Closed++
			}
		}
	}
	f.Crash, f.Other = t.crashes > 0, t.others > 0
}

// active is the counter for a fault of the steady sensor.
func (t *Tour) active(f *event.Fault) *int {
	if f.Kind == fault.Crash {
		return &t.crashes
	}
	return &t.others
}

// Screen is what the tour needs to know of the screen.
type Screen struct {
	Page     Page
	Selected int
	// Detail says that the details of a sensor are shown, Verdict that a verdict is shown,
	// Verdicts that a verdict exists.
	Detail, Verdict, Verdicts bool
	// Covered says that a dialog covers the screen, Frozen that the screen shows the past,
	// Paused that time does not pass, All that keys act on all sensors.
	Covered, Frozen, Paused, All bool
	// Rows says that the sensors are rows of the overview, each with room for this number
	// of Calls.
	Rows  bool
	Calls int
	// Shown are the indexes of the sensors that match the filter; nil is all of them.
	Shown []int
}

// Page is a page, as far as the tour distinguishes them.
type Page uint8

// The pages.
const (
	// Overview is the page of all sensors.
	Overview Page = iota
	// Strategies is the page that compares the strategies.
	Strategies
	// Elsewhere is any other page.
	Elsewhere
)

// look updates the facts from the screen, and checks whether the step is done.
func (t *Tour) look(s Screen) {
	f := &t.facts
	if f.Page != s.Page {
		f.Looked = 0
	}
	f.Page, f.Selected, f.Detail, f.Bare = s.Page, s.Selected, s.Detail, s.Rows && s.Calls < leastCalls
	f.Verdict, f.Verdicts = s.Verdict, s.Verdicts
	f.Covered, f.Frozen, f.Paused, f.All = s.Covered, s.Frozen, s.Paused, s.All
	f.Hidden = s.Shown != nil && !(slices.Contains(s.Shown, flaky) && slices.Contains(s.Shown, steady))
	if !f.shows(flaky) {
		f.Saved = 0 // they were not visible
	}
	if !f.Detail || f.Selected != steady {
		f.Failed = 0
	}
	if t.at < len(t.steps) && !t.done && t.steps[t.at].done(f) {
		t.done, t.was[t.at], t.inStep = true, true, 0
	}
}

// Ticked handles a tick of the tour. In an automatic tour it returns the key to press;
// empty is none.
func (t *Tour) Ticked(s Screen) (key string) {
	t.inStep += tickTime
	t.quiet += tickTime
	t.facts.Looked += tickTime
	t.look(s)
	switch {
	case t.mode != Automatic || t.at == len(t.steps):
	case t.done && t.inStep >= seenTime:
		return ">"
	case !t.done && t.inStep >= readTime && t.quiet >= keyTime:
		if key = t.next().key; key != "" {
			t.quiet = 0
		}
	}
	return key
}

// On goes to the next step.
func (t *Tour) On() { t.to(t.at + 1) }

// Back goes to the previous step.
func (t *Tour) Back() { t.to(t.at - 1) }

// to goes to a step. A step that was not done before begins with its counts at 0.
func (t *Tour) to(step int) {
	t.at, t.inStep, t.quiet = min(max(step, 0), len(t.steps)), 0, 0
	t.done = t.at < len(t.steps) && t.was[t.at]
	t.facts.Saved, t.facts.Failed, t.facts.Closed, t.facts.Looked = 0, 0, 0, 0
}

// next is what to do in this step.
func (t *Tour) next() move {
	if m, ok := t.facts.obstacle(); ok {
		return m
	}
	return t.steps[t.at].next(&t.facts)
}

// Height is how many lines the strip takes of a terminal of this size. The screen is laid
// out in the other lines, so the strip hides nothing. It is 0 without a tour, and where
// there is no room.
func (t *Tour) Height(width, height int) int {
	if t == nil {
		return 0
	}
	return stripHeight(width, height)
}

// Box is the strip in exactly height lines, which must come from [Tour.Height]. inside says
// that esc closes something else first; that dialog names the key itself.
func (t *Tour) Box(inside bool, width, height int, look *draw.Look) draw.Box {
	return stripOf(t.guide(inside), width, height, look)
}

// guide is the content of the strip. inside says that esc closes something else first,
// which names the key itself.
func (t *Tour) guide(inside bool) guide {
	var leave []draw.Hint
	if !inside {
		leave = []draw.Hint{{Key: "esc", Word: "leaves the tour"}}
	}
	auto := ""
	if t.mode == Automatic {
		auto = " (auto)"
	}
	back := draw.Hint{Key: "<", Word: "back"}
	if t.at == len(t.steps) {
		return guide{
			Title: "tour: that was all of it",
			Text:  "One seed is one draw: page 5 says where it stands. t tunes on these faults, S changes the scenario, ? lists keys.",
			Do:    "leave with q; your own: resiltui watch https://HOST/PATH",
			Keys:  append([]draw.Hint{back}, leave...),
		}
	}
	step := &t.steps[t.at]
	g := guide{
		Title: fmt.Sprintf("tour %d of %d: %s%s", t.at+1, len(t.steps), step.title, auto), Text: step.text,
	}
	on := draw.Hint{Key: ">", Word: "skip"}
	if t.done {
		on.Word = "goes on"
	}
	if t.at > 0 {
		g.Keys = append(g.Keys, back)
	}
	g.Keys = append(append(g.Keys, on), leave...)
	switch {
	case t.done:
		g.Do, g.Done = step.saw, true
		if t.mode == Guided {
			g.Then = ";  > goes on"
		}
	default:
		g.Do = t.next().words
		if t.inStep >= longTime {
			g.Then = " (or > skips this step)"
		}
	}
	return g
}
