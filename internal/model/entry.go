package model

import (
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"resiltui/internal/stats"
	"resiltui/internal/views"
)

// entry is a short text field within a box.
type entry struct{ field textinput.Model }

// newEntry returns a field that holds a text, with the cursor behind it.
func newEntry(text string) *entry {
	const most = 32 // more than any value has
	e := &entry{field: textinput.New()}
	e.field.CharLimit = most
	e.field.SetValue(text)
	e.field.CursorEnd()
	e.field.Focus()
	return e
}

func (e *entry) text() string { return e.field.Value() }

// edit hands a message to the field. Its commands only make the cursor blink,
// which would draw frames while nothing happens.
func (e *entry) edit(msg tea.Msg) { e.field, _ = e.field.Update(msg) }

// view is what is drawn.
func (e *entry) view(allowed string, wrong bool) *views.Field {
	return &views.Field{Text: e.text(), Cursor: e.field.Position(), Range: allowed, Wrong: wrong}
}

// begins is true for a key that a number begins with: typing one opens a field.
func begins(msg tea.KeyPressMsg) bool {
	return len(msg.Text) == 1 && (msg.Text[0] >= '0' && msg.Text[0] <= '9')
}

// remark is a line in a box that says what became of a key. The next key takes it
// away.
type remark struct {
	text string
	bad  bool
	// batch is the one that what was asked for takes effect with, after which
	// there is nothing more to say; 0 where it is not about that.
	batch int
}

// asked is the remark that something takes effect with the next batch.
func (m *Model) asked(what string) remark {
	if m.frame.Snap.Ended { // while the panel was open
		return remark{text: m.overText(), bad: true}
	}
	r := remark{text: what + ": " + m.withBatch()}
	if run := m.frame.Snap.Run; run != nil && run.Virtual {
		r.batch = m.frame.Snap.Batch + 1
	}
	return r
}

// shown is what is drawn of a remark.
func (r remark) shown(m *Model) (text string, bad bool) {
	if r.batch > 0 && m.frame.Snap.Batch >= r.batch {
		return "", false
	}
	return r.text, r.bad
}

// asking is an overlay that shows what the screen under it may not.
type asking interface {
	ask(m *Model, q *stats.Query)
}
