package draw

import (
	"strings"

	"charm.land/lipgloss/v2"
)

// Options are the user's settings of the look. The zero value is the automatic theme, with
// Unicode glyphs and with motion.
type Options struct {
	// ASCII draws every character in its ASCII form.
	ASCII bool
	// ReducedMotion leaves out the inverse flash on a change of state.
	ReducedMotion bool
	// Theme names the colours; empty is automatic.
	Theme ThemeName
}

// Look holds all styles and glyphs of one theme on one background. It is built
// once by [NewLook], never changes, and may be shared between goroutines.
type Look struct {
	glyphs
	ASCII, Still bool
	// sgr holds two escape sequences for each role: one that starts the role, and one that
	// starts it inverse. They are made once, because rendering styles in every frame is
	// slow.
	sgr [2 * roleCount]string
}

// off ends every style.
const off = "\x1b[m"

// NewLook builds a look. A theme with a dark and a light side uses the one that fits the
// background.
func NewLook(o Options, darkBackground bool) *Look {
	l := &Look{glyphs: glyphsOf(o.ASCII), ASCII: o.ASCII, Still: o.ReducedMotion}
	styles := monoStyles()
	if p, ok := paletteOf(o.Theme, darkBackground); ok {
		styles = p.styles()
	}
	for r, s := range styles {
		l.sgr[2*r] = opening(s)
		l.sgr[2*r+1] = opening(s.Reverse(true))
	}
	return l
}

// opening returns the escape sequence with which lipgloss starts a style.
func opening(s lipgloss.Style) string {
	before, _, _ := strings.Cut(s.Render("x"), "x")
	return before
}
