package views

import (
	"resiltui/internal/engine/breaker"
	"resiltui/internal/stats"
)

// glyphs is everything that is drawn and is not a word. Each is one cell wide,
// the switches, which are four, excepted. The Unicode ones were chosen because
// the usual terminal fonts hold them and no terminal draws them as emoji.
type glyphs struct {
	// marks of the call track, by tally.Mark.
	marks [stats.MarkMissing + 1]string
	// states of the state track and switches of the words, by breaker.State.
	states, switches [breaker.Disabled + 1]string
	fault, refused   string
	burnt, behind    rune
	blocks           [9]rune
	rowBlocks        [9]string

	filled, hollow  string // counts
	elapsed, left   string // time
	tick, axis      string
	arrow, selected string
	ellipsis        string
	light, heavy    border
	rule, info      string
}

// border is the outline of a pane.
type border struct {
	h, v, topLeft, topRight, bottomLeft, bottomRight string
}

func unicodeGlyphs() glyphs {
	return glyphs{
		marks: [...]string{
			stats.MarkNone: " ", stats.MarkLive: "●", stats.MarkRetried: "+", stats.MarkStale: "~",
			stats.MarkInterpolated: "≈", stats.MarkFastFail: "×", stats.MarkMissing: "_",
		},
		states: [...]string{
			breaker.Closed: "─", breaker.Open: "╱", breaker.HalfOpen: "?",
			breaker.ForcedOpen: "╳", breaker.Disabled: "═",
		},
		switches: [...]string{
			breaker.Closed: "•──•", breaker.Open: "•╱ •", breaker.HalfOpen: "•─?•",
			breaker.ForcedOpen: "•╳ •", breaker.Disabled: "•══•",
		},
		fault: "!", refused: "·", burnt: '░', behind: '╌',
		blocks:    [...]rune{' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'},
		rowBlocks: [...]string{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"},
		filled:    "■", hollow: "□", elapsed: "━", left: "─", tick: "┤", axis: "│",
		arrow: "→", selected: "»", ellipsis: "…",
		light: border{"─", "│", "╭", "╮", "╰", "╯"},
		heavy: border{"━", "┃", "┏", "┓", "┗", "┛"},
		rule:  "─", info: "•",
	}
}

func asciiGlyphs() glyphs {
	return glyphs{
		marks: [...]string{
			stats.MarkNone: " ", stats.MarkLive: "o", stats.MarkRetried: "+", stats.MarkStale: "~",
			stats.MarkInterpolated: "i", stats.MarkFastFail: "x", stats.MarkMissing: "_",
		},
		states: [...]string{
			breaker.Closed: "-", breaker.Open: "/", breaker.HalfOpen: "?",
			breaker.ForcedOpen: "X", breaker.Disabled: "=",
		},
		switches: [...]string{
			breaker.Closed: "o--o", breaker.Open: "o/ o", breaker.HalfOpen: "o-?o",
			breaker.ForcedOpen: "oX o", breaker.Disabled: "o==o",
		},
		fault: "!", refused: ".", burnt: '%', behind: '-',
		blocks:    [...]rune{' ', '_', '_', '=', '=', '=', '#', '#', '#'},
		rowBlocks: [...]string{"", "=", "=", "=", "=", "#", "#", "#", "#"},
		filled:    "#", hollow: ".", elapsed: "=", left: "-", tick: "|", axis: "|",
		arrow: "->", selected: ">", ellipsis: "..",
		light: border{"-", "|", "+", "+", "+", "+"},
		heavy: border{"=", "#", "#", "#", "#", "#"},
		rule:  "-", info: "*",
	}
}

// mark returns the call track's glyph and role.
func (l *Look) mark(m stats.Mark) (string, role) {
	if int(m) >= len(l.marks) {
		m = stats.MarkNone
	}
	return l.marks[m], markRole(m)
}

func markRole(m stats.Mark) role {
	switch m {
	case stats.MarkLive:
		return roleLive
	case stats.MarkRetried:
		return roleRetried
	case stats.MarkStale, stats.MarkInterpolated:
		return roleStale
	case stats.MarkFastFail, stats.MarkMissing:
		return roleFail
	default:
		return rolePlain
	}
}

// state returns the state track's glyph and role. A probe is drawn as one
// whatever it led to: the next column tells that.
func (l *Look) state(s breaker.State, probe bool) (string, role) {
	if probe {
		s = breaker.HalfOpen
	}
	if int(s) >= len(l.states) {
		return " ", rolePlain
	}
	return l.states[s], stateRole(s)
}

func stateRole(s breaker.State) role {
	switch s {
	case breaker.Closed:
		return roleLive
	case breaker.Open, breaker.ForcedOpen:
		return roleFail
	case breaker.HalfOpen:
		return roleProbe
	default:
		return roleLabel
	}
}

// toggle returns a state's switch, four cells wide.
func (l *Look) toggle(s breaker.State) string {
	if int(s) >= len(l.switches) {
		return "    "
	}
	return l.switches[s]
}

// line returns the glyph and role of a notable event.
func (l *Look) line(r stats.Role) (string, role) {
	switch r {
	case stats.RoleClosed:
		return l.state(breaker.Closed, false)
	case stats.RoleOpen:
		return l.state(breaker.Open, false)
	case stats.RoleHalfOpen:
		return l.state(breaker.HalfOpen, false)
	case stats.RoleForced:
		return l.state(breaker.ForcedOpen, false)
	case stats.RoleDisabled:
		return l.state(breaker.Disabled, false)
	case stats.RoleStale:
		return l.mark(stats.MarkStale)
	case stats.RoleInterpolated:
		return l.mark(stats.MarkInterpolated)
	case stats.RoleMissing:
		return l.mark(stats.MarkMissing)
	case stats.RoleFault:
		return l.fault, roleFault
	default:
		return l.info, roleLabel
	}
}
