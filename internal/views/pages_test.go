package views

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
	"pgregory.net/rapid"

	"resiltui/internal/views/draw"
)

func TestPagesAtEverySize(t *testing.T) {
	for _, p := range []Page{BreakersPage{}, RetriesPage{}, StrategiesPage{}, EventsPage{}} {
		for _, size := range pageSizes() {
			t.Run(fmt.Sprintf("%s_%dx%d", p.Title(), size[0], size[1]), func(t *testing.T) {
				golden.RequireEqual(t, plainScreen(pageFrame(p, size[0], size[1])))
			})
		}
	}
}

func TestPagesInASCII(t *testing.T) {
	look := draw.NewLook(draw.Options{ASCII: true}, true)
	for _, p := range []Page{BreakersPage{}, RetriesPage{}, StrategiesPage{}, EventsPage{}} {
		t.Run(p.Title(), func(t *testing.T) {
			f := pageFrame(p, 120, 36)
			f.Sort = Sort{Column: 2}
			out := ansi.Strip(Draw(f, look))
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
	for _, p := range []Page{BreakersPage{}, RetriesPage{}, StrategiesPage{}, EventsPage{}} {
		t.Run(p.Title(), func(t *testing.T) {
			f := pageFrame(p, 120, 36)
			f.Log.Search = "probe"
			golden.RequireEqual(t, Draw(f, draw.NewLook(draw.Options{Theme: draw.ThemeMono}, true)))
		})
	}
}

func TestTheOrderIsWorstFirstAndTheRunsBetweenEquals(t *testing.T) {
	s := pageFrame(BreakersPage{}, 120, 36).Snap.Sensors
	for _, c := range []struct {
		by     Sort
		filter string
		page   Page
		want   []int
	}{
		{Sort{}, "", BreakersPage{}, nil},
		{Sort{Inverted: true}, "", BreakersPage{}, []int{4, 3, 2, 1, 0}},
		{Sort{Column: 1}, "", BreakersPage{}, []int{2, 3, 0, 1, 4}},
		{Sort{Column: 1, Inverted: true}, "", BreakersPage{}, []int{0, 1, 4, 3, 2}},
		{Sort{Column: 2}, "", BreakersPage{}, []int{2, 3, 4, 0, 1}},
		{Sort{Column: 2}, "closed", BreakersPage{}, []int{4, 0, 1}},
		{Sort{Column: 99}, "", BreakersPage{}, nil},
		{Sort{Column: 3}, "", RetriesPage{}, []int{0, 1, 2, 3, 4}},
		{Sort{Column: 2, Inverted: true}, "", OverviewPage{}, nil},
		{Sort{}, "S3", OverviewPage{}, []int{3}},
		{Sort{}, "OPEN", OverviewPage{}, []int{2}},
		{Sort{}, "half", OverviewPage{}, []int{3}},
		{Sort{}, "tur open", OverviewPage{}, []int{2}},
		{Sort{}, "nothing at all", OverviewPage{}, []int{}},
		{Sort{}, "  ", OverviewPage{}, nil},
	} {
		got := Order(s, c.page, c.by, c.filter)
		if c.page == (RetriesPage{}) { // whatever the figures are, it is a whole order
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
	if SortColumns(OverviewPage{}) != nil || SortColumns(EventsPage{}) != nil {
		t.Error("a page without a table has columns")
	}
	for _, p := range []Page{BreakersPage{}, RetriesPage{}} {
		s := pageFrame(p, 160, 50).Snap.Sensors
		for i, title := range SortColumns(p) {
			f := pageFrame(p, 200, 50)
			f.Sort = Sort{Column: i}
			if i > 0 && len(Order(s, p, f.Sort, "")) != len(s) {
				t.Errorf("%v: %s does not order all", p, title)
			}
			if head := screenLines(f)[2]; i > 0 && strings.Count(head, "↓") != 1 {
				t.Errorf("%v by %s: no arrow in %q", p, title, head)
			}
			f.Sort.Inverted = true
			if head := screenLines(f)[2]; strings.Count(head, "↑") != 1 {
				t.Errorf("%v by %s inverted: no arrow in %q", p, title, head)
			}
		}
	}
}

func TestClicksOnPagesFindTheirSensor(t *testing.T) {
	for _, p := range []Page{BreakersPage{}, RetriesPage{}, StrategiesPage{}} {
		f := pageFrame(p, 120, 36)
		f.Order = []int{4, 2, 0}
		l := PlanFrame(f)
		if len(l.Cells) != 3 {
			t.Fatalf("%v: %d cells", p, len(l.Cells))
		}
		lines := screenLines(f)
		for k, c := range l.Cells {
			what, sensor, _ := l.Hit(c.X+1, c.Y)
			if name := f.Snap.Run.Sensors[f.Order[k]].Name; what != HitSensor || sensor != f.Order[k] || !strings.Contains(lines[c.Y], name) {
				t.Errorf("%v: %v %d at %q", p, what, sensor, lines[c.Y])
			}
		}
	}
	f := pageFrame(EventsPage{}, 120, 36)
	l := PlanFrame(f)
	if what, _, _ := l.Hit(5, 5); what != HitEvents {
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
	for _, p := range AllPages() {
		f := pageFrame(p, 120, 36)
		f.Order, f.Filter = []int{}, "nothing"
		if l := PlanFrame(f); l.Selected != 3 || len(l.Visible) != 0 {
			t.Errorf("%v: selected %d, visible %v", p, l.Selected, l.Visible)
		}
		if last := screenLines(f)[35]; !strings.Contains(last, "no match:") {
			t.Errorf("%v: %q", p, last)
		}
	}
}

func pageFits(t *rapid.T) {
	f := anyPage(t, AllPages(), DetailPage{})
	look := draw.NewLook(draw.Options{ASCII: rapid.Bool().Draw(t, "ascii"), Theme: rapid.SampledFrom(draw.Themes()).Draw(t, "theme")}, rapid.Bool().Draw(t, "dark"))
	out := Draw(f, look)
	checkSize(t, fmt.Sprintf("%v %d × %d", f.Page, f.Width, f.Height), out, f.Width, f.Height)
	if Draw(f, look) != out {
		t.Fatal("the same frame is not the same picture")
	}
	l := PlanFrame(f)
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
	for _, p := range AllPages() {
		f := pageFrame(p, 0, 0)
		for _, w := range []int{0, 1, 19, 20, 21, 25, 33, 40, 59, 60, 75, 76, 79, 99, 100, 140, 200, 500} {
			for _, h := range []int{0, 1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 18, 20, 22, 25, 30, 40, 60, 200} {
				f.Width, f.Height = w, h
				lines := strings.Split(Draw(f, look), "\n")
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
