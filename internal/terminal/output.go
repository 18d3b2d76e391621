package terminal

import (
	"io"
	"os"

	"github.com/charmbracelet/colorprofile"
)

// NoColor follows the convention that any value of NO_COLOR, if it is not
// empty, asks for no colour.
func NoColor() bool { return os.Getenv("NO_COLOR") != "" }

// Profile is the colours that the terminal has.
func Profile(out *os.File) colorprofile.Profile {
	if NoColor() {
		return colorprofile.ASCII
	}
	return colorprofile.Detect(out, os.Environ())
}

// FileOf is w where it is a file, and so may be a terminal; else nil.
func FileOf(w io.Writer) *os.File {
	f, _ := w.(*os.File)
	return f
}
