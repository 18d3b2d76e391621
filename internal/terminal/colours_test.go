package terminal

import (
	"testing"

	"github.com/charmbracelet/colorprofile"
)

func TestATerminalGetsNoMoreColoursThanItHas(t *testing.T) {
	names := []string{"NO_COLOR", "COLORTERM", "CLICOLOR_FORCE", "TMUX", "WT_SESSION", "GOOGLE_CLOUD_SHELL"}
	for _, c := range []struct {
		term string
		env  map[string]string
		want colorprofile.Profile
	}{
		{"vt100", nil, colorprofile.ASCII},
		{"vt220", nil, colorprofile.ASCII},
		{"linux", nil, colorprofile.ANSI},
		{"xterm", nil, colorprofile.ANSI},
		{"screen", nil, colorprofile.ANSI},
		{"xterm-256color", nil, colorprofile.TrueColor},
		{"screen-256color", nil, colorprofile.TrueColor},
		{"a terminal that nobody knows", nil, colorprofile.TrueColor},
		{"", nil, colorprofile.TrueColor},
		{"xterm", map[string]string{"COLORTERM": "truecolor"}, colorprofile.TrueColor},
		{"screen", map[string]string{"COLORTERM": "truecolor"}, colorprofile.ANSI},
		{"screen", map[string]string{"TMUX": "/run/tmux"}, colorprofile.TrueColor},
		{"xterm", map[string]string{"WT_SESSION": "1"}, colorprofile.TrueColor},
		{"vt100", map[string]string{"CLICOLOR_FORCE": "1"}, colorprofile.TrueColor},
		{"xterm-256color", map[string]string{"NO_COLOR": "0"}, colorprofile.ASCII},
		{"xterm-256color", map[string]string{"NO_COLOR": ""}, colorprofile.TrueColor},
	} {
		t.Setenv("TERM", c.term)
		for _, name := range names {
			t.Setenv(name, c.env[name])
		}
		if got := maxProfile(); got != c.want {
			t.Errorf("TERM=%q %v: %v, not %v", c.term, c.env, got, c.want)
		}
		if Colourless() != (c.want == colorprofile.ASCII) {
			t.Errorf("TERM=%q %v: colourless is %v", c.term, c.env, Colourless())
		}
	}
}

func TestATerminalWithoutADescriptionIsKnownByItsName(t *testing.T) {
	for name, want := range map[string]colorprofile.Profile{
		"vt100": colorprofile.ASCII, "vt320-w": colorprofile.ASCII, "rxvt-m": colorprofile.ASCII, "xterm-mono": colorprofile.ASCII,
		"xterm": colorprofile.ANSI, "linux": colorprofile.ANSI, "screen": colorprofile.ANSI, "screen-bce": colorprofile.ANSI,
		"screen-256color": colorprofile.TrueColor, "xterm-direct": colorprofile.TrueColor, "vte": colorprofile.TrueColor,
		"vte-256color": colorprofile.TrueColor, "alacritty": colorprofile.TrueColor, "": colorprofile.TrueColor,
	} {
		if got := namedProfile(name); got != want {
			t.Errorf("%q: %v, not %v", name, got, want)
		}
	}
}

func TestADescriptionSaysHowManyColoursThereAre(t *testing.T) {
	for colours, want := range map[int]colorprofile.Profile{
		-1: colorprofile.ASCII, 0: colorprofile.ASCII, 2: colorprofile.ASCII, 8: colorprofile.ANSI, 16: colorprofile.ANSI,
		88: colorprofile.ANSI, 256: colorprofile.TrueColor, 1 << 24: colorprofile.TrueColor,
	} {
		if got := profileOf(colours); got != want {
			t.Errorf("%d colours: %v, not %v", colours, got, want)
		}
	}
}
