package page

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
	"pgregory.net/rapid"

	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/views/page/breakers"
	"resiltui/internal/views/page/detail"
	"resiltui/internal/views/page/events"
	"resiltui/internal/views/page/overview"
	"resiltui/internal/views/page/pagetest"
	"resiltui/internal/views/page/retries"
	"resiltui/internal/views/page/strategies"
)

func TestPagesAtEverySize(t *testing.T) {
	for _, p := range []views.Page{breakers.Page{}, retries.Page{}, strategies.Page{}, events.Page{}} {
		for _, size := range pagetest.PageSizes() {
			t.Run(fmt.Sprintf("%s_%dx%d", p.Title(), size[0], size[1]), func(t *testing.T) {
				golden.RequireEqual(t, pagetest.Plain(pagetest.OnPage(p, size[0], size[1])))
			})
		}
	}
}

func TestPagesInASCII(t *testing.T) {
	look := draw.NewLook(draw.Options{ASCII: true}, true)
	for _, p := range []views.Page{breakers.Page{}, retries.Page{}, strategies.Page{}, events.Page{}} {
		t.Run(p.Title(), func(t *testing.T) {
			f := pagetest.OnPage(p, 120, 36)
			f.Sort = views.Sort{Column: 2}
			out := ansi.Strip(views.Draw(f, look))
			for _, r := range out {
				if r > '~' {
					t.Fatalf("%q is not ASCII", r)
				}
			}
			golden.RequireEqual(t, out)
		})
	}
}

func TestPagesInMono(t *testing.T) {
	for _, p := range []views.Page{breakers.Page{}, retries.Page{}, strategies.Page{}, events.Page{}} {
		t.Run(p.Title(), func(t *testing.T) {
			f := pagetest.OnPage(p, 120, 36)
			f.Log.Search = "probe"
			golden.RequireEqual(t, views.Draw(f, draw.NewLook(draw.Options{Theme: draw.ThemeMono}, true)))
		})
	}
}

func TestTheOrderIsWorstFirstAndTheRunsBetweenEquals(t *testing.T) {
	s := pagetest.OnPage(breakers.Page{}, 120, 36).Snap.Sensors
	for _, c := range []struct {
		by     views.Sort
		filter string
		page   views.Page
		want   []int
	}{
		{views.Sort{}, "", breakers.Page{}, nil},
		{views.Sort{Inverted: true}, "", breakers.Page{}, []int{4, 3, 2, 1, 0}},
		{views.Sort{Column: 1}, "", breakers.Page{}, []int{2, 3, 0, 1, 4}},
		{views.Sort{Column: 1, Inverted: true}, "", breakers.Page{}, []int{0, 1, 4, 3, 2}},
		{views.Sort{Column: 2}, "", breakers.Page{}, []int{2, 3, 4, 0, 1}},
		{views.Sort{Column: 2}, "closed", breakers.Page{}, []int{4, 0, 1}},
		{views.Sort{Column: 99}, "", breakers.Page{}, nil},
		{views.Sort{Column: 3}, "", retries.Page{}, []int{0, 1, 2, 3, 4}},
		{views.Sort{Column: 2, Inverted: true}, "", events.Page{}, nil},
		{views.Sort{}, "S3", overview.Page{}, []int{3}},
		{views.Sort{}, "OPEN", overview.Page{}, []int{2}},
		{views.Sort{}, "half", overview.Page{}, []int{3}},
		{views.Sort{}, "tur open", overview.Page{}, []int{2}},
		{views.Sort{}, "nothing at all", overview.Page{}, []int{}},
		{views.Sort{}, "  ", overview.Page{}, nil},
	} {
		got := views.Order(s, c.page, c.by, c.filter)
		if c.page == (retries.Page{}) { // whatever the figures are, it is a whole order
			if len(got) != 5 {
				t.Errorf("%+v: %v", c.by, got)
			}
			continue
		}
		if !slices.Equal(got, c.want) || (got == nil) != (c.want == nil) {
			t.Errorf("%v %+v %q: %v, want %v", c.page, c.by, c.filter, got, c.want)
		}
	}
}

func TestEveryColumnOfATableOrdersIt(t *testing.T) {
	if views.SortColumns(events.Page{}) != nil {
		t.Error("a page without a table has columns")
	}
	for _, p := range []views.Page{breakers.Page{}, retries.Page{}} {
		s := pagetest.OnPage(p, 160, 50).Snap.Sensors
		for i, title := range views.SortColumns(p) {
			f := pagetest.OnPage(p, 200, 50)
			f.Sort = views.Sort{Column: i}
			if i > 0 && len(views.Order(s, p, f.Sort, "")) != len(s) {
				t.Errorf("%v: %s does not order all", p, title)
			}
			if head := pagetest.Lines(f)[2]; i > 0 && strings.Count(head, "↓") != 1 {
				t.Errorf("%v by %s: no arrow in %q", p, title, head)
			}
			f.Sort.Inverted = true
			if head := pagetest.Lines(f)[2]; strings.Count(head, "↑") != 1 {
				t.Errorf("%v by %s inverted: no arrow in %q", p, title, head)
			}
		}
	}
}

func TestClicksOnPagesFindTheirSensor(t *testing.T) {
	for _, p := range []views.Page{breakers.Page{}, retries.Page{}, strategies.Page{}} {
		f := pagetest.OnPage(p, 120, 36)
		f.Order = []int{4, 2, 0}
		l := views.PlanFrame(f)
		if len(l.Cells) != 3 {
			t.Fatalf("%v: %d cells", p, len(l.Cells))
		}
		lines := pagetest.Lines(f)
		for k, c := range l.Cells {
			what, sensor, _ := l.Hit(c.X+1, c.Y)
			if name := f.Snap.Run.Sensors[f.Order[k]].Name; what != views.HitSensor || sensor != f.Order[k] || !strings.Contains(lines[c.Y], name) {
				t.Errorf("%v: %v %d at %q", p, what, sensor, lines[c.Y])
			}
		}
	}
	f := pagetest.OnPage(events.Page{}, 120, 36)
	l := views.PlanFrame(f)
	if what, _, _ := l.Hit(5, 5); what != views.HitEvents {
		t.Errorf("%v", what)
	}
	if at, ok := l.ListLine(3); at != 0 || !ok {
		t.Errorf("%d %v", at, ok)
	}
	if _, ok := l.ListLine(2); ok {
		t.Error("the rule is no line")
	}
}

func TestAFilterThatNothingMatchesLeavesNoTarget(t *testing.T) {
	for _, p := range All() {
		f := pagetest.OnPage(p, 120, 36)
		f.Order, f.Filter = []int{}, "nothing"
		if l := views.PlanFrame(f); l.Selected != 3 || len(l.Visible) != 0 {
			t.Errorf("%v: selected %d, visible %v", p, l.Selected, l.Visible)
		}
		if last := pagetest.Lines(f)[35]; !strings.Contains(last, "no match:") {
			t.Errorf("%v: %q", p, last)
		}
	}
}

func pageFits(t *rapid.T) {
	f := pagetest.AnyPage(t, All(), detail.Page{})
	look := draw.NewLook(draw.Options{ASCII: rapid.Bool().Draw(t, "ascii"), Theme: rapid.SampledFrom(draw.Themes()).Draw(t, "theme")}, rapid.Bool().Draw(t, "dark"))
	out := views.Draw(f, look)
	pagetest.CheckSize(t, fmt.Sprintf("%v %d × %d", f.Page, f.Width, f.Height), out, f.Width, f.Height)
	if views.Draw(f, look) != out {
		t.Fatal("the same frame is not the same picture")
	}
	l := views.PlanFrame(f)
	for _, r := range append([]draw.Rect{l.Events, l.List}, l.Cells...) {
		if !r.Empty() && (r.X < 0 || r.Y < 0 || r.X+r.W > f.Width || r.Y+r.H > f.Height) {
			t.Fatalf("%+v on %d × %d of %v", r, f.Width, f.Height, f.Page)
		}
	}
}

func TestEveryPageFitsItsScreen(t *testing.T) { rapid.Check(t, pageFits) }

func FuzzPages(f *testing.F) { f.Fuzz(rapid.MakeFuzz(pageFits)) }

func TestEverySizeHasEveryPage(t *testing.T) {
	look := draw.NewLook(draw.Options{}, true)
	for _, p := range All() {
		f := pagetest.OnPage(p, 0, 0)
		for _, w := range []int{0, 1, 19, 20, 21, 25, 33, 40, 59, 60, 75, 76, 79, 99, 100, 140, 200, 500} {
			for _, h := range []int{0, 1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 18, 20, 22, 25, 30, 40, 60, 200} {
				f.Width, f.Height = w, h
				lines := strings.Split(views.Draw(f, look), "\n")
				if h > 0 && len(lines) != h {
					t.Fatalf("%v %d × %d: %d lines", p, w, h, len(lines))
				}
				for _, l := range lines {
					if got := ansi.StringWidth(l); h > 0 && got != w {
						t.Fatalf("%v %d × %d: a line of %d cells: %q", p, w, h, got, ansi.Strip(l))
					}
				}
			}
		}
	}
}

func TestTheTestsOfPagesKnowTheirNames(t *testing.T) {
	if got, want := pagetest.Tabs(), Tabs(); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
