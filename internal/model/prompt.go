package model

import (
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"resiltui/internal/model/dialog"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
)

// mostTyped is how many characters a text field holds.
const mostTyped = 200

// prompt is a text field in the place of the footer.
type prompt struct {
	promptOptions
	field textinput.Model
}

// promptOptions are what a text field is for. All functions may be nil.
type promptOptions struct {
	// label says what to type; text is what the field begins with.
	label, text string
	// note says what is allowed, or what became of the text so far; it is asked
	// at each drawing.
	note func(text string) string
	// changed is told each change.
	changed func(text string)
	// done gets the text at Enter, and says false where it cannot be used, so that
	// the field stays.
	done func(text string) (ok bool, cmd tea.Cmd)
	// left is told of Escape.
	left func()
}

// newPrompt returns a field with the cursor behind its text.
func newPrompt(o promptOptions) *prompt {
	p := &prompt{promptOptions: o, field: textinput.New()}
	p.field.CharLimit = mostTyped
	p.field.SetValue(o.text)
	p.field.CursorEnd()
	p.field.Focus()
	return p
}

// Footer is what is drawn.
func (p *prompt) Footer() views.Prompt {
	v := views.Prompt{Label: p.label, Text: p.field.Value(), Cursor: p.field.Position()}
	if p.note != nil {
		v.Note = p.note(v.Text)
	}
	return v
}

// Key edits the text; up and down are none of a field's keys.
func (p *prompt) Key(_ dialog.View, h dialog.Host, msg tea.KeyPressMsg) (used bool, cmd tea.Cmd) {
	switch msg.String() {
	case "enter":
		ok := true
		if p.done != nil {
			ok, cmd = p.done(p.field.Value())
		}
		if ok {
			h.Close()
		}
	case "esc":
		h.Close()
		if p.left != nil {
			p.left()
		}
	default:
		p.edit(msg)
	}
	return true, cmd
}

// edit hands a message to the field. Its commands only make the cursor blink,
// which would draw frames while nothing happens.
func (p *prompt) edit(msg tea.Msg) {
	before := p.field.Value()
	p.field, _ = p.field.Update(msg)
	if after := p.field.Value(); after != before && p.changed != nil {
		p.changed(after)
	}
}

// Types is always true.
func (p *prompt) Types() bool { return true }

// Paste puts a text into the field.
func (p *prompt) Paste(text string) { p.edit(tea.PasteMsg{Content: text}) }

// Draw draws nothing: the field is in the footer.
func (p *prompt) Draw(dialog.View) draw.Box { return draw.Box{} }

// Click does nothing: there is no box.
func (p *prompt) Click(dialog.View, dialog.Host, int) tea.Cmd { return nil }
