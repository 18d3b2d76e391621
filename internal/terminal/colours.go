package terminal

import (
	"os"
	"strings"

	"github.com/charmbracelet/colorprofile"
	"github.com/xo/terminfo"
)

// most is the most colours to be shown, as the environment has it. What is found
// out otherwise takes every terminal for one of 16 colours, and screen for one of
// 256.
func most() colorprofile.Profile {
	if NoColor() {
		return colorprofile.ASCII
	}
	name := os.Getenv("TERM")
	if os.Getenv("COLORTERM") != "" && !strings.HasPrefix(name, "screen") { // screen hands on the one of outside
		return colorprofile.TrueColor
	}
	// Who forces colours gets them, and these terminals go by another name; tmux
	// turns colours into those that there are.
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

// profileOf is the most that a terminal of so many colours shows. From 256 on it
// may have more than it says.
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

// namedProfile is the same where the system has no description of the terminal,
// as in a container.
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
