// Package dialog is the interface between the model and its dialogs: what is drawn on top
// of the screen, what it may read and what it may do.
//
// Each dialog is a package below this one, with its state, its keys and its drawing
// together. It reads a [View], which is a value, and acts through a [Host]; it knows
// neither the model nor another dialog, so that it can be tested without an engine and
// without a program. What all dialogs share is here: a text field, and the line that
// reports the result of a key. The package does not decide when a dialog is open; the
// model does.
package dialog

import (
	tea "charm.land/bubbletea/v2"

	"resiltui/internal/engine/event"
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
)

// Dialog is drawn on top of the screen and gets the keys first. What it does not take goes
// on to the keys that always work, and to no others.
//
// Its methods are called by the model's Update and View, one at a time. They do no
// I/O and never wait: what takes time is the Cmd that they return.
type Dialog interface {
	// Key takes a key; used is false for one that is none of the dialog's. Escape
	// closes every dialog that does not take it.
	Key(v View, h Host, key tea.KeyPressMsg) (used bool, cmd tea.Cmd)
	// Draw draws the box, with what can be clicked; the zero Box where there is no
	// room for one. A dialog that has no box on this screen gets no keys.
	Draw(v View) draw.Box
	// Click is a click in the box: on a row, or on draw.NoRow. A click on a key
	// presses it and does not come here.
	Click(v View, h Host, row int) tea.Cmd
}

// Typing is a Dialog that may hold a text field: while it does, letters are text
// and no keys, and what is pasted goes there.
type Typing interface {
	// Types is true while a field is open.
	Types() bool
	// Paste is called only then.
	Paste(text string)
}

// Asking is a Dialog that shows what the screen under it may not need.
type Asking interface {
	// Query adds what the next snapshot must hold.
	Query(v View, q *stats.Query)
}

// Wheeling is a Dialog that the wheel of the mouse turns.
type Wheeling interface {
	// Wheel turns by one step.
	Wheel(v View, up bool)
}

// Footing is a Dialog that stands in the place of the footer and has no box.
type Footing interface {
	Footer() views.Prompt
}

// Answer is a message that a dialog's Cmd sends back. It may come when the dialog
// is closed.
type Answer interface {
	Take(v View, h Host) tea.Cmd
}

// Host is all that a dialog may do. Its methods return at once; the Cmds that they
// return must be handed on.
type Host interface {
	// Do asks something of the run, in the name of whoever pressed the key.
	Do(cmd event.Command)
	// Asked says when what was asked for takes effect: on the screen, and as a
	// remark for the dialog.
	Asked(what string) (Remark, tea.Cmd)
	// Say shows a line on the screen for a moment.
	Say(text string) tea.Cmd
	// Press presses a key of the screen under the dialog ("!", "*").
	Press(key string) tea.Cmd
	// Open puts another dialog on top of this one.
	Open(d Dialog)
	// Close closes the topmost dialog.
	Close()
}
