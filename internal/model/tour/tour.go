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

// Mode is whether the dashboard leads through itself.
type Mode uint8

// The modes of the tour.
const (
	// None is the dashboard alone.
	None Mode = iota
	// Guided says what to press, and sees whether it was done.
	Guided
	// Automatic presses the keys itself.
	Automatic
)

// Times of the tour. It counts its own ticks, so that it needs no clock.
const (
	tickTime = 200 * time.Millisecond
	// readTime is how long an automatic tour leaves for a text, seenTime for what
	// there was to see; keyTime is between two keys.
	readTime, seenTime, keyTime = 5 * time.Second, 6 * time.Second, 1800 * time.Millisecond
	// longTime is when a step is taking long.
	longTime = 25 * time.Second
)

// leastCalls is how many columns a row of calls needs to be one to look at.
const leastCalls = 8

// Tour is the tour under way. It belongs to the model's Update; make it with [New].
type Tour struct {
	mode  Mode
	steps []step
	at    int // len(steps) is the farewell
	done  bool
	facts facts
	// inStep is the time in this step or, once it is done, since then; quiet the
	// time since the last key that an automatic tour pressed.
	inStep, quiet time.Duration
	// was says which steps were done: who goes back to one need not do it again.
	was []bool
	// crashes and others are the faults active on the steady sensor.
	crashes, others int
}

// TickMsg is a tick of the tour.
type TickMsg struct{ Tour *Tour }

// New is a tour from its first step. Without one, which is what None says, it is nil;
// the methods of a nil tour that the dashboard always calls (Tick, See and Height) do
// nothing.
func New(mode Mode) *Tour {
	if mode == None {
		return nil
	}
	steps := allSteps()
	return &Tour{mode: mode, steps: steps, was: make([]bool, len(steps)), facts: facts{State: breaker.Closed}}
}

// Tick is the Cmd that gives the tour's next tick; nil without a tour.
func (t *Tour) Tick() tea.Cmd {
	if t == nil {
		return nil
	}
	return tea.Tick(tickTime, func(time.Time) tea.Msg { return TickMsg{t} })
}

// See takes in what happened.
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

// active is the count that a fault of the steady sensor belongs to.
func (t *Tour) active(f *event.Fault) *int {
	if f.Kind == fault.Crash {
		return &t.crashes
	}
	return &t.others
}

// Screen is what a tour sees of the dashboard.
type Screen struct {
	Page     Page
	Selected int
	// Detail says that a sensor is shown in full; Verdict that a verdict is shown,
	// Verdicts that there is one.
	Detail, Verdict, Verdicts bool
	// Covered says that a dialog covers the screen, Frozen that it shows the past,
	// Paused that time does not pass, All that keys act on all sensors.
	Covered, Frozen, Paused, All bool
	// Rows says that the sensors are rows of the overview, which have room for so many
	// Calls.
	Rows  bool
	Calls int
	// Shown are the sensors that a filter leaves, by their indexes; nil is all of them.
	Shown []int
}

// Page is a page as far as it means something to the tour.
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

// look takes in what is on the screen, and whether that completes the step.
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
		f.Saved = 0 // nobody saw it happen
	}
	if !f.Detail || f.Selected != steady {
		f.Failed = 0
	}
	if t.at < len(t.steps) && !t.done && t.steps[t.at].done(f) {
		t.done, t.was[t.at], t.inStep = true, true, 0
	}
}

// Ticked is a moment of the tour. An automatic one says which key it presses; the
// empty string is none.
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

// On goes a step on.
func (t *Tour) On() { t.to(t.at + 1) }

// Back goes a step back.
func (t *Tour) Back() { t.to(t.at - 1) }

// to goes to a step. One that was not done yet begins with nothing done.
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

// Height is how many lines of a terminal of this size the strip takes. The screen is
// laid out in the rest, so the strip hides nothing. It is 0 without a tour, and where
// there is no room for it.
func (t *Tour) Height(width, height int) int {
	if t == nil {
		return 0
	}
	return stripHeight(width, height)
}

// Box is the strip in exactly height lines, which are those of [Tour.Height]. inside is true where esc closes something first, which says so itself.
func (t *Tour) Box(inside bool, width, height int, look *draw.Look) draw.Box {
	return stripOf(t.guide(inside), width, height, look)
}

// guide is what the strip says. inside is true where esc closes something else
// first, which says so itself.
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
