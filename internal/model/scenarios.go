package model

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/engine/event"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
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
		return views.PageRetries
	case "breaker":
		return views.PageBreakers
	case "strategies":
		return views.PageStrategies
	default:
		return views.PageOverview
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
	if scenario != "" && scenario != tourScenario {
		m.leaveTour() // it is about another one
	}
	m.goTo(pageOf(scenario))
}

// chooser is the list of scenarios.
type chooser struct{ cursor int }

func (m *Model) chooseScenario() tea.Cmd {
	if len(m.opts.Scenarios) == 0 {
		return m.say("there is no other scenario")
	}
	now := scenarioOf(m.frame.Snap.Run)
	at := slices.IndexFunc(m.opts.Scenarios, func(s Scenario) bool { return s.Name == now })
	m.open(&chooser{cursor: max(at, 0)})
	return nil
}

// real is true where the run reads real endpoints, which cannot be exchanged.
func (m *Model) real() bool {
	run := m.frame.Snap.Run
	return run != nil && !run.Virtual
}

func (c *chooser) press(m *Model, msg tea.KeyPressMsg) (used bool, cmd tea.Cmd) {
	switch msg.String() {
	case "down", "j":
		c.move(m, 1)
	case "up", "k":
		c.move(m, -1)
	case "g":
		c.cursor = 0
	case "G":
		c.cursor = len(m.opts.Scenarios) - 1
	case "enter":
		return true, c.start(m)
	case "S":
		m.drop(c)
	default:
		return false, nil
	}
	return true, nil
}

func (c *chooser) move(m *Model, by int) {
	c.cursor = min(max(c.cursor+by, 0), len(m.opts.Scenarios)-1)
}

// start starts what is under the cursor.
func (c *chooser) start(m *Model) tea.Cmd {
	if m.real() {
		return nil // the note says why
	}
	s := m.opts.Scenarios[c.cursor]
	m.drop(c)
	m.opts.Engine.Do(event.Command{Op: event.Restart, Seed: s.Seed, Scenario: s.Name, By: by("S")})
	if s.Name == scenarioOf(m.frame.Snap.Run) {
		m.begin(s.Name) // the name does not change, so nothing else tells
	}
	if s.Tour {
		m.begin(tourScenario)
		return m.beginTour()
	}
	return m.say(fmt.Sprintf("scenario %s, seed %d: %s", s.Name, s.Seed, s.See))
}

func (c *chooser) box(m *Model) draw.Box {
	v := views.Chooser{
		Cursor: c.cursor, Locked: m.real(),
		Note: "starts from its beginning; the present run ends",
		Keys: []draw.Hint{{Key: "enter", Word: "start"}, {Key: "esc", Word: "closes"}},
	}
	if v.Locked {
		v.Note = "these endpoints are real: q, then resiltui and a name, starts a simulation"
		v.Keys = v.Keys[1:]
	}
	now := scenarioOf(m.frame.Snap.Run)
	for _, s := range m.opts.Scenarios {
		v.Choices = append(v.Choices, views.Choice{
			Name: s.Name, See: s.See, Now: s.Name == now, Page: pageOf(s.Name).Key() + " " + pageOf(s.Name).String(),
		})
	}
	return views.ChooserBox(v, m.frame.Width, m.frame.Height, m.look)
}

func (c *chooser) draw(m *Model) string { return c.box(m).Text }

// click chooses a row; on the one that is chosen already it starts it.
func (c *chooser) click(m *Model, x, y int) tea.Cmd {
	row, key := c.box(m).Hit(x, y)
	switch {
	case key != "":
		return m.pressed(keyPress(key))
	case row < 0 || row >= len(m.opts.Scenarios):
		return nil
	case row == c.cursor:
		return c.start(m)
	}
	c.cursor = row
	return nil
}

func (c *chooser) wheel(m *Model, up bool) tea.Cmd {
	if up {
		c.move(m, -1)
	} else {
		c.move(m, 1)
	}
	return nil
}
