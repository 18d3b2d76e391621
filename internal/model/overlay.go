package model

import (
	tea "charm.land/bubbletea/v2"

	"resiltui/internal/model/dialog"
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
)

// The open dialogs, one on top of the other. The topmost one gets the keys. Keys
// that it does not use go to the keys that always work, and to nothing else, so
// that no key acts on something hidden.

// top is the dialog that gets the keys, nil where none is open.
func (m *Model) top() dialog.Dialog {
	if len(m.dialogs) == 0 {
		return nil
	}
	return m.dialogs[len(m.dialogs)-1]
}

// open shows a dialog on top. It replaces a dialog that has no room on the screen.
func (m *Model) open(d dialog.Dialog) {
	if m.hidden(m.top()) {
		m.close()
	}
	m.dialogs = append(m.dialogs, d)
}

// hidden says whether there is no room to draw a dialog.
func (m *Model) hidden(d dialog.Dialog) bool {
	if _, field := d.(dialog.Footing); d == nil || field { // a text field is drawn in the footer
		return false
	}
	return d.Draw(m.dialogView()).Empty()
}

// close closes the topmost dialog.
func (m *Model) close() {
	if n := len(m.dialogs); n > 0 {
		m.dialogs[n-1] = nil
		m.dialogs = m.dialogs[:n-1]
	}
}

// overlaid gives a key to the topmost dialog. done says that nothing else may use
// the key.
func (m *Model) overlaid(msg tea.KeyPressMsg, row *keyRow) (done bool, cmd tea.Cmd) {
	d := m.top()
	if d == nil || m.hidden(d) { // a hidden dialog gets no keys
		return false, nil
	}
	m.feed.rush()
	if types(d) && msg.Text == "" && msg.String() != "esc" && row != nil && row.always {
		return false, nil // not text: ctrl+c quits even from a text field
	}
	if used, cmd := d.Key(m.dialogView(), host{m}, msg); used {
		return true, cmd
	}
	return row == nil || !row.always, nil
}

// types says whether a dialog has an open text field.
func types(d dialog.Dialog) bool {
	t, ok := d.(dialog.Typing)
	return ok && t.Types()
}

// drawDialogs draws the open dialogs on top of the screen.
func (m *Model) drawDialogs() {
	for _, d := range m.dialogs {
		m.lay(d.Draw(m.dialogView()))
	}
}

// lay draws a box on the screen.
func (m *Model) lay(box draw.Box) {
	if !box.Empty() {
		m.screen.Lay(box.Cells, m.whole())
	}
}

// whole is the screen without the strip of a tour.
func (m *Model) whole() draw.Rect { return draw.At(0, 0, m.frame.Width, m.frame.Height) }

// clickDialog gives a click to the topmost dialog; a click outside of it closes it.
func (m *Model) clickDialog(d dialog.Dialog, msg tea.MouseClickMsg) tea.Cmd {
	v := m.dialogView()
	box := d.Draw(v)
	at := box.Over(m.whole())
	if at.Empty() { // the dialog has no box
		return nil
	}
	if !at.Contains(msg.X, msg.Y) {
		m.close()
		return nil
	}
	row, key := box.Hit(msg.X-at.X, msg.Y-at.Y)
	if key != "" {
		return m.pressed(keyPress(key))
	}
	return d.Click(v, host{m}, row)
}

// turnDialog gives a step of the mouse wheel to a dialog.
func (m *Model) turnDialog(d dialog.Dialog, up bool) {
	if w, ok := d.(dialog.Wheeling); ok {
		w.Wheel(m.dialogView(), up)
	}
}

// pasted gives pasted text to an open text field, or drops it.
func (m *Model) pasted(msg tea.PasteMsg) tea.Cmd {
	if d := m.top(); types(d) && !m.hidden(d) {
		m.feed.rush()
		d.(dialog.Typing).Paste(msg.Content)
	}
	return nil
}

// askDialogs adds what the topmost dialog needs to a query.
func (m *Model) askDialogs(q *stats.Query) {
	if d, ok := m.top().(dialog.Asking); ok {
		d.Query(m.dialogView(), q)
	}
}

// promptView is the text field in the footer, if any.
func (m *Model) promptView() views.Prompt {
	if field, ok := m.top().(dialog.Footing); ok {
		return field.Footer()
	}
	return views.Prompt{}
}
