package page

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/views/page/compare"
	"resiltui/internal/views/page/detail"
	"resiltui/internal/views/page/pagetest"
)

func TestPagesAndDetailsFitEverySize(t *testing.T) {
	look := draw.NewLook(draw.Options{ReducedMotion: true}, true)
	for _, f := range []views.Frame{pagetest.InDetail(detail.Page{}, 0, 0), pagetest.Frame(compare.Page{}, 0, 0)} {
		for w := range 171 {
			for h := range 56 {
				if w%7 > 1 && w != 59 && w != 116 || h%3 == 1 {
					continue
				}
				f.Width, f.Height = w, h
				lines := strings.Split(views.Draw(f, look), "\n")
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
