package views

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"resiltui/internal/views/draw"
)

func TestPagesAndDetailsFitEverySize(t *testing.T) {
	look := draw.NewLook(draw.Options{ReducedMotion: true}, true)
	for _, f := range []Frame{detailFrame(DetailPage{}, 0, 0), fixtureFrame(ComparePage{}, 0, 0)} {
		for w := range 171 {
			for h := range 56 {
				if w%7 > 1 && w != 59 && w != 116 || h%3 == 1 {
					continue
				}
				f.Width, f.Height = w, h
				lines := strings.Split(Draw(f, look), "\n")
				if h > 0 && len(lines) != h {
					t.Fatalf("%d × %d: %d lines", w, h, len(lines))
				}
				for _, l := range lines {
					if got := ansi.StringWidth(l); h > 0 && got != w {
						t.Fatalf("%d × %d: a line of %d cells: %q", w, h, got, ansi.Strip(l))
					}
				}
			}
		}
	}
}
