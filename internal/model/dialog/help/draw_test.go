package help

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/views/page/overview"
	"resiltui/internal/views/page/pagetest"
)

func TestHelpScrollsToItsEnd(t *testing.T) {
	look := draw.NewLook(draw.Options{}, true)
	n := scrolls(helpGroups(), 60, 7)
	if n <= 0 {
		t.Fatalf("can be scrolled by %d", n)
	}
	if got := ansi.Strip(boxOf(helpGroups(), 60, 7, n, look).String()); !strings.Contains(got, "quit with the summary") {
		t.Errorf("the end is not there:\n%s", got)
	}
	if boxOf(helpGroups(), 60, 7, n, look).String() != boxOf(helpGroups(), 60, 7, n+100, look).String() {
		t.Error("it scrolls past its end")
	}
	if n := scrolls(helpGroups(), 80, 40); n != 0 {
		t.Errorf("all fits, and yet it scrolls by %d", n)
	}
	if got := boxOf(helpGroups(), 5, 2, 0, look); !got.Empty() {
		t.Errorf("no room: %v", got)
	}
}

func TestHelpFitsEveryScreen(t *testing.T) {
	look := draw.NewLook(draw.Options{}, true)
	for w := range 130 {
		for _, h := range []int{0, 1, 2, 3, 7, 24, 60} {
			for offset := -1; offset < 30; offset += 7 {
				box := boxOf(helpGroups(), w, h, offset, look).String()
				if box == "" {
					continue
				}
				lines := strings.Split(box, "\n")
				if len(lines) > h {
					t.Fatalf("%d × %d: %d lines", w, h, len(lines))
				}
				for _, l := range lines {
					if got := ansi.StringWidth(l); got > w {
						t.Fatalf("%d × %d: a line of %d cells", w, h, got)
					}
				}
			}
		}
	}
}

func helpGroups() []Group {
	return []Group{
		{Title: "this page", Keys: []draw.Hint{{Key: "c", Word: "crash the target"}, {Key: "r", Word: "recover the target"}, {Key: "ctrl+r", Word: "start again with the same seed"}}},
		{Title: "everywhere", Keys: []draw.Hint{{Key: "space", Word: "pause or go on"}, {Key: "?", Word: "keys"}, {Key: "q", Word: "quit with the summary"}}},
	}
}

func TestHelpOverTheOverview(t *testing.T) {
	look := draw.NewLook(draw.Options{}, true)
	for _, size := range [][2]int{{80, 24}, {40, 8}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			w, h := size[0], size[1]
			f, s := pagetest.Frame(overview.Page{}, w, h), views.NewScreen(look)
			s.Reset(w, h)
			s.Draw(&f, views.PlanFrame(f))
			s.Lay(boxOf(helpGroups(), w, h, 2, look).Cells, draw.At(0, 0, w, h))
			golden.RequireEqual(t, ansi.Strip(s.String()))
		})
	}
}
