package tune

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/engine/event"
	"resiltui/internal/engine/policy"
	"resiltui/internal/export"
	"resiltui/internal/model/dialog"
)

// Types says whether a value is being typed.
func (t *Panel) Types() bool { return t.typed != nil }

// Paste inserts a text into the field.
func (t *Panel) Paste(text string) { t.typed.Edit(tea.PasteMsg{Content: text}) }

// Key handles a key.
func (t *Panel) Key(v dialog.View, h dialog.Host, msg tea.KeyPressMsg) (used bool, cmd tea.Cmd) {
	if t.run != v.Snap.Run {
		h.Close()
		return true, h.Say("the run was started again; its settings are the scenario's")
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
		t.moveTo(t.cursor - max(settingsIn(v.Height), 1))
	case "pgdown", "ctrl+d":
		t.moveTo(t.cursor + max(settingsIn(v.Height), 1))
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
		return t.act(h, key)
	}
	return true, nil
}

// act handles the keys that use the draft.
func (t *Panel) act(h dialog.Host, key string) (used bool, cmd tea.Cmd) {
	switch key {
	case "enter":
		if !t.differs() {
			t.typeValue("")
			return true, nil
		}
		return true, t.apply(h)
	case "*":
		return true, t.applyToAll(h)
	case "T":
		return true, t.undo(h)
	case "y":
		h.Open(&copyList{panel: t, formats: export.Formats()})
	case "w":
		return true, t.write()
	default:
		return false, nil
	}
	return true, nil
}

func (t *Panel) moveTo(row int) { t.cursor = min(max(row, 0), len(t.rows)-1) }

// step changes the setting to its next value.
func (t *Panel) step(up bool) tea.Cmd {
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

// typeValue opens the text field of the setting at the cursor. With an empty text
// the field has the present value, which the first typed character replaces.
func (t *Panel) typeValue(text string) {
	s := t.rows[t.cursor]
	if why := off(s.Name, t.draft); why != "" {
		t.remark = dialog.Remark{Text: s.Label + " means nothing now " + why, Bad: true}
		return
	}
	if text == "" {
		t.typed = dialog.NewSelected(s.Get(t.draft))
		return
	}
	t.typed = dialog.NewEntry(text)
}

// pressTyped handles a key while a value is typed.
func (t *Panel) pressTyped(msg tea.KeyPressMsg) tea.Cmd {
	switch msg.String() {
	case "esc":
		t.typed = nil
	case "enter":
		p, err := t.with(t.typed.Text())
		if err != nil {
			return nil // the error is shown on the screen
		}
		t.typed, t.draft = nil, p
		return t.rehearse()
	default:
		t.typed.Edit(msg)
	}
	return nil
}

// apply applies the draft to the sensor.
func (t *Panel) apply(h dialog.Host) tea.Cmd {
	t.tune(h, t.sensor, t.draft, "enter")
	return t.asked(h, t.name()+" tuned")
}

// asked reports when the command takes effect, in the panel and on the screen
// under it.
func (t *Panel) asked(h dialog.Host, what string) (cmd tea.Cmd) {
	t.remark, cmd = h.Asked(what)
	return cmd
}

func (t *Panel) name() string { return dialog.SensorName(t.run.Sensors[t.sensor]) }

// tune sends a policy for a sensor to the engine.
func (t *Panel) tune(h dialog.Host, sensor int, p policy.Policy, key string) {
	h.Do(event.Command{Op: event.Tune, Sensors: []int{sensor}, Policy: p, By: dialog.By(key)})
	t.inForce[sensor] = p
}

// applyToAll applies the shared settings to every sensor and keeps the rest of its
// policy.
func (t *Panel) applyToAll(h dialog.Host) tea.Cmd {
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
			t.tune(h, i, p, "*")
			tuned++
		}
	}
	switch {
	case refused != "":
		t.remark = dialog.Remark{Text: refused, Bad: true}
	case tuned == 0:
		t.remark = dialog.Remark{Text: "all sensors have these settings already"}
	default:
		return t.asked(h, fmt.Sprintf("%d of %d sensors tuned", tuned, len(t.inForce)))
	}
	return nil
}

// undo restores the scenario's settings of the sensor.
func (t *Panel) undo(h dialog.Host) tea.Cmd {
	p := t.scenario(t.sensor)
	changed := len(policy.Differences(t.draft, p)) > 0
	t.draft = p
	what := "settings of " + t.name() + " back to the scenario's"
	switch {
	case t.differs():
		t.tune(h, t.sensor, p, "T")
		return tea.Batch(t.asked(h, what), t.rehearse())
	case changed:
		t.remark = dialog.Remark{Text: what}
		return t.rehearse()
	default:
		t.remark = dialog.Remark{Text: "the settings are the scenario's"}
		return nil
	}
}

// write is the Cmd that writes the differences from the scenario to a new file.
func (t *Panel) write() tea.Cmd {
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
	text := export.Fragment(t.run.Scenario, tuned, original)
	return func() tea.Msg {
		name, err := t.save(".settings", text)
		return savedMsg{t, name, err}
	}
}

// savedMsg is the result of writing a file.
type savedMsg struct {
	panel *Panel
	name  string
	err   error
}

// Take shows the result in the panel, or, where the panel has been closed, on the
// screen.
func (msg savedMsg) Take(_ dialog.View, h dialog.Host) tea.Cmd {
	r := dialog.Remark{Text: "written to " + msg.name}
	if msg.err != nil {
		r = dialog.Remark{Text: "not written: " + msg.err.Error(), Bad: true}
	}
	msg.panel.remark = r
	return h.Say(r.Text)
}

// Click moves the cursor to a row; a second click opens its field.
func (t *Panel) Click(_ dialog.View, _ dialog.Host, row int) tea.Cmd {
	switch {
	case row < 0 || row >= len(t.rows) || t.typed != nil:
	case row == t.cursor:
		t.typeValue("")
	default:
		t.remark = dialog.Remark{}
		t.moveTo(row)
	}
	return nil
}

// Wheel moves the cursor.
func (t *Panel) Wheel(_ dialog.View, up bool) {
	switch {
	case t.typed != nil:
	case up:
		t.moveTo(t.cursor - 1)
	default:
		t.moveTo(t.cursor + 1)
	}
}
