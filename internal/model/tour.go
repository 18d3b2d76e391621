package model

import (
	"fmt"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/sensors/fault"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
)

// TourMode is whether the dashboard leads through itself.
type TourMode uint8

// The modes of the tour.
const (
	// NoTour is the dashboard alone.
	NoTour TourMode = iota
	// Guided says what to press, and sees whether it was done.
	Guided
	// Automatic presses the keys itself.
	Automatic
)

// Times of the tour. It counts its own ticks, so that it needs no clock.
const (
	tourTick = 200 * time.Millisecond
	// tourRead is how long an automatic tour leaves for a text, tourSeen for what
	// there was to see; tourKey is between two keys.
	tourRead, tourSeen, tourKey = 5 * time.Second, 6 * time.Second, 1800 * time.Millisecond
	// tourLong is when a step is taking long.
	tourLong = 25 * time.Second
)

// leastCalls is how many columns a row of calls needs to be one to look at.
const leastCalls = 8

// tour is the tour under way.
type tour struct {
	mode  TourMode
	steps []tourStep
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

// tourMsg is a tick of the tour.
type tourMsg struct{ tour *tour }

func newTour(mode TourMode) *tour {
	if mode == NoTour {
		return nil
	}
	steps := tourSteps()
	return &tour{mode: mode, steps: steps, was: make([]bool, len(steps)), facts: facts{State: breaker.Closed}}
}

// tick is the Cmd that gives the tour's next tick; nil without a tour.
func (t *tour) tick() tea.Cmd {
	if t == nil {
		return nil
	}
	return tea.Tick(tourTick, func(time.Time) tea.Msg { return tourMsg{t} })
}

// see takes in what happened.
func (t *tour) see(events []event.Event) {
	if t == nil {
		return
	}
	f := &t.facts
	for i := range events {
		e := &events[i]
		switch {
		case e.Kind == event.RunStarted:
			t.crashes, t.others, f.State = 0, 0, breaker.Closed
		case e.Kind == event.CallEnded && e.Sensor == tourFlaky && e.Call.Result == event.Live && e.Call.Attempts > 1:
			f.Saved++
		case e.Sensor != tourSteady:
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
func (t *tour) active(f *event.Fault) *int {
	if f.Kind == fault.Crash {
		return &t.crashes
	}
	return &t.others
}

// tourScreen is what a tour sees of the dashboard.
type tourScreen struct {
	Page     tourPage
	Selected int
	// Detail says that a sensor is shown in full; Verdict that a verdict is shown,
	// Verdicts that there is one.
	Detail, Verdict, Verdicts bool
	// Covered says that a dialog lies over the screen, Frozen that it shows the past,
	// Paused that time does not pass, All that keys act on all sensors.
	Covered, Frozen, Paused, All bool
	// Rows says that the sensors are rows of the overview, which have room for so many
	// Calls.
	Rows  bool
	Calls int
	// Shown are the sensors that a filter leaves, by their indexes; nil is all of them.
	Shown []int
}

// tourPage is a page as far as it means something to the tour.
type tourPage uint8

const (
	tourOverview tourPage = iota
	tourStrategies
	tourElsewhere
)

// look takes in what is on the screen, and whether that completes the step.
func (t *tour) look(s tourScreen) {
	f := &t.facts
	if f.Page != s.Page {
		f.Looked = 0
	}
	f.Page, f.Selected, f.Detail, f.Bare = s.Page, s.Selected, s.Detail, s.Rows && s.Calls < leastCalls
	f.Verdict, f.Verdicts = s.Verdict, s.Verdicts
	f.Covered, f.Frozen, f.Paused, f.All = s.Covered, s.Frozen, s.Paused, s.All
	f.Hidden = s.Shown != nil && !(slices.Contains(s.Shown, tourFlaky) && slices.Contains(s.Shown, tourSteady))
	if !f.shows(tourFlaky) {
		f.Saved = 0 // nobody saw it happen
	}
	if !f.Detail || f.Selected != tourSteady {
		f.Failed = 0
	}
	if t.at < len(t.steps) && !t.done && t.steps[t.at].done(f) {
		t.done, t.was[t.at], t.inStep = true, true, 0
	}
}

// ticked is a moment of the tour. An automatic one says which key it presses; the
// empty string is none.
func (t *tour) ticked(s tourScreen) (key string) {
	t.inStep += tourTick
	t.quiet += tourTick
	t.facts.Looked += tourTick
	t.look(s)
	switch {
	case t.mode != Automatic || t.at == len(t.steps):
	case t.done && t.inStep >= tourSeen:
		return ">"
	case !t.done && t.inStep >= tourRead && t.quiet >= tourKey:
		if key = t.next().key; key != "" {
			t.quiet = 0
		}
	}
	return key
}

// on goes a step on, back one back.
func (t *tour) on()   { t.to(t.at + 1) }
func (t *tour) back() { t.to(t.at - 1) }

// to goes to a step. One that was not done yet begins with nothing done.
func (t *tour) to(step int) {
	t.at, t.inStep, t.quiet = min(max(step, 0), len(t.steps)), 0, 0
	t.done = t.at < len(t.steps) && t.was[t.at]
	t.facts.Saved, t.facts.Failed, t.facts.Closed, t.facts.Looked = 0, 0, 0, 0
}

// next is what to do in this step.
func (t *tour) next() move {
	if m, ok := t.facts.obstacle(); ok {
		return m
	}
	return t.steps[t.at].next(&t.facts)
}

// height is how many lines of a terminal of this size the strip takes. The screen is
// laid out in the rest, so the strip hides nothing. It is 0 without a tour, and where
// there is no room for it.
func (t *tour) height(width, height int) int {
	if t == nil {
		return 0
	}
	return views.GuideHeight(width, height)
}

// box is the strip in exactly height lines, which is what the function of that name
// says. inside is true where esc closes something first, which says so itself.
func (t *tour) box(inside bool, width, height int, look *draw.Look) draw.Box {
	return views.GuideBox(t.guide(inside), width, height, look)
}

// guide is what the strip says. inside is true where esc closes something else
// first, which says so itself.
func (t *tour) guide(inside bool) views.Guide {
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
		return views.Guide{
			Title: "tour: that was all of it",
			Text:  "And now: t tunes the policy on these very faults, S starts another scenario, ? lists all keys.",
			Do:    "leave with q; your own: resiltui watch https://HOST/PATH",
			Keys:  append([]draw.Hint{back}, leave...),
		}
	}
	step := &t.steps[t.at]
	g := views.Guide{
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
		if t.inStep >= tourLong {
			g.Then = " (or > skips this step)"
		}
	}
	return g
}
