package model

import (
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/model/dialog"
	"resiltui/internal/model/dialog/tune"
	"resiltui/internal/words"
)

// openTuning opens the panel for the selected sensor.
func openTuning(m *Model) tea.Cmd {
	run := m.frame.Snap.Run
	onFaults := m.onFaults
	m.onFaults = false
	o := tune.Options{Run: run, Sensor: m.frame.Selected, InForce: m.policies()}
	if o.Sensor >= total(run) || o.Sensor >= len(o.InForce) {
		return nil
	}
	m.holdWindow(&o, onFaults)
	base, write := "resiltui-"+fileName(run.Scenario), m.opts.WriteFiles
	o.Save = func(ext, text string) (string, error) {
		written, err := write(base, []File{{ext, []byte(text)}})
		return strings.Join(written, ""), err
	}
	t, cmd := tune.New(o)
	m.open(t)
	return cmd
}

// holdWindow has the panel run the newest batches again, or on a verdict those that
// it is about.
func (m *Model) holdWindow(o *tune.Options, onFaults bool) {
	if onFaults && m.popup.Window != nil {
		o.Window = m.popup.Window
		if began := m.popup.Verdict.Began; began < o.Window.From() {
			o.Remark = dialog.Remark{Text: "the fault began at " + words.Clock(began) + ", before the newest batches, which are what is run again", Bad: true}
		}
		return
	}
	w, err := m.opts.Engine.Window(tune.Batches)
	switch {
	case !o.Run.Virtual:
		o.Why = "no rehearsal: real time cannot be run again"
	case errors.Is(err, engine.ErrNothingYet):
		o.Why = "no rehearsal: nothing has run yet"
	case err != nil:
		o.Why = "no rehearsal: " + err.Error()
	case w == nil:
		o.Why = "no rehearsal here"
	default:
		o.Window = w
	}
}

// untune puts the target back to the scenario's settings.
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

// othersDiffer is true where the selected sensor alone is the target, and has
// nothing to undo, while another one has.
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
