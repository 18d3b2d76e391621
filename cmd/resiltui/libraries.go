package main

import (
	"os"

	"resiltui/internal/engine/event"
	"resiltui/internal/terminal"
	"resiltui/internal/words"
)

// libraryCells is how much of what a library says is told.
const libraryCells = 200

// catch makes notes among the events of what libraries say, clean and without
// secrets, in place of having it written over the screen. Where standard error is
// none of the process there is nothing to catch.
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

// foreign is a line from elsewhere as it may be shown. Secrets are looked for before
// and after cleaning: what is taken out may have parted one.
func (d dashboard) foreign(line string) string {
	line = words.Clean(d.secrets.Hide(line), 1<<13)
	return words.Clean("library: "+words.RedactText(d.secrets.Hide(line)), libraryCells)
}
