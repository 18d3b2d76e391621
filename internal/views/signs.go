package views

import (
	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/sentence"
	"resiltui/internal/views/draw"
)

// The signs of results, states and events: which glyph and which role each has.
// They are here and not in the look, because package draw knows nothing about results and
// circuits.

// MarkSign returns the call track's glyph and role; what is unknown is blank.
func MarkSign(m event.Mark) (string, draw.Role) {
	return MarkGlyph(m), MarkRole(m)
}

// MarkGlyph is the call track's glyph of a result; blank for one that is unknown.
func MarkGlyph(m event.Mark) string {
	switch m {
	case event.MarkLive:
		return "●"
	case event.MarkRetried:
		return "+"
	case event.MarkStale:
		return "~"
	case event.MarkInterpolated:
		return "≈"
	case event.MarkFastFail:
		return "×"
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

// StateSign returns the state track's glyph and role. A probe has the sign of HALF_OPEN,
// whatever its result was: the next column shows the new state.
func StateSign(s breaker.State, probe bool) (string, draw.Role) {
	if probe {
		s = breaker.HalfOpen
	}
	g := StateGlyph(s)
	if g == " " {
		return g, draw.Plain
	}
	return g, StateRole(s)
}

// StateGlyph is the state track's glyph of a state; blank for one that is unknown.
func StateGlyph(s breaker.State) string {
	switch s {
	case breaker.Closed:
		return "─"
	case breaker.Open:
		return "╱"
	case breaker.HalfOpen:
		return "?"
	case breaker.ForcedOpen:
		return "╳"
	case breaker.Disabled:
		return "═"
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
func ToggleSign(s breaker.State) string {
	switch s {
	case breaker.Closed:
		return "•──•"
	case breaker.Open:
		return "•╱ •"
	case breaker.HalfOpen:
		return "•─?•"
	case breaker.ForcedOpen:
		return "•╳ •"
	case breaker.Disabled:
		return "•══•"
	default:
		return "    "
	}
}

// Beside is true where the policies only watch.
func (f *Frame) Beside() bool { return f.Snap.Run != nil && f.Snap.Run.Beside }

// Aside puts into parentheses what a breaker does that only watches: it would do so if it
// were in the way of the calls.
func (f *Frame) Aside(text string) string {
	if f.Beside() {
		return "(" + text + ")"
	}
	return text
}

// StateWords are the words of a breaker's state; short is for narrow titles.
func (f *Frame) StateWords(s breaker.State) (word, short string) {
	word, short = sentence.State(s)
	return f.Aside(word), f.Aside(short)
}

// LineSign returns the glyph and role of a notable event.
func LineSign(l *draw.Look, r sentence.Topic) (string, draw.Role) {
	switch r {
	case sentence.TopicClosed:
		return StateSign(breaker.Closed, false)
	case sentence.TopicOpen:
		return StateSign(breaker.Open, false)
	case sentence.TopicHalfOpen:
		return StateSign(breaker.HalfOpen, false)
	case sentence.TopicForced:
		return StateSign(breaker.ForcedOpen, false)
	case sentence.TopicDisabled:
		return StateSign(breaker.Disabled, false)
	case sentence.TopicStale:
		return MarkSign(event.MarkStale)
	case sentence.TopicInterpolated:
		return MarkSign(event.MarkInterpolated)
	case sentence.TopicMissing:
		return MarkSign(event.MarkMissing)
	case sentence.TopicUp:
		return MarkSign(event.MarkLive)
	case sentence.TopicDown:
		return MarkSign(event.MarkMissing)
	case sentence.TopicFault:
		return l.Fault, draw.Fault
	default:
		return l.Info, draw.Label
	}
}
