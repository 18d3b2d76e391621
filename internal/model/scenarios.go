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

// Scenario is a run that the user can choose while the program runs.
type Scenario struct {
	// Name is its name on the command line; See is a line about what to look
	// for.
	Name, See string
	// Seed is the seed that it starts with.
	Seed uint64
	// Tour starts the tour with the run, which must be the pipeline with its
	// default seed.
	Tour bool
}

// pageOf is the page that fits a scenario best: the retry exercise opens the
// page of retries.
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

// scenarioOf is the name of a run's scenario, empty without a run.
func scenarioOf(run *event.Run) string {
	if run == nil {
		return ""
	}
	return run.Scenario
}

// begin resets the screen for another scenario: selection and filter belong to
// sensors that no longer exist.
func (m *Model) begin(scenario string) {
	m.frame.Selected, m.frame.First, m.targetAll, m.filter = 0, 0, false, ""
	if scenario != "" && scenario != tour.Scenario {
		m.leaveTour() // the tour belongs to another scenario
	}
	m.goTo(pageOf(scenario))
}

// startScenario starts one of the scenarios.
func (m *Model) startScenario(i int) tea.Cmd {
	s := m.opts.Scenarios[i]
	m.opts.Engine.Do(event.Command{Op: event.Restart, Seed: s.Seed, Scenario: s.Name, By: dialog.By("S")})
	if s.Name == scenarioOf(m.frame.Snap.Run) {
		m.begin(s.Name) // the same name again, so showFrame would not notice the restart
	}
	if s.Tour {
		m.begin(tour.Scenario)
		return m.beginTour()
	}
	return m.say(fmt.Sprintf("scenario %s, seed %d: %s", s.Name, s.Seed, s.See))
}

// real says whether the run reads real endpoints, which cannot be replaced.
func (m *Model) real() bool {
	run := m.frame.Snap.Run
	return run != nil && !run.Virtual
}
