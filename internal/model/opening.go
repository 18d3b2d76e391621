package model

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/model/dialog"
	"resiltui/internal/model/dialog/faults"
	"resiltui/internal/model/dialog/help"
	"resiltui/internal/model/dialog/scenario"
	"resiltui/internal/model/dialog/tune"
)

// The keys that open dialogs.

// openPalette opens the dialog of faults for the target.
func openPalette(m *Model) tea.Cmd {
	run := m.frame.Snap.Run
	if m.frame.Selected < total(run) {
		m.open(faults.New(run, m.faults))
	}
	return nil
}

// toggleHelp opens the list of keys, or closes it even where it is not the
// topmost dialog.
func toggleHelp(m *Model) tea.Cmd {
	open := slices.IndexFunc(m.dialogs, func(d dialog.Dialog) bool { _, help := d.(*help.Box); return help })
	if open >= 0 {
		m.dialogs = slices.Delete(m.dialogs, open, open+1)
		return nil
	}
	m.open(help.New(m.helpGroups))
	return nil
}

// chooseScenario opens the list of scenarios.
func chooseScenario(m *Model) tea.Cmd {
	if len(m.opts.Scenarios) == 0 {
		return m.say("there is no other scenario")
	}
	var choices []scenario.Choice
	for _, s := range m.opts.Scenarios {
		choices = append(choices, scenario.Choice{Name: s.Name, See: s.See, Page: pageName(pageOf(s.Name))})
	}
	m.open(scenario.New(choices, scenarioOf(m.frame.Snap.Run), m.startScenario))
	return nil
}

// openTuning opens the tuning panel for the selected sensor.
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
