package render

import (
	"strings"

	"charm.land/lipgloss/v2"
)

// ink is the escape sequences before and after a text of one tone.
type ink struct{ on, off string }

func (i ink) paint(s string) string {
	if s == "" {
		return ""
	}
	return i.on + s + i.off
}

// inks are the colours of the tones and the weight of headings, built once per
// text. The zero value writes no colour.
type inks struct {
	tones  [Faint + 1]ink
	strong ink
	// border is the tone Faint as a style, which the table needs.
	border lipgloss.Style
}

func newInks(o TextOptions) *inks {
	if !o.Color {
		return &inks{}
	}
	colours := toneColours(o.Light)
	out := &inks{strong: inkOf(lipgloss.NewStyle().Bold(true))}
	for tone, hex := range colours {
		if hex != "" {
			out.tones[tone] = inkOf(lipgloss.NewStyle().Foreground(lipgloss.Color(hex)))
		}
	}
	out.border = lipgloss.NewStyle().Foreground(lipgloss.Color(colours[Faint]))
	return out
}

// inkOf extracts from a style the sequences that it writes around a text.
// Rendering every piece through lipgloss would take longer than the whole
// report.
func inkOf(s lipgloss.Style) ink {
	on, off, _ := strings.Cut(s.Render("x"), "x")
	return ink{on, off}
}

// toneColours are the colours of the dashboard's roles, each with a contrast of
// at least 5.5 : 1 on #0d1117 and on #ffffff. Plain text keeps the terminal's
// own colour.
func toneColours(light bool) [Faint + 1]string {
	if light {
		return [...]string{
			Live: "#116329", Retried: "#0a6b64", Stale: "#7d5200", FastFail: "#b3202a", Missing: "#b3202a",
			Closed: "#116329", Open: "#b3202a", HalfOpen: "#6f42c1", Faint: "#59636e",
		}
	}
	return [...]string{
		Live: "#7ee787", Retried: "#56d4c8", Stale: "#e3b341", FastFail: "#ff7b72", Missing: "#ff7b72",
		Closed: "#7ee787", Open: "#ff7b72", HalfOpen: "#d2a8ff", Faint: "#8b949e",
	}
}

// paint colours a text. A tone that does not exist is plain.
func (i *inks) paint(t Tone, s string) string {
	if t > Faint {
		t = Plain
	}
	return i.tones[t].paint(s)
}
