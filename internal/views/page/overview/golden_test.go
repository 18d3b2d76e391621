package overview

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/views/page/pagetest"
)

func TestOverviewAtEverySize(t *testing.T) {
	look := draw.NewLook(draw.Options{}, true)
	for _, size := range pagetest.GoldenSizes() {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			golden.RequireEqual(t, ansi.Strip(views.Draw(pagetest.Frame(Page{}, size[0], size[1]), look)))
		})
	}
}

func TestOverviewInASCII(t *testing.T) {
	look := draw.NewLook(draw.Options{ASCII: true}, true)
	for _, size := range [][2]int{{140, 45}, {120, 36}, {80, 24}, {20, 5}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			out := ansi.Strip(views.Draw(pagetest.Frame(Page{}, size[0], size[1]), look))
			for _, r := range out {
				if r > '~' {
					t.Fatalf("%q is not ASCII", r)
				}
			}
			golden.RequireEqual(t, out)
		})
	}
}

func TestOverviewStyled(t *testing.T) {
	for _, c := range []struct {
		theme draw.ThemeName
		dark  bool
		w, h  int
	}{
		{draw.ThemeDark, true, 120, 36},
		{draw.ThemeLight, false, 120, 36},
		{draw.ThemeColourBlind, true, 80, 24},
		{draw.ThemeMono, true, 120, 36},
		{draw.ThemeTerminal, true, 80, 24},
	} {
		t.Run(fmt.Sprintf("%s_%dx%d", c.theme, c.w, c.h), func(t *testing.T) {
			f := pagetest.Frame(Page{}, c.w, c.h)
			f.Flash = map[int]bool{2: true}
			golden.RequireEqual(t, views.Draw(f, draw.NewLook(draw.Options{Theme: c.theme}, c.dark)))
		})
	}
}

func TestOverviewOfOneSensorMaximised(t *testing.T) {
	f := pagetest.Frame(Page{}, 120, 36)
	f.Maximised = true
	golden.RequireEqual(t, ansi.Strip(views.Draw(f, draw.NewLook(draw.Options{}, true))))
}

func TestOverviewOfManySensors(t *testing.T) {
	look := draw.NewLook(draw.Options{}, true)
	for _, c := range []struct{ n, w, h int }{{7, 120, 36}, {12, 140, 50}, {40, 140, 50}, {40, 80, 24}} {
		t.Run(fmt.Sprintf("%d_%dx%d", c.n, c.w, c.h), func(t *testing.T) {
			f := pagetest.Many(Page{}, c.n, c.w, c.h)
			f.Selected = c.n - 1
			golden.RequireEqual(t, ansi.Strip(views.Draw(f, look)))
		})
	}
}

func TestOverviewBeforeTheFirstCall(t *testing.T) {
	look := draw.NewLook(draw.Options{}, true)
	for _, size := range [][2]int{{120, 36}, {80, 24}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			golden.RequireEqual(t, ansi.Strip(views.Draw(pagetest.BeforeTheFirstCall(Page{}, size[0], size[1]), look)))
		})
	}
}

func TestBugE4ProbeDueFromTheTimeAlone(t *testing.T) {
	look := draw.NewLook(draw.Options{}, true)
	f := pagetest.Frame(Page{}, 120, 36)
	f.Now = f.Snap.Sensors[2].Circuit.ProbeAt
	if out := ansi.Strip(views.Draw(f, look)); !strings.Contains(out, "━━━━━━━━━━━━ probe due") {
		t.Error("an OPEN circuit whose delay is over does not say that a probe is due")
	}
	f.Now--
	if out := ansi.Strip(views.Draw(f, look)); !strings.Contains(out, "━━━━━━━━━━━─ probe in 0.1 s") {
		t.Error("the probe is due too early")
	}
}
