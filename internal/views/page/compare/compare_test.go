package compare

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/views/page/pagetest"
	"resiltui/internal/views/viewstest"
)

// compareFrame is the fixture's comparison.
func compareFrame(width, height int) views.Frame {
	f := pagetest.Frame(Page{}, width, height)
	f.Page = Page{}
	p := &f.Snap.Pipeline
	p.Took, p.NaiveTook = viewstest.MS(17210), viewstest.MS(4752)
	p.Attempts, p.NaiveAttempts = 612, 475
	return f
}

func TestCompareAtEverySize(t *testing.T) {
	look := draw.NewLook(draw.Options{}, true)
	for _, size := range pagetest.GoldenSizes() {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			golden.RequireEqual(t, ansi.Strip(views.Draw(compareFrame(size[0], size[1]), look)))
		})
	}
}

func TestCompareWithoutANaivePipeline(t *testing.T) {
	look := draw.NewLook(draw.Options{}, true)
	for _, size := range [][2]int{{120, 36}, {60, 16}} {
		t.Run(fmt.Sprintf("endpoints_%dx%d", size[0], size[1]), func(t *testing.T) {
			f := pagetest.Endpoints(Page{}, size[0], size[1])
			f.Page = Page{}
			golden.RequireEqual(t, ansi.Strip(views.Draw(f, look)))
		})
		t.Run(fmt.Sprintf("scenario_%dx%d", size[0], size[1]), func(t *testing.T) {
			f := compareFrame(size[0], size[1])
			run := *f.Snap.Run
			run.Naive = false
			f.Snap.Run = &run
			golden.RequireEqual(t, ansi.Strip(views.Draw(f, look)))
		})
	}
}

func TestCompareInASCII(t *testing.T) {
	out := ansi.Strip(views.Draw(compareFrame(120, 36), draw.NewLook(draw.Options{ASCII: true}, true)))
	for _, r := range out {
		if r > '~' {
			t.Fatalf("%q is not ASCII", r)
		}
	}
	golden.RequireEqual(t, out)
}

func TestTheComparisonInWords(t *testing.T) {
	for want, p := range map[string]stats.PipelineView{
		"no batch has ended yet":                                              {},
		"84 times the successes for 3.6 times the time":                       {Batches: 95, Delivered: 84, NaiveDelivered: 1, Took: viewstest.MS(17210), NaiveTook: viewstest.MS(4752)},
		"29 successes instead of 0 for 12 times the time":                     {Batches: 30, Delivered: 29, Took: viewstest.MS(12000), NaiveTook: viewstest.MS(1000)},
		"as many successes for 1.0 times the time and 1.5 times the attempts": {Batches: 30, Delivered: 30, NaiveDelivered: 30, Took: viewstest.MS(10), NaiveTook: viewstest.MS(10), Attempts: 15, NaiveAttempts: 10},
		"0.5 times the successes":                                             {Batches: 30, Delivered: 1, NaiveDelivered: 2},
	} {
		f := compareFrame(120, 36)
		f.Snap.Pipeline = p
		if got := (&drawing{Screen: &views.Screen{Frame: &f}}).compareSentence(true); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if got := (&drawing{Screen: &views.Screen{Frame: &views.Frame{}}}).compareSentence(true); got != "no run has started" {
		t.Errorf("%q", got)
	}
}

func TestAShareThatIsThereHasACell(t *testing.T) {
	for want, c := range map[string]stats.Counts{
		"●●●●●●●●●●": {Live: 7},
		"●●●●●●●~×_": {Live: 100000, Stale: 1, FastFail: 1, Missing: 1},
		"●~~~~~~~~~": {Live: 1, Stale: 100000},
		"●●●●●~~~~~": {Live: 2, Interpolated: 2},
		"":           {},
	} {
		s := draw.NewSurface(draw.NewLook(draw.Options{}, true), 40, 1)
		p := s.In(draw.At(0, 0, 40, 1))
		p.Next()
		shareBar(p, &stats.SensorView{Counts: c}, 10)
		if got := ansi.Strip(s.Line(0)); got != want {
			t.Errorf("%+v: %q, want %q", c, got, want)
		}
	}
}

func TestASensorOfTheComparisonCanBeClicked(t *testing.T) {
	for _, size := range [][2]int{{120, 36}, {80, 24}, {60, 16}} {
		f := compareFrame(size[0], size[1])
		l := views.PlanFrame(f)
		lines := strings.Split(pagetest.Plain(f), "\n")
		for i, r := range l.Cells {
			want := "S" + strconv.Itoa(l.Visible[i])
			if !strings.Contains(lines[r.Y], want) {
				t.Errorf("%v: the line of %s is %q", size, want, lines[r.Y])
			}
		}
		if q := l.Query(); len(l.Cells) == 0 || q.Batches < size[0]-12 || len(q.Sensors) != len(l.Cells) {
			t.Errorf("%v: %d lines, query %+v", size, len(l.Cells), q)
		}
	}
}

func TestNamesAndCountsOfTheComparisonAreWholeHoweverLongTheRun(t *testing.T) {
	look := draw.NewLook(draw.Options{}, true)
	for _, size := range [][2]int{{140, 45}, {100, 30}, {80, 24}, {50, 15}} {
		for _, n := range []int{9, 95, 100, 999, 12345} {
			f := compareFrame(size[0], size[1])
			p := &f.Snap.Pipeline
			p.Batches, p.Delivered, p.NaiveDelivered = n, n, n/3
			p.Asked, p.Readings, p.NaiveReadings = uint64(5*n), uint64(5*n), uint64(n)
			out := ansi.Strip(views.Draw(f, look))
			for _, name := range []string{"batches ", "readings ", "time ", "per success"} {
				if !strings.Contains(out, name) {
					t.Errorf("%d × %d, %d batches: %q is cut", size[0], size[1], n, name)
				}
			}
			for _, count := range []string{fmt.Sprintf("%d of %d", n, n), fmt.Sprintf("%d of %d", 5*n, 5*n)} {
				if !strings.Contains(out, count) {
					t.Errorf("%d × %d, %d batches: %q is cut", size[0], size[1], n, count)
				}
			}
			for _, cut := range []string{"success…", "successful b…", "readings d…", "time p…", "100…"} {
				if strings.Contains(out, cut) {
					t.Errorf("%d × %d, %d batches: %q", size[0], size[1], n, cut)
				}
			}
		}
	}
}
