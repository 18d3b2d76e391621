package model

import (
	tea "charm.land/bubbletea/v2"

	"resiltui/internal/engine/event"
)

// untune restores the scenario's settings for the target.
func untune(m *Model, who string) tea.Cmd {
	run := m.frame.Snap.Run
	if m.othersDiffer() {
		return m.say(m.targetName() + " has the scenario's settings, another sensor has not; * and then T undoes all")
	}
	targets := m.targets()
	if targets == nil {
		for i := range total(run) {
			targets = append(targets, i)
		}
	}
	for _, i := range targets {
		if i < total(run) {
			m.act(event.Command{Op: event.Tune, Sensors: []int{i}, Policy: run.Sensors[i].Policy, By: who})
		}
	}
	if len(targets) == 0 {
		return nil
	}
	return m.awaitBatch("settings of " + m.targetName() + " back to the scenario's")
}

// othersDiffer says whether only the selected sensor is the target and has
// nothing to restore, while another sensor has.
func (m *Model) othersDiffer() bool {
	if m.targetAll || !m.frame.Snap.Differs {
		return false
	}
	for i := range m.frame.Snap.Sensors {
		if v := &m.frame.Snap.Sensors[i]; v.Index == m.frame.Selected {
			return !v.Differs
		}
	}
	return false
}
