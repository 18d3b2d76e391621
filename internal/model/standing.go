package model

import (
	tea "charm.land/bubbletea/v2"

	"resiltui/internal/engine/event"
	"resiltui/internal/stats"
	"resiltui/internal/views"
)

// standingMsg is the rank of a run among runs with other seeds.
type standingMsg struct {
	run      *event.Run
	standing stats.Standing
}

// rank requests the rank of a run that has just begun, and drops the rank of the previous
// run. It is requested once per run: the rank is that of the run without the changes that
// the user makes with keys.
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
			return nil // the screen shows that the rank is not known
		}
		return standingMsg{run, standing}
	}
}

// takeStanding shows the rank of the run, unless another run has begun meanwhile.
func (m *Model) takeStanding(msg standingMsg) {
	if msg.run == m.ranked {
		m.frame.Luck.Standing = msg.standing
	}
}

// LuckOf is the rank of a run, for text that is printed after the program; it is known for
// the newest run only.
func (m *Model) LuckOf(run *event.Run) views.Luck {
	if run != m.ranked {
		return views.Luck{}
	}
	l := m.frame.Luck
	l.Touched = m.Touched(run)
	return l
}
