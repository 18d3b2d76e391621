package model

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/engine/event"
	"resiltui/internal/sensors"
	"resiltui/internal/views"
)

// types is true while a value is typed.
func (p *palette) types() bool { return p.typed != nil }

func (p *palette) paste(_ *Model, text string) tea.Cmd {
	p.typed.edit(tea.PasteMsg{Content: text})
	return nil
}

// press takes a key.
func (p *palette) press(m *Model, msg tea.KeyPressMsg) (used bool, cmd tea.Cmd) {
	if p.run != m.frame.Snap.Run {
		m.drop(p)
		return true, m.say("the run was started again")
	}
	if p.typed != nil {
		p.pressTyped(m, msg)
		return true, nil
	}
	p.remark = remark{}
	switch key := msg.String(); key {
	case "up", "k":
		p.move(-1)
	case "down", "j":
		p.move(1)
	case "tab":
		p.turn(1)
	case "shift+tab":
		p.turn(-1)
	case "g":
		p.choose(0)
	case "G":
		p.choose(len(p.kinds()) - 1)
	case "left", "h", "right", "l":
		p.step(m, key == "right" || key == "l")
	case "enter":
		return true, p.enter(m)
	case "d", "backspace", "delete":
		return true, p.end(m, key)
	default:
		if begins(msg) {
			p.typeValue(m, msg.Text)
			return true, nil
		}
		return p.letter(m, key)
	}
	return true, nil
}

// letter carries out the keys that are neither moves nor values.
func (p *palette) letter(m *Model, key string) (used bool, cmd tea.Cmd) {
	switch key {
	case "m":
		p.more = !p.more
		p.choose(min(p.cursor, len(p.kinds())-1))
	case "*":
		m.targetAll = !m.targetAll
	case "!":
		return true, m.toggleLock()
	case "r", "R":
		return true, p.recoverAll(m, key)
	default:
		rows, first := faultRows()
		k := slices.IndexFunc(rows, func(f sensors.Kind) bool { return f.Key == key })
		if k < 0 {
			return false, nil
		}
		p.more = p.more || k >= first
		p.choose(k)
	}
	return true, nil
}

// choose goes to a kind, in the list.
func (p *palette) choose(kind int) { p.cursor, p.field = kind, views.NoRow }

// move goes through the list, on to the kinds that are hidden, or through the
// parameters.
func (p *palette) move(by int) {
	if p.field != views.NoRow {
		p.field = min(max(p.field+by, 0), len(p.params()))
		return
	}
	if p.cursor+by == len(p.kinds()) {
		p.more = true
	}
	p.cursor = min(max(p.cursor+by, 0), len(p.kinds())-1)
}

// turn goes to the next parameter, and from the last one back to the list.
func (p *palette) turn(by int) {
	stops := len(p.params()) + 2 // the list, and the button
	p.field = (p.field+1+by+stops)%stops - 1
}

// at is the parameter that keys act on; in the list it is the most telling one.
func (p *palette) at() (sensors.Param, bool) {
	i := max(p.field, 0)
	if i >= len(p.params()) {
		return sensors.Param{}, false
	}
	return p.params()[i], true
}

// step changes the parameter.
func (p *palette) step(m *Model, up bool) {
	param, ok := p.at()
	if !ok {
		return
	}
	f := p.fault(m)
	before := param.Get(f)
	param.Move(&f, up)
	if param.Get(f) == before {
		p.remark = remark{text: "no further: " + param.Range()}
		return
	}
	m.faults[f.Kind] = f
}

// typeValue opens the text field of the parameter.
func (p *palette) typeValue(m *Model, text string) {
	param, ok := p.at()
	if !ok {
		return
	}
	p.field = max(p.field, 0)
	if text == "" {
		text, _, _ = strings.Cut(param.Text(p.fault(m)), " ")
	}
	p.typed = newEntry(text)
}

// parse is the fault with the parameter as it was typed, a unit behind it or not.
func (p *palette) parse(text string) (set func(*sensors.Fault), err error) {
	param := p.params()[p.field]
	text = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), param.Unit))
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return nil, errors.New("a number " + param.Range())
	}
	return func(f *sensors.Fault) { param.Set(f, x) }, param.Check(x)
}

// pressTyped is a key while a value is typed.
func (p *palette) pressTyped(m *Model, msg tea.KeyPressMsg) {
	switch msg.String() {
	case "esc":
		p.typed = nil
	case "enter":
		set, err := p.parse(p.typed.text())
		if err != nil {
			return // what is wrong stands beside it
		}
		f := p.fault(m)
		set(&f)
		m.faults[f.Kind] = f
		p.typed, p.field = nil, len(p.params()) // on to the button
	default:
		p.typed.edit(msg)
	}
}

// enter injects, or opens the field of a parameter.
func (p *palette) enter(m *Model) tea.Cmd {
	if p.field != views.NoRow && p.field < len(p.params()) {
		p.typeValue(m, "")
		return nil
	}
	fault := p.fault(m)
	switch err := fault.Validate(); {
	case m.locked:
		p.remark = remark{text: lockedText, bad: true}
		return nil
	case err != nil:
		p.remark = remark{text: err.Error(), bad: true}
		return nil
	}
	m.act(event.Command{Op: event.Inject, Sensors: m.targets(), Fault: fault, By: by("enter")})
	return p.asked(m, fault.Label()+" on "+m.longTarget())
}

// end ends the fault of the kind that is chosen.
func (p *palette) end(m *Model, key string) tea.Cmd {
	k := p.kind()
	if m.activeMark(p.active(m), k.Number) == "" {
		p.remark = remark{text: "no " + k.Title + " is active on " + m.longTarget()}
		return nil
	}
	m.act(event.Command{
		Op: event.EndFault, Sensors: m.targets(), Fault: sensors.Fault{Kind: k.Number}, By: by(key),
	})
	return p.asked(m, k.Title+" ends on "+m.longTarget())
}

// recoverAll ends all faults of the target, or of all sensors.
func (p *palette) recoverAll(m *Model, key string) tea.Cmd {
	cmd := event.Command{Op: event.Recover, Sensors: m.targets(), By: by(key)}
	on := m.longTarget()
	if key == "R" {
		cmd.Sensors, on = nil, "all sensors"
	}
	m.act(cmd)
	return p.asked(m, "all faults end on "+on)
}

// asked says what was asked for and when it takes effect, in the palette and on
// the screen under it.
func (p *palette) asked(m *Model, what string) tea.Cmd {
	p.remark = m.asked(what)
	return m.awaitBatch(what)
}

// click chooses a kind or a parameter, and once more on a parameter opens its
// field; the button injects; a click on a key presses it.
func (p *palette) click(m *Model, x, y int) tea.Cmd {
	row, key := p.box(m).Hit(x, y)
	field := row - views.FieldRow
	switch {
	case key != "":
		return m.pressed(keyPress(key))
	case p.typed != nil || row == views.NoRow:
	case row < len(p.kinds()):
		p.remark = remark{}
		p.choose(row)
	case field >= 0 && field <= len(p.params()):
		again := p.field == field
		p.remark, p.field = remark{}, field
		if again || field == len(p.params()) {
			return p.enter(m)
		}
	}
	return nil
}

func (p *palette) wheel(_ *Model, up bool) tea.Cmd {
	switch {
	case p.typed != nil:
	case up:
		p.move(-1)
	default:
		p.move(1)
	}
	return nil
}
