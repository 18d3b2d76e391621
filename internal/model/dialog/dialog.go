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

// Dialog is drawn on top of the screen and gets the keys first. Keys that it does not use
// go to the keys that always work, and to nothing else.
//
// The model's Update and View call its methods, one at a time. They do no I/O and never
// block: what takes time is done in the Cmd that they return.
type Dialog interface {
	// Key handles a key; used is false for a key that the dialog has no use for. Escape
	// closes the dialog unless the dialog uses it.
	Key(v View, h Host, key tea.KeyPressMsg) (used bool, cmd tea.Cmd)
	// Draw draws the box, with what can be clicked; it returns the zero Box where there is
	// no room. A dialog without a box on this screen gets no keys.
	Draw(v View) draw.Box
	// Click handles a click in the box: on a row, or on draw.NoRow. A click on the name of
	// a key presses that key and is not passed to Click.
	Click(v View, h Host, row int) tea.Cmd
}

// Typing is a Dialog that may have an open text field. While it has, letters are text and
// not keys, and pasted text goes to the field.
type Typing interface {
	// Types says whether a text field is open.
	Types() bool
	// Paste is called only while Types is true.
	Paste(text string)
}

// Asking is a Dialog that shows data that the screen under it may not need.
type Asking interface {
	// Query adds to q what the next snapshot must hold for the dialog.
	Query(v View, q *stats.Query)
}

// Wheeling is a Dialog that the mouse wheel scrolls.
type Wheeling interface {
	// Wheel scrolls by one step.
	Wheel(v View, up bool)
}

// Footing is a Dialog that is drawn in place of the footer and has no box.
type Footing interface {
	Footer() views.Prompt
}

// Answer is a message that a dialog's Cmd sends back. The dialog may be closed by then.
type Answer interface {
	Take(v View, h Host) tea.Cmd
}

// Host is everything that a dialog may do to the model. Its methods return at once; the
// Cmds that they return must be passed on to Bubble Tea.
type Host interface {
	// Do sends a command to the run; its By says which key was pressed.
	Do(cmd event.Command)
	// Asked reports when a command takes effect: on the screen, and as a remark for the
	// dialog.
	Asked(what string) (Remark, tea.Cmd)
	// Say shows a line on the screen for a moment.
	Say(text string) tea.Cmd
	// Press executes a key of the screen under the dialog ("!", "*").
	Press(key string) tea.Cmd
	// Open puts another dialog on top of this one.
	Open(d Dialog)
	// Close closes the topmost dialog.
	Close()
}
