package main

import (
	"io"
	"os"

	"github.com/charmbracelet/colorprofile"
)

// noColor follows the convention that any value of NO_COLOR, if it is not
// empty, asks for no colour.
func noColor() bool { return os.Getenv("NO_COLOR") != "" }

// profile is the colours that the terminal has.
func profile(out *os.File) colorprofile.Profile {
	if noColor() {
		return colorprofile.ASCII
	}
	return colorprofile.Detect(out, os.Environ())
}

// stdoutFile is standard output where it is a file, and so may be a terminal.
func stdoutFile(w io.Writer) *os.File {
	f, _ := w.(*os.File)
	return f
}
