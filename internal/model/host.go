package model

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/engine/event"
	"resiltui/internal/model/dialog"
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
)

// dialogView is what dialogs may read.
func (m *Model) dialogView() dialog.View {
	v := dialog.View{
		Snap: &m.frame.Snap, Now: m.frame.Now, Width: m.frame.Width, Height: m.frame.Height, Look: m.look,
		Target: dialog.Target{
			Name: m.longTarget(), Selected: m.frame.Selected, All: m.targetAll, Sensors: m.targets(),
		},
		Effect: m.withBatch(),
	}
	if m.locked {
		v.Locked = lockedText
	}
	return v
}

// longTarget is the full name of the target of the keys.
func (m *Model) longTarget() string {
	run := m.frame.Snap.Run
	switch {
	case m.frame.Selected >= total(run):
		return ""
	case m.targetAll:
		return fmt.Sprintf("all %d sensors", len(run.Sensors))
	default:
		return sentence.SensorTitle(run.Sensors[m.frame.Selected])
	}
}

// present is the present state of the run without its sensors, even on a frozen
// screen.
func (m *Model) present() stats.Snapshot {
	if m.past.Frozen {
		return m.feed.snapshot(stats.Query{Sensors: []int{}})
	}
	return m.frame.Snap
}

// withBatch says when a command takes effect.
func (m *Model) withBatch() string {
	now := m.present()
	if now.Run == nil || !now.Run.Virtual {
		return "at once"
	}
	text := fmt.Sprintf("with batch %d", now.Batch+1)
	if m.past.Frozen {
		text += " of the live run, which z shows"
	}
	if now.Paused {
		text += ", when time goes on"
	}
	return text
}

// host is the dialog.Host of the model.
type host struct{ m *Model }

// Do sends a command to the engine.
func (h host) Do(cmd event.Command) { h.m.act(cmd) }

// Say shows a line for a moment.
func (h host) Say(text string) tea.Cmd { return h.m.say(text) }

// Open shows another dialog on top.
func (h host) Open(d dialog.Dialog) { h.m.open(d) }

// Close closes the topmost dialog.
func (h host) Close() { h.m.close() }

// Asked reports, on the screen and in the dialog, that a command takes effect
// with the next batch.
func (h host) Asked(what string) (dialog.Remark, tea.Cmd) {
	return h.m.asked(what), h.m.awaitBatch(what)
}

// asked is the remark for a dialog about a command.
func (m *Model) asked(what string) dialog.Remark {
	now := m.present()
	if now.Ended { // it may have ended while the dialog was open
		return dialog.Remark{Text: m.overText(), Bad: true}
	}
	r := dialog.Remark{Text: what + ": " + m.withBatch()}
	if now.Run != nil && now.Run.Virtual {
		r.Batch = now.Batch + 1
	}
	return r
}

// Press executes a key of the table without giving it to the dialogs.
func (h host) Press(name string) tea.Cmd {
	row, hit := h.m.keys.find(h.m, keyPress(name))
	if row == nil {
		return nil
	}
	return h.m.carryOut(row, hit)
}
