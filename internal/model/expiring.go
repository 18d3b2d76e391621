package model

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"
)

// How long notices and the like stay on the screen.
const (
	captionTime = 1500 * time.Millisecond
	noticeTime  = 3 * time.Second
	flashTime   = 300 * time.Millisecond
)

// timed is a text that disappears after some time. The timer of an older text does
// not remove a newer one.
type timed struct {
	text string
	id   int
}

// expiredMsg says that the time of a text is over.
type expiredMsg struct {
	what expiring
	id   int
}

type expiring uint8

const (
	expiredCaption expiring = iota
	expiredNotice
	expiredVerdict
)

// show shows a text for some time.
func (t *timed) show(ctx context.Context, text string, what expiring, d time.Duration) tea.Cmd {
	t.text = text
	t.id++
	return after(ctx, d, expiredMsg{what: what, id: t.id})
}

// after is the Cmd that returns a message after some time, or nil where the program
// ends before. tea.Tick cannot be cancelled, so it would keep running.
func after(ctx context.Context, d time.Duration, msg tea.Msg) tea.Cmd {
	return func() tea.Msg {
		t := time.NewTimer(d)
		defer t.Stop()
		select {
		case <-ctx.Done():
			return nil
		case <-t.C:
			return msg
		}
	}
}

// Notice is a message from outside of the model that shows a line for a moment, for
// example about a failed notification command. The text must be clean.
type Notice string

// LogFault is a message that the log file is incomplete. Mark, a word or two in
// ASCII, stays in the header, and Line is shown for a moment; both must be clean. A
// newer Mark replaces an older one.
type LogFault struct{ Mark, Line string }

// say shows a line for a moment.
func (m *Model) say(text string) tea.Cmd {
	m.untilBatch = false
	return m.notice.show(m.opts.Context, text, expiredNotice, noticeTime)
}

// flash inverts the frame of a sensor for a moment after a change of state. At high
// speed it does nothing, since that would only flicker. A flash has no timer of its
// own, because circuits may change a thousand times per second: it ends with the next
// frame after its time.
func (m *Model) flash(sensor int, now time.Time) {
	if !m.opts.Look.ReducedMotion && sensor >= 0 && m.frame.Snap.Speed <= 4 {
		m.flashes[sensor] = now.Add(flashTime)
	}
}

// calm ends the flashes whose time is over, and returns when the next one ends; the
// zero time where there is none.
func (m *Model) calm(now time.Time) (next time.Time) {
	for sensor, end := range m.flashes {
		switch {
		case !now.Before(end):
			delete(m.flashes, sensor)
		case next.IsZero() || end.Before(next):
			next = end
		}
	}
	return next
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
		if msg.id == m.verdictTimer {
			m.popup.Shown = false
		}
	}
}
