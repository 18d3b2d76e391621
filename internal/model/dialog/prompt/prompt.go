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

// Most is the maximum length of the text, in characters.
const Most = 200

// Prompt is a text field in place of the footer.
type Prompt struct {
	opts  Options
	field textinput.Model
}

// Options are the options of a text field. All functions may be nil.
type Options struct {
	// Label says what to type; Text is the initial text.
	Label, Text string
	// Note is a remark about the text, such as what is allowed or how many match; it is
	// called for each drawing.
	Note func(text string) string
	// Changed is called after each change.
	Changed func(text string)
	// Done is called with the text at Enter. It returns false where the text cannot be
	// used; the field then stays open.
	Done func(text string) (ok bool, cmd tea.Cmd)
	// Left is called at Escape.
	Left func()
}

// New returns a field with the cursor at the end of its text.
func New(o Options) *Prompt {
	p := &Prompt{opts: o, field: textinput.New()}
	p.field.CharLimit = Most
	p.field.SetValue(o.Text)
	p.field.CursorEnd()
	p.field.Focus()
	return p
}

// Footer is the field as it is drawn.
func (p *Prompt) Footer() views.Prompt {
	v := views.Prompt{Label: p.opts.Label, Text: p.field.Value(), Cursor: p.field.Position()}
	if p.opts.Note != nil {
		v.Note = p.opts.Note(v.Text)
	}
	return v
}

// Key edits the text. The field does not use up and down.
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

// edit passes a message to the field. The Cmds of the field are dropped: they only make
// the cursor blink, which would draw frames while nothing happens.
func (p *Prompt) edit(msg tea.Msg) {
	before := p.field.Value()
	p.field, _ = p.field.Update(msg)
	if after := p.field.Value(); after != before && p.opts.Changed != nil {
		p.opts.Changed(after)
	}
}

// Types is always true.
func (p *Prompt) Types() bool { return true }

// Paste inserts a text into the field.
func (p *Prompt) Paste(text string) { p.edit(tea.PasteMsg{Content: text}) }

// Draw draws nothing: the field is in the footer.
func (p *Prompt) Draw(dialog.View) draw.Box { return draw.Box{} }

// Click does nothing: there is no box.
func (p *Prompt) Click(dialog.View, dialog.Host, int) tea.Cmd { return nil }
