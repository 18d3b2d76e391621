package terminal

import (
	"io"
	"os"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"
)

// NoColor follows the convention that any value of NO_COLOR, if it is not
// empty, asks for no colour.
func NoColor() bool { return os.Getenv("NO_COLOR") != "" }

// Profile is the colours that out has and that are wanted: none where it is no
// terminal.
func Profile(out io.Writer) colorprofile.Profile {
	return min(colorprofile.Detect(out, os.Environ()), most())
}

// Colourless is true where no colour is wanted, or the terminal has none.
func Colourless() bool { return most() <= colorprofile.ASCII }

// Limited is out, or where out is a terminal a writer that is one as well and
// leaves out the colours that it has not. Others than we look at it and think
// that it has more.
func Limited(out io.Writer) io.Writer {
	f := FileOf(out)
	if f == nil || !term.IsTerminal(f.Fd()) {
		return out
	}
	return &limited{f, &colorprofile.Writer{Forward: f, Profile: Profile(f)}}
}

// limited is a terminal with fewer colours than one may think.
type limited struct {
	*os.File
	fewer *colorprofile.Writer
}

// Write writes what the terminal can show.
func (l *limited) Write(p []byte) (int, error) { return l.fewer.Write(p) }

// WriteString is Write for a string; that of os.File would go past it.
func (l *limited) WriteString(s string) (int, error) { return l.fewer.WriteString(s) }

// FileOf is w where it is a file, and so may be a terminal; else nil.
func FileOf(w io.Writer) *os.File {
	f, _ := w.(*os.File)
	return f
}
