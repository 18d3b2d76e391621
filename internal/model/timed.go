package model

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// How long things stay on the screen.
const (
	captionTime = 1500 * time.Millisecond
	noticeTime  = 3 * time.Second
	flashTime   = 300 * time.Millisecond
)

// timed is a text that goes away by itself. A newer text is not taken away by
// an older one's end.
type timed struct {
	text string
	id   int
}

// expiredMsg says that the time of something on the screen is over.
type expiredMsg struct {
	what   expiring
	id     int
	sensor int
}

type expiring uint8

const (
	expiredCaption expiring = iota
	expiredNotice
	expiredFlash
	expiredVerdict
)

// show sets a text for a while.
func (t *timed) show(text string, what expiring, d time.Duration) tea.Cmd {
	t.text = text
	t.id++
	id := t.id
	return tea.Tick(d, func(time.Time) tea.Msg { return expiredMsg{what: what, id: id} })
}

// say shows a line of the screen's own.
func (m *Model) say(text string) tea.Cmd {
	m.untilBatch = false
	return m.notice.show(text, expiredNotice, noticeTime)
}

// flash draws a sensor's frame inverse for a moment, since its state changed.
// Where time runs faster than anybody could see, it would only flicker.
func (m *Model) flash(sensor int) tea.Cmd {
	if m.opts.Look.ReducedMotion || sensor < 0 || m.frame.Snap.Speed > 4 {
		return nil
	}
	m.flashes[sensor]++
	id := m.flashes[sensor]
	return tea.Tick(flashTime, func(time.Time) tea.Msg {
		return expiredMsg{what: expiredFlash, id: id, sensor: sensor}
	})
}

func (m *Model) expire(msg expiredMsg) {
	switch msg.what {
	case expiredCaption:
		if msg.id == m.caption.id {
			m.caption.text = ""
		}
	case expiredNotice:
		if msg.id == m.notice.id {
			m.notice.text = ""
		}
	case expiredVerdict:
		if msg.id == m.popup.id {
			m.popup.shown = false
		}
	case expiredFlash:
		if m.flashes[msg.sensor] == msg.id {
			delete(m.flashes, msg.sensor)
		}
	}
}
