// Package prompt is the text field that replaces the footer: for a filter, a search or a
// note.
//
// It edits a text and hands it to the function that it was opened with; it does not filter
// or search itself. A short field inside a box is a dialog.Entry instead.
package prompt

import (
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"resiltui/internal/model/dialog"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
)

// Most is how many characters a text field holds.
const Most = 200

// Prompt is a text field in the place of the footer.
type Prompt struct {
	opts  Options
	field textinput.Model
}

// Options are what a text field is for. All functions may be nil.
type Options struct {
	// Label says what to type; Text is what the field begins with.
	Label, Text string
	// Note says what is allowed, or what became of the text so far; it is asked
	// at each drawing.
	Note func(text string) string
	// Changed is told each change.
	Changed func(text string)
	// Done gets the text at Enter, and says false where it cannot be used, so that
	// the field stays.
	Done func(text string) (ok bool, cmd tea.Cmd)
	// Left is told of Escape.
	Left func()
}

// New returns a field with the cursor behind its text.
func New(o Options) *Prompt {
	p := &Prompt{opts: o, field: textinput.New()}
	p.field.CharLimit = Most
	p.field.SetValue(o.Text)
	p.field.CursorEnd()
	p.field.Focus()
	return p
}

// Footer is what is drawn.
func (p *Prompt) Footer() views.Prompt {
	v := views.Prompt{Label: p.opts.Label, Text: p.field.Value(), Cursor: p.field.Position()}
	if p.opts.Note != nil {
		v.Note = p.opts.Note(v.Text)
	}
	return v
}

// Key edits the text; up and down are none of a field's keys.
func (p *Prompt) Key(_ dialog.View, h dialog.Host, msg tea.KeyPressMsg) (used bool, cmd tea.Cmd) {
	switch msg.String() {
	case "enter":
		ok := true
		if p.opts.Done != nil {
			ok, cmd = p.opts.Done(p.field.Value())
		}
		if ok {
			h.Close()
		}
	case "esc":
		h.Close()
		if p.opts.Left != nil {
			p.opts.Left()
		}
	default:
		p.edit(msg)
	}
	return true, cmd
}

// edit hands a message to the field. Its commands only make the cursor blink,
// which would draw frames while nothing happens.
func (p *Prompt) edit(msg tea.Msg) {
	before := p.field.Value()
	p.field, _ = p.field.Update(msg)
	if after := p.field.Value(); after != before && p.opts.Changed != nil {
		p.opts.Changed(after)
	}
}

// Types is always true.
func (p *Prompt) Types() bool { return true }

// Paste puts a text into the field.
func (p *Prompt) Paste(text string) { p.edit(tea.PasteMsg{Content: text}) }

// Draw draws nothing: the field is in the footer.
func (p *Prompt) Draw(dialog.View) draw.Box { return draw.Box{} }

// Click does nothing: there is no box.
func (p *Prompt) Click(dialog.View, dialog.Host, int) tea.Cmd { return nil }
