package dialog

import (
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"resiltui/internal/views/draw"
)

// Entry is a short text field within a box. Make it with [NewEntry].
type Entry struct{ field textinput.Model }

// NewEntry returns a field that holds a text, with the cursor behind it.
func NewEntry(text string) *Entry {
	const most = 32 // more than any value has
	e := &Entry{field: textinput.New()}
	e.field.CharLimit = most
	e.field.SetValue(text)
	e.field.CursorEnd()
	e.field.Focus()
	return e
}

// Text is what was typed so far.
func (e *Entry) Text() string { return e.field.Value() }

// Edit hands a message to the field. Its commands only make the cursor blink,
// which would draw frames while nothing happens.
func (e *Entry) Edit(msg tea.Msg) { e.field, _ = e.field.Update(msg) }

// View is what is drawn, with what is allowed and whether the text is not.
func (e *Entry) View(allowed string, wrong bool) *draw.Field {
	return &draw.Field{Text: e.Text(), Cursor: e.field.Position(), Range: allowed, Wrong: wrong}
}

// Begins is true for a key that a number begins with: typing one opens a field.
func Begins(key tea.KeyPressMsg) bool {
	return len(key.Text) == 1 && (key.Text[0] >= '0' && key.Text[0] <= '9')
}
