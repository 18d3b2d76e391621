package model

import (
	tea "charm.land/bubbletea/v2"

	"resiltui/internal/model/tour"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/views/page/strategies"
)

// What the dashboard does for a tour: it shows the strip, passes it the state of
// the screen, and presses its keys.

// touring says whether a tour is running.
func (m *Model) touring() bool { return m.tour != nil }

// tourOn and tourBack go to the next and the previous step of the tour.
func tourOn(m *Model) tea.Cmd   { m.tour.On(); return nil }
func tourBack(m *Model) tea.Cmd { m.tour.Back(); return nil }

// tourScreen is the state of the screen for the tour.
func (m *Model) tourScreen() tour.Screen {
	s := tour.Screen{
		Page: tour.Elsewhere, Selected: m.frame.Selected, Detail: m.frame.Detail,
		Verdict: m.popup.Shown, Verdicts: len(m.frame.Snap.Verdicts) > 0,
		Covered: m.top() != nil, Frozen: m.past.Frozen, Paused: m.frame.Snap.Paused, All: m.targetAll,
		Rows: m.layout.Kind == views.Rows, Calls: m.layout.Columns,
	}
	switch m.frame.Page {
	case mainPage():
		s.Page = tour.Overview
	case strategies.Page{}:
		s.Page = tour.Strategies
	}
	if m.filter != "" {
		s.Shown = m.frame.Order
	}
	return s
}

// ticked handles a tick of the tour: an automatic tour presses its next key.
func (m *Model) ticked(msg tour.TickMsg) tea.Cmd {
	t := m.tour
	if t == nil || msg.Tour != t {
		return nil
	}
	var pressed tea.Cmd
	if key := t.Ticked(m.tourScreen()); key != "" {
		pressed = m.pressed(keyPress(key))
	}
	return tea.Batch(pressed, t.Tick())
}

// leaveTour ends the tour, which frees its lines of the screen.
func (m *Model) leaveTour() { m.tour = nil }

// beginTour starts a guided tour with the new run.
func (m *Model) beginTour() tea.Cmd {
	m.tour = tour.New(tour.Guided)
	return m.tour.Tick()
}

// guideHeight is how many lines of the terminal the tour needs.
func (m *Model) guideHeight() int { return m.tour.Height(m.width, m.height) }

// guideBox is the strip of the tour.
func (m *Model) guideBox() draw.Box {
	return m.tour.Box(m.inside(), m.width, m.guideHeight(), m.look)
}

// drawGuide draws the strip of the tour below the screen.
func (m *Model) drawGuide() {
	if h := m.guideHeight(); h > 0 {
		m.screen.Lay(m.guideBox().Cells, draw.At(0, m.frame.Height, m.width, h))
	}
}

// clickedGuide presses the key whose word was clicked in the strip; on is false
// where the click was outside.
func (m *Model) clickedGuide(x, y int) (on bool, cmd tea.Cmd) {
	if m.guideHeight() == 0 || y < m.frame.Height {
		return false, nil
	}
	if _, key := m.guideBox().Hit(x, y-m.frame.Height); key != "" {
		return true, m.pressed(keyPress(key))
	}
	return true, nil
}
