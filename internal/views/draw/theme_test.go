package draw

import (
	"math"
	"strconv"
	"strings"
	"testing"
)

// luminance is the relative luminance of WCAG 2.2.
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	n, err := strconv.ParseUint(strings.TrimPrefix(hex, "#"), 16, 32)
	if err != nil {
		t.Fatalf("colour %q: %v", hex, err)
	}
	linear := func(c uint64) float64 {
		v := float64(c&0xff) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(n>>16) + 0.7152*linear(n>>8) + 0.0722*linear(n)
}

func contrast(t *testing.T, a, b string) float64 {
	x, y := luminance(t, a), luminance(t, b)
	if x < y {
		x, y = y, x
	}
	return (x + 0.05) / (y + 0.05)
}

func TestEveryRoleStandsOutFromItsBackground(t *testing.T) {
	for name, p := range map[string]palette{
		"dark": darkPalette(), "light": lightPalette(),
		"colour-blind dark": colourBlindDark(), "colour-blind light": colourBlindLight(),
	} {
		for role, c := range map[string]string{
			"live": p.live, "retried": p.retried, "stale": p.stale, "fail": p.fail,
			"probe": p.probe, "fault": p.fault, "accent": p.accent, "labels": p.labels,
		} {
			if got := contrast(t, c, p.background); got < 5.5 {
				t.Errorf("%s: %s %s has a contrast of %.2f : 1 on %s, want 5.5 : 1", name, role, c, got, p.background)
			}
		}
	}
}

func TestParseThemeKnowsEveryTheme(t *testing.T) {
	for _, want := range Themes() {
		if got, err := ParseTheme(string(want)); err != nil || got != want {
			t.Errorf("ParseTheme(%q) = %q, %v", want, got, err)
		}
	}
	if got, err := ParseTheme(""); err != nil || got != ThemeAuto {
		t.Errorf(`ParseTheme("") = %q, %v, want auto`, got, err)
	}
}

func TestAnUnknownThemeListsTheKnownOnes(t *testing.T) {
	_, err := ParseTheme("solarized")
	if err == nil {
		t.Fatal("no error")
	}
	for _, name := range Themes() {
		if !strings.Contains(err.Error(), string(name)) {
			t.Errorf("%q does not name %q", err, name)
		}
	}
}

func TestTheBackgroundChoosesWhereTheThemeLeavesItOpen(t *testing.T) {
	start := func(theme ThemeName, dark bool) string {
		return NewLook(Options{Theme: theme}, dark).sgr[2*int(Live)]
	}
	for _, theme := range []ThemeName{ThemeAuto, "", ThemeColourBlind} {
		if start(theme, true) == start(theme, false) {
			t.Errorf("%q is the same on dark and light", theme)
		}
	}
	for _, theme := range []ThemeName{ThemeDark, ThemeLight, ThemeMono, ThemeTerminal} {
		if start(theme, true) != start(theme, false) {
			t.Errorf("%q depends on the background", theme)
		}
	}
	if start(ThemeAuto, true) != start(ThemeDark, true) || start(ThemeAuto, false) != start(ThemeLight, true) {
		t.Error("auto is neither dark on dark nor light on light")
	}
}

func TestMonoHasNoColour(t *testing.T) {
	for r, sgr := range NewLook(Options{Theme: ThemeMono}, true).sgr {
		if strings.Contains(sgr, "3") || strings.Contains(sgr, "4") {
			t.Errorf("role %d starts with %q", r/2, sgr)
		}
	}
}

func TestTheTerminalThemeUsesTheUsersColoursOnly(t *testing.T) {
	for r, sgr := range NewLook(Options{Theme: ThemeTerminal}, true).sgr {
		if strings.Contains(sgr, "38;") {
			t.Errorf("role %d starts with %q", r/2, sgr)
		}
	}
}

func TestTheTerminalThemeGivesEachRoleTheColourOfItsMeaning(t *testing.T) {
	look := NewLook(Options{Theme: ThemeTerminal}, true)
	for r, want := range map[Role]string{
		Live: "\x1b[32m", Retried: "\x1b[36m", Stale: "\x1b[33m", Fail: "\x1b[31m",
		Probe: "\x1b[35m", Fault: "\x1b[1;95m", Accent: "\x1b[34m", Label: "\x1b[90m",
	} {
		if got := look.sgr[2*int(r)]; got != want {
			t.Errorf("role %d starts with %q, not %q", r, got, want)
		}
	}
}
