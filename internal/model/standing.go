package model

import (
	tea "charm.land/bubbletea/v2"

	"resiltui/internal/engine/event"
	"resiltui/internal/stats"
	"resiltui/internal/views"
)

// standingMsg says where a run stands among those of other seeds.
type standingMsg struct {
	run      *event.Run
	standing stats.Standing
}

// rank asks where a run stands that has just begun, and forgets where the one before stood.
// It is asked once a run: what keys do to the run changes nothing of where it would have
// stood without them.
func (m *Model) rank(run *event.Run) tea.Cmd {
	if run == m.ranked {
		return nil
	}
	m.ranked, m.frame.Luck = run, views.Luck{}
	stand, ctx := m.opts.Stand, m.opts.Context
	if stand == nil || !views.HasComparison(run) {
		return nil
	}
	return func() tea.Msg {
		standing, err := stand(ctx, run)
		if err != nil {
			return nil // it is shown as not known
		}
		return standingMsg{run, standing}
	}
}

// takeStanding shows where the run stands, unless another has begun meanwhile.
func (m *Model) takeStanding(msg standingMsg) {
	if msg.run == m.ranked {
		m.frame.Luck.Standing = msg.standing
	}
}

// LuckOf is where a run stands, for what is printed after the program; nobody knows where
// it is not the newest one.
func (m *Model) LuckOf(run *event.Run) views.Luck {
	if run != m.ranked {
		return views.Luck{}
	}
	l := m.frame.Luck
	l.Touched = m.Touched(run)
	return l
}
