package model

import (
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"resiltui/internal/views"
)

// mostTyped is how many characters a text field holds.
const mostTyped = 200

// prompt is a text field in the place of the footer.
type prompt struct {
	label string
	field textinput.Model
	// note says what is allowed, or what became of the text so far; it is asked
	// at each drawing.
	note func(m *Model, text string) string
	// changed is told each change; done gets the text at Enter, and says false
	// where it cannot be used, so that the field stays; left is told of Escape.
	// Each may be nil.
	changed func(m *Model, text string)
	done    func(m *Model, text string) (ok bool, cmd tea.Cmd)
	left    func(m *Model)
}

// newPrompt returns a field that holds a text, with the cursor behind it.
func newPrompt(label, text string) *prompt {
	p := &prompt{label: label, field: textinput.New()}
	p.field.CharLimit = mostTyped
	p.field.SetValue(text)
	p.field.CursorEnd()
	p.field.Focus()
	return p
}

// view is what is drawn.
func (p *prompt) view(m *Model) views.Prompt {
	v := views.Prompt{Label: p.label, Text: p.field.Value(), Cursor: p.field.Position()}
	if p.note != nil {
		v.Note = p.note(m, v.Text)
	}
	return v
}

// press edits the text; up and down are none of a field's keys.
func (p *prompt) press(m *Model, msg tea.KeyPressMsg) (used bool, cmd tea.Cmd) {
	switch msg.String() {
	case "enter":
		if p.done != nil {
			ok, cmd := p.done(m, p.field.Value())
			if ok {
				m.drop(p)
			}
			return true, cmd
		}
		m.drop(p)
	case "esc":
		m.drop(p)
		if p.left != nil {
			p.left(m)
		}
	default:
		p.edit(m, msg)
	}
	return true, nil
}

// edit hands a message to the field. Its commands only make the cursor blink,
// which would draw frames while nothing happens.
func (p *prompt) edit(m *Model, msg tea.Msg) {
	before := p.field.Value()
	p.field, _ = p.field.Update(msg)
	if after := p.field.Value(); after != before && p.changed != nil {
		p.changed(m, after)
	}
}

func (p *prompt) types() bool { return true }

func (p *prompt) paste(m *Model, text string) tea.Cmd {
	p.edit(m, tea.PasteMsg{Content: text})
	return nil
}

func (p *prompt) draw(*Model) string               { return "" }
func (p *prompt) click(*Model, int, int) tea.Cmd   { return nil }
func (p *prompt) wheel(*Model, bool) (cmd tea.Cmd) { return nil }

// drop takes an overlay away, wherever it lies.
func (m *Model) drop(o overlay) {
	for i := range m.overlays {
		if m.overlays[i] == o {
			m.overlays = append(m.overlays[:i], m.overlays[i+1:]...)
			return
		}
	}
}

// promptView is the text field that is drawn, if any.
func (m *Model) promptView() views.Prompt {
	if p, ok := m.top().(*prompt); ok {
		return p.view(m)
	}
	return views.Prompt{}
}
