package draw

import (
	"fmt"
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
)

// ThemeName names a theme. The zero value means [ThemeAuto].
type ThemeName string

// The themes.
const (
	// ThemeAuto is dark or light, depending on the terminal's background.
	ThemeAuto ThemeName = "auto"
	// ThemeDark and ThemeLight use the same colours on every background.
	ThemeDark  ThemeName = "dark"
	ThemeLight ThemeName = "light"
	// ThemeColourBlind uses blue and orange instead of green and red. It has a dark and a
	// light side, chosen by the terminal's background.
	ThemeColourBlind ThemeName = "colour-blind"
	// ThemeMono has no colour, only bold, faint and reverse.
	ThemeMono ThemeName = "mono"
	// ThemeTerminal uses the 16 colours that the user chose for the terminal.
	ThemeTerminal ThemeName = "terminal"
)

// Themes lists the themes in the order in which a key steps through them.
func Themes() []ThemeName {
	return []ThemeName{ThemeAuto, ThemeDark, ThemeLight, ThemeColourBlind, ThemeMono, ThemeTerminal}
}

// ParseTheme returns the theme named s. The empty string is [ThemeAuto]. The
// error of an unknown name lists the known ones.
func ParseTheme(s string) (ThemeName, error) {
	if s == "" {
		return ThemeAuto, nil
	}
	names := make([]string, 0, len(Themes()))
	for _, t := range Themes() {
		if string(t) == s {
			return t, nil
		}
		names = append(names, string(t))
	}
	return "", fmt.Errorf("unknown theme %q: choose one of %s", s, strings.Join(names, ", "))
}

// Role is a meaning that has a colour. Roles name meanings, not parts of the screen, so
// that the same thing looks the same on every screen.
type Role uint8

const (
	// Plain is text in the terminal's own colour.
	Plain Role = iota
	// Live is a live value, and the state CLOSED.
	Live
	// Retried is a live value that needed retries.
	Retried
	// Stale is a substitute value, and the filled part of a gauge.
	Stale
	// Fail is a refused call, the state OPEN, a missing value, and time lost in failed calls.
	Fail
	// Probe is a probe, and the state HALF_OPEN.
	Probe
	// Fault is a fault that resiltui injected.
	Fault
	// Accent is latency, and what is selected.
	Accent
	// Label is labels, axes and frames.
	Label
	// Strong is bold text, as for the selected sensor.
	Strong
	// Clipped is the top cell of a chart column that is higher than the scale.
	Clipped
	// FailClipped is the same for the column of a failed call.
	FailClipped
	// Faint is lines behind the data.
	Faint
	roleCount
)

// palette holds the colours from which the styles of the roles are made.
type palette struct {
	// background is the colour that the contrast is measured on. It is never drawn.
	background                                               string
	live, retried, stale, fail, probe, fault, accent, labels string
}

// Every colour has a contrast of at least 5.5 : 1 on its background.

func darkPalette() palette {
	return palette{
		background: "#0d1117",
		live:       "#7ee787", retried: "#56d4c8", stale: "#e3b341", fail: "#ff7b72",
		probe: "#d2a8ff", fault: "#ff9bce", accent: "#79c0ff", labels: "#8b949e",
	}
}

func lightPalette() palette {
	return palette{
		background: "#ffffff",
		live:       "#116329", retried: "#0a6b64", stale: "#7d5200", fail: "#b3202a",
		probe: "#6f42c1", fault: "#a02c6f", accent: "#0550ae", labels: "#59636e",
	}
}

// The colours of the colour-blind palettes differ in blue or yellow and in lightness,
// because these are what a dichromat can see. On white both OPEN and stale look dark and
// yellowish to a dichromat, so OPEN is much darker.

func colourBlindDark() palette {
	p := darkPalette()
	p.live, p.retried, p.stale, p.fail = "#56b4e9", "#8fd3f4", "#f0e442", "#ff8c42"
	p.probe, p.fault = "#ff9bbb", "#ffffff"
	return p
}

func colourBlindLight() palette {
	p := lightPalette()
	p.live, p.retried, p.stale, p.fail = "#005a8c", "#00718f", "#7d5f00", "#6a1500"
	p.probe, p.fault = "#6e2a50", "#000000"
	return p
}

// terminalPalette names the user's own 16 colours by number.
func terminalPalette() palette {
	return palette{
		live: "2", retried: "6", stale: "3", fail: "1",
		probe: "5", fault: "13", accent: "4", labels: "8",
	}
}

// paletteOf returns the theme's palette; ok is false where the theme has no colours.
func paletteOf(t ThemeName, dark bool) (p palette, ok bool) {
	switch t {
	case ThemeMono:
		return palette{}, false
	case ThemeTerminal:
		return terminalPalette(), true
	case ThemeColourBlind:
		if dark {
			return colourBlindDark(), true
		}
		return colourBlindLight(), true
	case ThemeDark:
		return darkPalette(), true
	case ThemeLight:
		return lightPalette(), true
	default:
		if dark {
			return darkPalette(), true
		}
		return lightPalette(), true
	}
}

// styles returns the style of every role.
func (p palette) styles() [roleCount]lipgloss.Style {
	c := func(s string) color.Color { return lipgloss.Color(s) }
	fg := func(s string) lipgloss.Style { return lipgloss.NewStyle().Foreground(c(s)) }
	var s [roleCount]lipgloss.Style
	s[Plain] = lipgloss.NewStyle()
	s[Live] = fg(p.live)
	s[Retried] = fg(p.retried)
	s[Stale] = fg(p.stale)
	s[Fail] = fg(p.fail)
	s[Probe] = fg(p.probe)
	s[Fault] = fg(p.fault).Bold(true)
	s[Accent] = fg(p.accent)
	s[Label] = fg(p.labels)
	s[Strong] = lipgloss.NewStyle().Bold(true)
	s[Clipped] = fg(p.accent).Bold(true).Reverse(true)
	s[FailClipped] = fg(p.fail).Bold(true).Reverse(true)
	s[Faint] = fg(p.labels).Faint(true)
	return s
}

// monoStyles uses bold, faint and reverse instead of colours, so that on a screen without
// colour problems still stand out.
func monoStyles() [roleCount]lipgloss.Style {
	plain := lipgloss.NewStyle()
	var s [roleCount]lipgloss.Style
	for i := range s {
		s[i] = plain
	}
	for _, r := range []Role{Fail, Probe, Fault, Accent, Strong} {
		s[r] = plain.Bold(true)
	}
	s[Label] = plain.Faint(true)
	s[Faint] = plain.Faint(true)
	s[Clipped] = plain.Reverse(true)
	s[FailClipped] = plain.Reverse(true)
	return s
}
