package main

import (
	"os"

	"resiltui/internal/engine/event"
	"resiltui/internal/terminal"
	"resiltui/internal/words"
)

// libraryCells is the longest text of a library that is shown, in cells.
const libraryCells = 200

// catch turns what libraries write to standard error into notes among the events,
// cleaned and without secrets. Otherwise it would be written over the screen. It
// does nothing where errors do not go to the standard error of the process.
func (d dashboard) catch(do func(event.Command)) (release func(), err error) {
	if terminal.FileOf(d.err) != os.Stderr {
		return func() {}, nil
	}
	c, err := terminal.Catch(func(line string) {
		do(event.Command{Op: event.Note, Text: d.foreign(line), By: "a library"})
	})
	if err != nil {
		return nil, err
	}
	return c.Release, nil
}

// foreign makes a line from outside safe to show. Secrets are removed before
// cleaning and after it: a control character that cleaning removes may have split a
// secret.
func (d dashboard) foreign(line string) string {
	line = words.Clean(d.secrets.Hide(line), 1<<13)
	return words.Clean("library: "+words.RedactText(d.secrets.Hide(line)), libraryCells)
}
