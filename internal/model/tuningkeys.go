package model

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/engine/policy"
	"resiltui/internal/export"
	"resiltui/internal/model/dialog"
	"resiltui/internal/views"
)

// types is true while a value is typed.
func (t *tuning) types() bool { return t.typed != nil }

func (t *tuning) paste(_ *Model, text string) tea.Cmd {
	t.typed.Edit(tea.PasteMsg{Content: text})
	return nil
}

// press takes a key.
func (t *tuning) press(m *Model, msg tea.KeyPressMsg) (used bool, cmd tea.Cmd) {
	if t.run != m.frame.Snap.Run {
		m.drop(t)
		return true, m.say("the run was started again; its settings are the scenario's")
	}
	if t.typed != nil {
		return true, t.pressTyped(msg)
	}
	t.remark = dialog.Remark{}
	switch key := msg.String(); key {
	case "up", "k":
		t.moveTo(t.cursor - 1)
	case "down", "j", "tab":
		t.moveTo(t.cursor + 1)
	case "shift+tab":
		t.moveTo(t.cursor - 1)
	case "pgup", "ctrl+u":
		t.moveTo(t.cursor - max(views.TuneRoom(m.frame.Height), 1))
	case "pgdown", "ctrl+d":
		t.moveTo(t.cursor + max(views.TuneRoom(m.frame.Height), 1))
	case "g":
		t.moveTo(0)
	case "G":
		t.moveTo(len(t.rows) - 1)
	case "left", "h", "right", "l":
		return true, t.step(key == "right" || key == "l")
	case "space", " ":
		t.typeValue("")
	default:
		if dialog.Begins(msg) {
			t.typeValue(msg.Text)
			return true, nil
		}
		return t.act(m, key)
	}
	return true, nil
}

// act carries out the keys that do something with the draft.
func (t *tuning) act(m *Model, key string) (used bool, cmd tea.Cmd) {
	switch key {
	case "enter":
		if !t.differs() {
			t.typeValue("")
			return true, nil
		}
		return true, t.apply(m)
	case "*":
		return true, t.applyToAll(m)
	case "T":
		return true, t.undo(m)
	case "y":
		m.open(&copyList{panel: t, formats: export.Formats()})
	case "w":
		return true, t.write(m)
	default:
		return false, nil
	}
	return true, nil
}

func (t *tuning) moveTo(row int) { t.cursor = min(max(row, 0), len(t.rows)-1) }

// step goes to the next value.
func (t *tuning) step(up bool) tea.Cmd {
	s := t.rows[t.cursor]
	if why := off(s.Name, t.draft); why != "" {
		t.remark = dialog.Remark{Text: s.Label + " means nothing now " + why, Bad: true}
		return nil
	}
	before := s.Get(t.draft)
	s.Step(&t.draft, up)
	if s.Get(t.draft) == before {
		t.remark = dialog.Remark{Text: "no further: " + s.Range}
		return nil
	}
	return t.rehearse()
}

// typeValue opens the text field of the setting at the cursor; an empty text
// begins with the value that it has.
func (t *tuning) typeValue(text string) {
	s := t.rows[t.cursor]
	if why := off(s.Name, t.draft); why != "" {
		t.remark = dialog.Remark{Text: s.Label + " means nothing now " + why, Bad: true}
		return
	}
	if text == "" {
		text = s.Get(t.draft)
	}
	t.typed = dialog.NewEntry(text)
}

// pressTyped is a key while a value is typed.
func (t *tuning) pressTyped(msg tea.KeyPressMsg) tea.Cmd {
	switch msg.String() {
	case "esc":
		t.typed = nil
	case "enter":
		p, err := t.with(t.typed.Text())
		if err != nil {
			return nil // what is wrong is on the screen
		}
		t.typed, t.draft = nil, p
		return t.rehearse()
	default:
		t.typed.Edit(msg)
	}
	return nil
}

// apply puts the draft in force for the sensor.
func (t *tuning) apply(m *Model) tea.Cmd {
	what := t.name() + " tuned"
	t.tune(m, t.sensor, t.draft, "enter")
	t.remark = m.asked(what)
	return m.awaitBatch(what)
}

func (t *tuning) name() string { return dialog.SensorName(t.run.Sensors[t.sensor]) }

// tune sends a policy for a sensor.
func (t *tuning) tune(m *Model, sensor int, p policy.Policy, key string) {
	m.tune(sensor, p, dialog.By(key))
	t.inForce[sensor] = p
}

// applyToAll gives what differs to every sensor, each within its own policy.
func (t *tuning) applyToAll(m *Model) tea.Cmd {
	shared := t.shared()
	if len(shared) == 0 {
		t.remark = dialog.Remark{Text: "nothing differs from the scenario: there is nothing to give to all"}
		return nil
	}
	tuned, refused := 0, ""
	for i, before := range t.inForce {
		p := t.draft
		if i != t.sensor {
			p = transfer(shared, t.draft, before)
		}
		switch err := p.Validate(); {
		case err != nil:
			refused = t.run.Sensors[i].ID + " cannot: " + err.Error()
		case len(policy.Differences(before, p)) > 0:
			t.tune(m, i, p, "*")
			tuned++
		}
	}
	switch {
	case refused != "":
		t.remark = dialog.Remark{Text: refused, Bad: true}
	case tuned == 0:
		t.remark = dialog.Remark{Text: "all sensors have these settings already"}
	default:
		what := fmt.Sprintf("%d of %d sensors tuned", tuned, len(t.inForce))
		t.remark = m.asked(what)
		return m.awaitBatch(what)
	}
	return nil
}

// undo puts the sensor back to the scenario's settings.
func (t *tuning) undo(m *Model) tea.Cmd {
	p := t.scenario(t.sensor)
	changed := len(policy.Differences(t.draft, p)) > 0
	t.draft = p
	what := "settings of " + t.name() + " back to the scenario's"
	switch {
	case t.differs():
		t.tune(m, t.sensor, p, "T")
		t.remark = m.asked(what)
		return tea.Batch(m.awaitBatch(what), t.rehearse())
	case changed:
		t.remark = dialog.Remark{Text: what}
		return t.rehearse()
	default:
		t.remark = dialog.Remark{Text: "the settings are the scenario's"}
		return nil
	}
}

// untune puts the target back to the scenario's settings, from outside the panel.
func (m *Model) untune(who string) tea.Cmd {
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
			m.tune(i, run.Sensors[i].Policy, who)
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

// write is the Cmd that writes what differs from the scenario to a new file.
func (t *tuning) write(m *Model) tea.Cmd {
	tuned, original := map[string]policy.Policy{}, map[string]policy.Policy{}
	differs := false
	for i, p := range t.inForce {
		if i == t.sensor {
			p = t.draft
		}
		id := t.run.Sensors[i].ID
		tuned[id], original[id] = p, t.scenario(i)
		differs = differs || len(policy.Differences(original[id], p)) > 0
	}
	if !differs {
		t.remark = dialog.Remark{Text: "nothing differs from the scenario: there is nothing to write"}
		return nil
	}
	return m.save(t, "resiltui-"+fileName(t.run.Scenario), ".settings", export.Fragment(t.run.Scenario, tuned, original))
}

// click chooses a row, and once more opens its field; a click on a key presses it.
func (t *tuning) click(m *Model, x, y int) tea.Cmd {
	row, key := t.box(m).Hit(x, y)
	switch {
	case key != "":
		return m.pressed(keyPress(key))
	case row < 0 || row >= len(t.rows) || t.typed != nil:
	case row == t.cursor:
		t.typeValue("")
	default:
		t.remark = dialog.Remark{}
		t.moveTo(row)
	}
	return nil
}

func (t *tuning) wheel(_ *Model, up bool) tea.Cmd {
	if t.typed != nil {
		return nil
	}
	if up {
		t.moveTo(t.cursor - 1)
	} else {
		t.moveTo(t.cursor + 1)
	}
	return nil
}
