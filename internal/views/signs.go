package views

import (
	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/sentence"
	"resiltui/internal/views/draw"
)

// The signs of results, states and events: which glyph and which role each has.
// They stand here and not among the glyphs of the look, because what draws cells
// knows nothing of results and circuits.

// signOf is one of a sign's two forms.
func signOf(look *draw.Look, unicode, ascii string) string {
	if look.ASCII {
		return ascii
	}
	return unicode
}

// MarkSign returns the call track's glyph and role; what is unknown is blank.
func MarkSign(l *draw.Look, m event.Mark) (string, draw.Role) {
	return MarkGlyph(l, m), MarkRole(m)
}

// MarkGlyph is the call track's glyph of a result; blank for one that is unknown.
func MarkGlyph(l *draw.Look, m event.Mark) string {
	switch m {
	case event.MarkLive:
		return signOf(l, "●", "o")
	case event.MarkRetried:
		return "+"
	case event.MarkStale:
		return "~"
	case event.MarkInterpolated:
		return signOf(l, "≈", "i")
	case event.MarkFastFail:
		return signOf(l, "×", "x")
	case event.MarkMissing:
		return "_"
	default:
		return " "
	}
}

// MarkRole is the role of a result.
func MarkRole(m event.Mark) draw.Role {
	switch m {
	case event.MarkLive:
		return draw.Live
	case event.MarkRetried:
		return draw.Retried
	case event.MarkStale, event.MarkInterpolated:
		return draw.Stale
	case event.MarkFastFail, event.MarkMissing:
		return draw.Fail
	default:
		return draw.Plain
	}
}

// StateSign returns the state track's glyph and role. A probe is drawn as one
// whatever it led to: the next column tells that.
func StateSign(l *draw.Look, s breaker.State, probe bool) (string, draw.Role) {
	if probe {
		s = breaker.HalfOpen
	}
	g := StateGlyph(l, s)
	if g == " " {
		return g, draw.Plain
	}
	return g, StateRole(s)
}

// StateGlyph is the state track's glyph of a state; blank for one that is unknown.
func StateGlyph(l *draw.Look, s breaker.State) string {
	switch s {
	case breaker.Closed:
		return signOf(l, "─", "-")
	case breaker.Open:
		return signOf(l, "╱", "/")
	case breaker.HalfOpen:
		return "?"
	case breaker.ForcedOpen:
		return signOf(l, "╳", "X")
	case breaker.Disabled:
		return signOf(l, "═", "=")
	default:
		return " "
	}
}

// StateRole is the role of a state.
func StateRole(s breaker.State) draw.Role {
	switch s {
	case breaker.Closed:
		return draw.Live
	case breaker.Open, breaker.ForcedOpen:
		return draw.Fail
	case breaker.HalfOpen:
		return draw.Probe
	default:
		return draw.Label
	}
}

// ToggleSign returns a state's switch, four cells wide.
func ToggleSign(l *draw.Look, s breaker.State) string {
	switch s {
	case breaker.Closed:
		return signOf(l, "•──•", "o--o")
	case breaker.Open:
		return signOf(l, "•╱ •", "o/ o")
	case breaker.HalfOpen:
		return signOf(l, "•─?•", "o-?o")
	case breaker.ForcedOpen:
		return signOf(l, "•╳ •", "oX o")
	case breaker.Disabled:
		return signOf(l, "•══•", "o==o")
	default:
		return "    "
	}
}

// LineSign returns the glyph and role of a notable event.
func LineSign(l *draw.Look, r sentence.Role) (string, draw.Role) {
	switch r {
	case sentence.RoleClosed:
		return StateSign(l, breaker.Closed, false)
	case sentence.RoleOpen:
		return StateSign(l, breaker.Open, false)
	case sentence.RoleHalfOpen:
		return StateSign(l, breaker.HalfOpen, false)
	case sentence.RoleForced:
		return StateSign(l, breaker.ForcedOpen, false)
	case sentence.RoleDisabled:
		return StateSign(l, breaker.Disabled, false)
	case sentence.RoleStale:
		return MarkSign(l, event.MarkStale)
	case sentence.RoleInterpolated:
		return MarkSign(l, event.MarkInterpolated)
	case sentence.RoleMissing:
		return MarkSign(l, event.MarkMissing)
	case sentence.RoleFault:
		return l.Fault, draw.Fault
	default:
		return l.Info, draw.Label
	}
}
