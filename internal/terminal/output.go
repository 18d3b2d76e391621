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

// Profile is the colour profile for out, limited by the environment; no colours
// where out is no terminal.
func Profile(out io.Writer) colorprofile.Profile {
	return min(colorprofile.Detect(out, os.Environ()), maxProfile())
}

// Colourless says whether the environment asks for no colours, or the terminal
// has none.
func Colourless() bool { return maxProfile() <= colorprofile.ASCII }

// Limited returns out, or, where out is a terminal, a writer that is a terminal
// too but removes the colours that it does not have. Libraries that detect
// colours themselves may assume too many.
func Limited(out io.Writer) io.Writer {
	f := FileOf(out)
	if f == nil || !term.IsTerminal(f.Fd()) {
		return out
	}
	return &limited{f, &colorprofile.Writer{Forward: f, Profile: Profile(f)}}
}

// limited is a terminal whose output is reduced to the colours that it really
// has.
type limited struct {
	*os.File
	fewer *colorprofile.Writer
}

// Write writes p in colours that the terminal can show.
func (l *limited) Write(p []byte) (int, error) { return l.fewer.Write(p) }

// WriteString is Write for a string; WriteString of the embedded os.File would
// bypass Write.
func (l *limited) WriteString(s string) (int, error) { return l.fewer.WriteString(s) }

// FileOf is w where it is a file, which may be a terminal; otherwise nil.
func FileOf(w io.Writer) *os.File {
	f, _ := w.(*os.File)
	return f
}
