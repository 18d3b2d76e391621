package page

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/views/page/detail"
	"resiltui/internal/views/page/overview"
	"resiltui/internal/views/page/pagetest"
	"resiltui/internal/views/summary"
	"resiltui/internal/views/viewstest"
)

func overviewFits(t *rapid.T) {
	f := pagetest.AnyFrame(t, All(), detail.Page{})
	look := draw.NewLook(draw.Options{ASCII: rapid.Bool().Draw(t, "ascii"), Theme: rapid.SampledFrom(draw.Themes()).Draw(t, "theme")}, rapid.Bool().Draw(t, "dark"))
	screen := views.Draw(f, look)
	pagetest.CheckSize(t, fmt.Sprintf("%v %d × %d", views.PlanFrame(f).Kind, f.Width, f.Height), screen, f.Width, f.Height)
	if views.Draw(f, look) != screen {
		t.Fatal("the same frame is not the same picture")
	}
	rows := make([]draw.Hint, rapid.IntRange(0, 20).Draw(t, "rows"))
	for i := range rows {
		rows[i] = draw.Hint{Key: "x", Word: viewstest.Text(t, "row")}
	}
	box := draw.ListBox("a box", rows, 0, f.Footer, f.Width, f.Height, look)
	s := views.NewScreen(look)
	s.Reset(f.Width, f.Height)
	s.Draw(&f, views.PlanFrame(f))
	if !box.Empty() {
		s.Lay(box.Cells, draw.At(0, 0, f.Width, f.Height))
	}
	pagetest.CheckSize(t, "with a box", s.String(), f.Width, f.Height)
	for _, l := range strings.Split(summary.Text(f.Snap, f.Now, f.Luck, f.Width, nil, look), "\n") {
		if w := ansi.StringWidth(l); f.Width > 0 && w > f.Width {
			t.Fatalf("summary line of %d cells, want %d", w, f.Width)
		}
	}
}

func TestEveryFrameFitsItsScreen(t *testing.T) { rapid.Check(t, overviewFits) }

func FuzzOverview(f *testing.F) { f.Fuzz(rapid.MakeFuzz(overviewFits)) }

// oddNames are names whose characters take two cells, share one or take none.
func oddNames() []string {
	return []string{
		"温度センサー冷却水ポンプ一号機", "a温b度c", "e\u0301\u0302a\u0308 o\u0304\u0323", "\u0301\u0301", "क्षि ไม่ ﷺ",
		"\u200bzero\u200d\u00ad width\ufeff\u2060", "\u200b", "👩‍👩‍👧🇨🇭 ▪\ufe0f◽", "",
	}
}

func TestEveryPageFitsItsScreenWhateverTheNamesAre(t *testing.T) {
	look := draw.NewLook(draw.Options{}, true)
	pages := append(All(), nil) // nil is one sensor in full
	for _, p := range pages {
		for i := range oddNames() {
			for _, size := range pagetest.GoldenSizes() {
				f := pagetest.OnPage(p, size[0], size[1])
				if p == nil {
					f = pagetest.InDetail(detail.Page{}, size[0], size[1])
				}
				rename(&f, i)
				what := fmt.Sprintf("%T, the first name %q, %d × %d", p, f.Snap.Sensors[0].Name, f.Width, f.Height)
				pagetest.CheckSize(t, what, views.Draw(f, look), f.Width, f.Height)
				for _, l := range strings.Split(summary.Text(f.Snap, f.Now, f.Luck, f.Width, nil, look), "\n") {
					if w := ansi.StringWidth(l); w > f.Width {
						t.Fatalf("%s: summary line of %d cells: %q", what, w, ansi.Strip(l))
					}
				}
			}
		}
	}
}

// rename gives the sensors odd names, from the i-th on, in all that a frame shows.
func rename(f *views.Frame, i int) {
	names := oddNames()
	for k := range f.Snap.Run.Sensors {
		info := &f.Snap.Run.Sensors[k].Info
		info.Name, info.ID, info.Unit = names[(i+k)%len(names)], names[(i+k+1)%len(names)], names[(i+k+2)%len(names)]
		f.Snap.Sensors[k].Info = *info
	}
	for k := range f.Snap.Lines {
		l := &f.Snap.Lines[k]
		l.Name, l.ID, l.Text = names[(i+k)%len(names)], names[(i+k+1)%len(names)], names[(i+k+2)%len(names)]+" "+l.Text
	}
	f.Log.Lines, f.Log.Search = f.Snap.Lines, names[i]
	f.Notice, f.Caption, f.Filter = names[i], names[i], names[i]
}

func TestEverySizeHasAScreen(t *testing.T) {
	look := draw.NewLook(draw.Options{}, true)
	f := pagetest.Frame(overview.Page{}, 0, 0)
	for w := range 131 {
		for h := range 51 {
			if w > 12 && w < 55 && w%5 != 0 || h > 12 && h%3 != 0 {
				continue
			}
			f.Width, f.Height = w, h
			screen := views.Draw(f, look)
			if n := strings.Count(screen, "\n") + 1; h > 0 && n != h {
				t.Fatalf("%d × %d: %d lines", w, h, n)
			}
			for _, l := range strings.Split(screen, "\n") {
				if got := ansi.StringWidth(l); h > 0 && got != w {
					t.Fatalf("%d × %d: a line of %d cells: %q", w, h, got, ansi.Strip(l))
				}
			}
		}
	}
}
