package dialog

import (
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"resiltui/internal/views/draw"
)

// Entry is a short text field within a box. Make it with [NewEntry] or [NewSelected].
type Entry struct {
	field textinput.Model
	// selected says that the next character takes the place of the whole text.
	selected bool
}

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

// NewSelected returns a field that holds the value to be changed, all of it selected as
// in other text fields: the first character that is typed takes its place, and a key
// that moves the cursor keeps it.
func NewSelected(text string) *Entry {
	e := NewEntry(text)
	e.selected = text != ""
	return e
}

// Text is what was typed so far.
func (e *Entry) Text() string { return e.field.Value() }

// Edit hands a message to the field. Its commands only make the cursor blink,
// which would draw frames while nothing happens.
func (e *Entry) Edit(msg tea.Msg) {
	if e.selected {
		e.selected = false
		switch {
		case replaces(msg):
			e.field.SetValue("")
		case erases(msg):
			e.field.SetValue("")
			return
		}
	}
	e.field, _ = e.field.Update(msg)
}

// replaces is true for a message that brings text.
func replaces(msg tea.Msg) bool {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		return msg.Content != ""
	case tea.KeyPressMsg:
		return msg.Text != ""
	}
	return false
}

// erases is true for a key that deletes what is selected.
func erases(msg tea.Msg) bool {
	key, ok := msg.(tea.KeyPressMsg)
	return ok && (key.String() == "backspace" || key.String() == "delete")
}

// View is what is drawn, with what is allowed and whether the text is not.
func (e *Entry) View(allowed string, wrong bool) *draw.Field {
	return &draw.Field{Text: e.Text(), Cursor: e.field.Position(), Selected: e.selected, Range: allowed, Wrong: wrong}
}

// Begins is true for a key that a number begins with: typing one opens a field.
func Begins(key tea.KeyPressMsg) bool {
	return len(key.Text) == 1 && (key.Text[0] >= '0' && key.Text[0] <= '9')
}
