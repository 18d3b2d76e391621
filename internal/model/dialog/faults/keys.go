package faults

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/engine/event"
	"resiltui/internal/model/dialog"
	"resiltui/internal/sensors/fault"
	"resiltui/internal/views/draw"
)

// Types says whether a value is being typed.
func (p *Palette) Types() bool { return p.typed != nil }

// Paste inserts a text into the field.
func (p *Palette) Paste(text string) { p.typed.Edit(tea.PasteMsg{Content: text}) }

// Key handles a key.
func (p *Palette) Key(v dialog.View, h dialog.Host, msg tea.KeyPressMsg) (used bool, cmd tea.Cmd) {
	if p.run != v.Snap.Run {
		h.Close()
		return true, h.Say("the run was started again")
	}
	if p.typed != nil {
		p.pressTyped(msg)
		return true, nil
	}
	p.remark = dialog.Remark{}
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
		p.step(key == "right" || key == "l")
	case "enter":
		return true, p.enter(v, h)
	case "d", "backspace", "delete":
		return true, p.end(v, h, key)
	default:
		if dialog.Begins(msg) {
			p.typeValue(msg.Text)
			return true, nil
		}
		return p.letter(v, h, key)
	}
	return true, nil
}

// letter handles the keys that neither move the cursor nor change a value.
func (p *Palette) letter(v dialog.View, h dialog.Host, key string) (used bool, cmd tea.Cmd) {
	switch key {
	case "m":
		p.more = !p.more
		p.choose(min(p.cursor, len(p.kinds())-1))
	case "*", "!":
		return true, h.Press(key)
	case "r", "R":
		return true, p.recoverAll(v, h, key)
	default:
		rows, first := kindRows()
		k := slices.IndexFunc(rows, func(f fault.Kind) bool { return f.Key == key })
		if k < 0 {
			return false, nil
		}
		p.more = p.more || k >= first
		p.choose(k)
	}
	return true, nil
}

// choose moves the cursor to a kind in the list.
func (p *Palette) choose(kind int) { p.cursor, p.field = kind, draw.NoRow }

// move moves the cursor in the list, where it also opens the hidden kinds, or through
// the parameters.
func (p *Palette) move(by int) {
	if p.field != draw.NoRow {
		p.field = min(max(p.field+by, 0), len(p.params()))
		return
	}
	if p.cursor+by == len(p.kinds()) {
		p.more = true
	}
	p.cursor = min(max(p.cursor+by, 0), len(p.kinds())-1)
}

// turn goes to the next parameter, and from the button back to the list.
func (p *Palette) turn(by int) {
	stops := len(p.params()) + 2 // plus the list and the button
	p.field = (p.field+1+by+stops)%stops - 1
}

// at is the parameter that keys change; in the list it is the first one, which is the
// most important.
func (p *Palette) at() (fault.Param, bool) {
	i := max(p.field, 0)
	if i >= len(p.params()) {
		return fault.Param{}, false
	}
	return p.params()[i], true
}

// step changes the parameter by one step.
func (p *Palette) step(up bool) {
	param, ok := p.at()
	if !ok {
		return
	}
	f := p.next()
	before := param.Get(f)
	param.Move(&f, up)
	if param.Get(f) == before {
		p.remark = dialog.Remark{Text: "no further: " + param.Range()}
		return
	}
	p.chosen[f.Kind] = f
}

// typeValue opens the text field of the parameter. With an empty text the field has
// the present value, which the first typed character replaces.
func (p *Palette) typeValue(text string) {
	param, ok := p.at()
	if !ok {
		return
	}
	p.field = max(p.field, 0)
	if text == "" {
		value, _, _ := strings.Cut(param.Text(p.next()), " ")
		p.typed = dialog.NewSelected(value)
		return
	}
	p.typed = dialog.NewEntry(text)
}

// parse parses the typed value of the parameter, with or without its unit.
func (p *Palette) parse(text string) (set func(*fault.Fault), err error) {
	param := p.params()[p.field]
	text = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), param.Unit))
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return nil, errors.New("a number " + param.Range())
	}
	return func(f *fault.Fault) { param.Set(f, x) }, param.Check(x)
}

// pressTyped handles a key while a value is typed.
func (p *Palette) pressTyped(msg tea.KeyPressMsg) {
	switch msg.String() {
	case "esc":
		p.typed = nil
	case "enter":
		set, err := p.parse(p.typed.Text())
		if err != nil {
			return // the error is shown beside the field
		}
		f := p.next()
		set(&f)
		p.chosen[f.Kind] = f
		p.typed, p.field = nil, len(p.params()) // continue with the button
	default:
		p.typed.Edit(msg)
	}
}

// enter injects the fault, or opens the field of a parameter.
func (p *Palette) enter(v dialog.View, h dialog.Host) tea.Cmd {
	if p.field != draw.NoRow && p.field < len(p.params()) {
		p.typeValue("")
		return nil
	}
	fault := p.next()
	switch err := fault.Validate(); {
	case v.Locked != "":
		p.remark = dialog.Remark{Text: v.Locked, Bad: true}
		return nil
	case err != nil:
		p.remark = dialog.Remark{Text: err.Error(), Bad: true}
		return nil
	}
	h.Do(event.Command{Op: event.Inject, Sensors: v.Target.Sensors, Fault: fault, By: dialog.By("enter")})
	return p.asked(h, fault.Label()+" on "+v.Target.Name)
}

// end ends the fault of the chosen kind.
func (p *Palette) end(v dialog.View, h dialog.Host, key string) tea.Cmd {
	k := p.kind()
	if activeMark(v, activeOn(v), k.Number) == "" {
		p.remark = dialog.Remark{Text: "no " + k.Title + " is active on " + v.Target.Name}
		return nil
	}
	h.Do(event.Command{
		Op: event.EndFault, Sensors: v.Target.Sensors, Fault: fault.Fault{Kind: k.Number}, By: dialog.By(key),
	})
	return p.asked(h, k.Title+" ends on "+v.Target.Name)
}

// recoverAll ends all faults of the target, or of all sensors.
func (p *Palette) recoverAll(v dialog.View, h dialog.Host, key string) tea.Cmd {
	cmd := event.Command{Op: event.Recover, Sensors: v.Target.Sensors, By: dialog.By(key)}
	on := v.Target.Name
	if key == "R" {
		cmd.Sensors, on = nil, "all sensors"
	}
	h.Do(cmd)
	return p.asked(h, "all faults end on "+on)
}

// asked reports when the command takes effect, in the palette and on the screen under
// it.
func (p *Palette) asked(h dialog.Host, what string) (cmd tea.Cmd) {
	p.remark, cmd = h.Asked(what)
	return cmd
}

// Click selects a kind or a parameter. A second click on a parameter opens its field;
// a click on the button injects.
func (p *Palette) Click(v dialog.View, h dialog.Host, row int) tea.Cmd {
	field := row - fieldRow
	switch {
	case p.typed != nil || row == draw.NoRow:
	case row < len(p.kinds()):
		p.remark = dialog.Remark{}
		p.choose(row)
	case field >= 0 && field <= len(p.params()):
		again := p.field == field
		p.remark, p.field = dialog.Remark{}, field
		if again || field == len(p.params()) {
			return p.enter(v, h)
		}
	}
	return nil
}

// Wheel moves the cursor in the list or through the parameters.
func (p *Palette) Wheel(_ dialog.View, up bool) {
	switch {
	case p.typed != nil:
	case up:
		p.move(-1)
	default:
		p.move(1)
	}
}
