package terminal

import (
	"os"
	"strings"

	"github.com/charmbracelet/colorprofile"
	"github.com/xo/terminfo"
)

// maxProfile is the largest colour profile that the environment allows.
// colorprofile.Detect alone is not enough: it gives every terminal at least 16
// colours, and screen 256.
func maxProfile() colorprofile.Profile {
	if NoColor() {
		return colorprofile.ASCII
	}
	name := os.Getenv("TERM")
	if os.Getenv("COLORTERM") != "" && !strings.HasPrefix(name, "screen") { // GNU screen passes on COLORTERM of the outer terminal
		return colorprofile.TrueColor
	}
	// CLICOLOR_FORCE forces colours, and the others are set by terminals that use
	// another TERM name; tmux converts colours to what its terminal has.
	for _, known := range []string{"CLICOLOR_FORCE", "TMUX", "WT_SESSION", "GOOGLE_CLOUD_SHELL"} {
		if os.Getenv(known) != "" {
			return colorprofile.TrueColor
		}
	}
	if info, err := terminfo.Load(name); err == nil {
		return profileOf(info.Num(terminfo.MaxColors))
	}
	return namedProfile(name)
}

// profileOf is the profile of a terminal with this number of colours. One that
// reports 256 may have more.
func profileOf(colours int) colorprofile.Profile {
	switch {
	case colours >= 256:
		return colorprofile.TrueColor
	case colours >= 8:
		return colorprofile.ANSI
	default:
		return colorprofile.ASCII
	}
}

// namedProfile guesses the profile from the name where the system has no terminfo
// entry for the terminal, as in a container.
func namedProfile(name string) colorprofile.Profile {
	family, kind, _ := strings.Cut(name, "-")
	number, isVT := strings.CutPrefix(family, "vt")
	switch {
	case strings.HasSuffix(kind, "256color"), strings.HasSuffix(kind, "direct"):
		return colorprofile.TrueColor
	case isVT && number != "" && number[0] >= '0' && number[0] <= '9', kind == "m", kind == "mono":
		return colorprofile.ASCII
	case name == "xterm", name == "linux", family == "screen":
		return colorprofile.ANSI
	default:
		return colorprofile.TrueColor
	}
}
