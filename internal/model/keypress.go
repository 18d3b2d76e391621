package model

import tea "charm.land/bubbletea/v2"

// pressed handles a key: first the dialogs get it, then the table of keys.
func (m *Model) pressed(msg tea.KeyPressMsg) tea.Cmd {
	defer func() { m.onFaults = false }() // it holds for this key only
	row, hit := m.keys.find(m, msg)
	if done, cmd := m.overlaid(msg, row); done {
		if m.showKeys {
			cmd = tea.Batch(m.caption.show(m.opts.Context, msg.String(), expiredCaption, captionTime), cmd)
		}
		return cmd
	}
	if m.popup.Shown {
		m.feed.rush()
		if m.putAway(msg.String()) {
			return nil
		}
	}
	if row == nil {
		return nil
	}
	m.feed.rush() // show the effect of the key in the next frame
	var caption tea.Cmd
	if m.showKeys {
		caption = m.caption.show(m.opts.Context, m.captionOf(row, hit.key), expiredCaption, captionTime)
	}
	return tea.Batch(caption, m.carryOut(row, hit))
}

// carryOut executes a key, or says why the key is off.
func (m *Model) carryOut(row *keyRow, hit stroke) tea.Cmd {
	if row.has(aSensor) {
		m.settle()
	}
	if why := m.keys.off(m, row); why != nil {
		return m.say(why.says(m, hit.key))
	}
	return hit.do(m)
}

// captionOf is the caption for a key, for an audience.
func (m *Model) captionOf(r *keyRow, typed string) string {
	word := r.word
	if word == "" {
		word = r.Help().Desc
	}
	if r.aimed {
		word += " " + m.targetName()
	}
	return typed + " " + word
}
