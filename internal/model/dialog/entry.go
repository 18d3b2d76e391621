package dialog

import (
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"resiltui/internal/views/draw"
)

// Entry is a short text field in a box. Make it with [NewEntry] or [NewSelected].
type Entry struct {
	field textinput.Model
	// selected says that the next character replaces the whole text.
	selected bool
}

// NewEntry returns a field with a text, and the cursor at its end.
func NewEntry(text string) *Entry {
	const most = 32 // longer than any value
	e := &Entry{field: textinput.New()}
	e.field.CharLimit = most
	e.field.SetValue(text)
	e.field.CursorEnd()
	e.field.Focus()
	return e
}

// NewSelected returns a field with the value to change, all of it selected as in other
// text fields: the first typed character replaces it, and a key that moves the cursor
// keeps it.
func NewSelected(text string) *Entry {
	e := NewEntry(text)
	e.selected = text != ""
	return e
}

// Text is the present text of the field.
func (e *Entry) Text() string { return e.field.Value() }

// Edit passes a message to the field. The Cmds of the field are dropped: they only make
// the cursor blink, which would draw frames while nothing happens.
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

// replaces says whether a message contains text.
func replaces(msg tea.Msg) bool {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		return msg.Content != ""
	case tea.KeyPressMsg:
		return msg.Text != ""
	}
	return false
}

// erases says whether a key deletes the selected text.
func erases(msg tea.Msg) bool {
	key, ok := msg.(tea.KeyPressMsg)
	return ok && (key.String() == "backspace" || key.String() == "delete")
}

// View is what is drawn: the field, the allowed range, and whether the text is wrong.
func (e *Entry) View(allowed string, wrong bool) *draw.Field {
	return &draw.Field{Text: e.Text(), Cursor: e.field.Position(), Selected: e.selected, Range: allowed, Wrong: wrong}
}

// Begins says whether a key can begin a number: typing it opens a field.
func Begins(key tea.KeyPressMsg) bool {
	return len(key.Text) == 1 && (key.Text[0] >= '0' && key.Text[0] <= '9')
}
