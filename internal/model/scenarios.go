package model

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/engine/event"
	"resiltui/internal/model/dialog"
	"resiltui/internal/model/tour"
	"resiltui/internal/views"
	"resiltui/internal/views/page/breakers"
	"resiltui/internal/views/page/overview"
	"resiltui/internal/views/page/retries"
	"resiltui/internal/views/page/strategies"
)

// Scenario is a run that can be chosen while the program goes on.
type Scenario struct {
	// Name is what it is started by; See says in a line what to look for.
	Name, See string
	// Seed is what it starts with.
	Seed uint64
	// Tour leads through the run, which is the pipeline with its default seed.
	Tour bool
}

// pageOf is the page that shows a scenario best: the exercise of retries opens
// on the retries.
func pageOf(scenario string) views.Page {
	switch scenario {
	case "retry":
		return retries.Page{}
	case "breaker":
		return breakers.Page{}
	case "strategies":
		return strategies.Page{}
	default:
		return overview.Page{}
	}
}

// scenarioOf is the name of a run, empty where there is none.
func scenarioOf(run *event.Run) string {
	if run == nil {
		return ""
	}
	return run.Scenario
}

// begin shows another scenario from its beginning: what was selected and
// filtered belongs to sensors that are no longer there.
func (m *Model) begin(scenario string) {
	m.frame.Selected, m.frame.First, m.targetAll, m.filter = 0, 0, false, ""
	if scenario != "" && scenario != tour.Scenario {
		m.leaveTour() // it is about another one
	}
	m.goTo(pageOf(scenario))
}

// startScenario starts one of the scenarios.
func (m *Model) startScenario(i int) tea.Cmd {
	s := m.opts.Scenarios[i]
	m.opts.Engine.Do(event.Command{Op: event.Restart, Seed: s.Seed, Scenario: s.Name, By: dialog.By("S")})
	if s.Name == scenarioOf(m.frame.Snap.Run) {
		m.begin(s.Name) // the name does not change, so nothing else tells
	}
	if s.Tour {
		m.begin(tour.Scenario)
		return m.beginTour()
	}
	return m.say(fmt.Sprintf("scenario %s, seed %d: %s", s.Name, s.Seed, s.See))
}

// real is true where the run reads real endpoints, which cannot be exchanged.
func (m *Model) real() bool {
	run := m.frame.Snap.Run
	return run != nil && !run.Virtual
}
