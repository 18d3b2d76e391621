package model

import (
	tea "charm.land/bubbletea/v2"

	"resiltui/internal/model/dialog"
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
)

// overlay is something that lies over the screen and gets the keys first. What
// it does not take goes on to the keys that always work, and to no others: no
// key is lost to something that is hidden.
type overlay interface {
	// press takes a key; used is false for one that is none of the overlay's.
	press(m *Model, msg tea.KeyPressMsg) (used bool, cmd tea.Cmd)
	// draw is the box, to be laid over the middle of the screen; empty where
	// there is nothing to draw.
	draw(m *Model) string
	// click is a click at a cell of the box.
	click(m *Model, x, y int) tea.Cmd
	// wheel turns by one step.
	wheel(m *Model, up bool) tea.Cmd
}

// typing is an overlay that may hold a text field: while it does, letters are
// text and no keys, and what is pasted goes there.
type typing interface {
	types() bool
	paste(m *Model, text string) tea.Cmd
}

// top is the overlay that gets the keys, nil where there is none.
func (m *Model) top() overlay {
	if len(m.overlays) == 0 {
		return nil
	}
	return m.overlays[len(m.overlays)-1]
}

// open lays something over the screen. What there was no room to draw makes way.
func (m *Model) open(o overlay) {
	if m.hidden(m.top()) {
		m.close()
	}
	m.overlays = append(m.overlays, o)
}

// hidden is true for an overlay that there is no room to draw.
func (m *Model) hidden(o overlay) bool {
	if _, field := footing(o); o == nil || field { // a field has the footer
		return false
	}
	return o.draw(m) == ""
}

// close takes the topmost overlay away.
func (m *Model) close() {
	if n := len(m.overlays); n > 0 {
		m.overlays[n-1] = nil
		m.overlays = m.overlays[:n-1]
	}
}

// overlaid hands a key to the topmost overlay. done is true where nothing else
// may act on it.
func (m *Model) overlaid(msg tea.KeyPressMsg, row *keyRow) (done bool, cmd tea.Cmd) {
	o := m.top()
	if o == nil {
		return false, nil
	}
	if m.hidden(o) {
		return false, nil // there is no room to draw it, and nobody presses what is hidden
	}
	m.feed.rush()
	if t, ok := o.(typing); ok && t.types() && msg.Text == "" && msg.String() != "esc" && row != nil && row.always {
		return false, nil // no text: ctrl+c quits wherever one types
	}
	if used, cmd := o.press(m, msg); used {
		return true, cmd
	}
	return row == nil || !row.always, nil
}

// drawOverlays lays what is open over the screen.
func (m *Model) drawOverlays(content string) string {
	for _, o := range m.overlays {
		content = draw.Overlay(content, o.draw(m), m.frame.Width, m.frame.Height)
	}
	return content
}

// clickOverlay hands a click to the topmost overlay; a click beside it closes
// it.
func (m *Model) clickOverlay(o overlay, msg tea.MouseClickMsg) tea.Cmd {
	at := draw.OverlayRect(o.draw(m), m.frame.Width, m.frame.Height)
	if at.Empty() { // it has no box
		return nil
	}
	if !at.Contains(msg.X, msg.Y) {
		m.close()
		return nil
	}
	return o.click(m, msg.X-at.X, msg.Y-at.Y)
}

// pasted goes to a text field or nowhere.
func (m *Model) pasted(msg tea.PasteMsg) tea.Cmd {
	if t, ok := m.top().(typing); ok && t.types() && !m.hidden(m.top()) {
		m.feed.rush()
		return t.paste(m, msg.Content)
	}
	return nil
}

// asking is an overlay that shows what the screen under it may not.
type asking interface {
	ask(m *Model, q *stats.Query)
}

// drop takes an overlay away, wherever it lies.
func (m *Model) drop(o overlay) {
	for i := range m.overlays {
		if m.overlays[i] == o {
			m.overlays = append(m.overlays[:i], m.overlays[i+1:]...)
			return
		}
	}
}

// footing is the overlay as a text field in the place of the footer, where it is one.
func footing(o overlay) (field dialog.Footing, ok bool) {
	h, ok := o.(hosted)
	if ok {
		field, ok = h.Dialog.(dialog.Footing)
	}
	return field, ok
}

// promptView is the text field that is drawn, if any.
func (m *Model) promptView() views.Prompt {
	if field, ok := footing(m.top()); ok {
		return field.Footer()
	}
	return views.Prompt{}
}

// toggleHelp opens the list of keys, and takes it away wherever it lies.
func (m *Model) toggleHelp() tea.Cmd {
	for _, o := range m.overlays {
		if h, ok := o.(hosted); ok {
			if _, ok := h.Dialog.(*helpBox); ok {
				m.drop(o)
				return nil
			}
		}
	}
	m.open(hosted{&helpBox{keys: m.helpGroups}})
	return nil
}
