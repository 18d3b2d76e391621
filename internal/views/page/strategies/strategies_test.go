package strategies

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"resiltui/internal/engine/fallback"
	"resiltui/internal/stats/counterfactual"
	"resiltui/internal/views"
	"resiltui/internal/views/page/pagetest"
)

func TestTheStrategyInForceIsMarked(t *testing.T) {
	f := pagetest.OnPage(Page{}, 120, 36)
	marked := 0
	for _, l := range pagetest.Lines(f) {
		if strings.Contains(l, " last-known-good • ") {
			marked++
		}
		if strings.Contains(l, "interpolated    •") || strings.Contains(l, "drop            •") {
			t.Errorf("%q is not in force", l)
		}
	}
	if marked != 6 { // and the comparison
		t.Errorf("%d lines have it, not 6", marked)
	}
}

// threes is a frame of fifteen sensors: five draws, with a strategy for each three times.
func threes(w, h int) views.Frame {
	f := pagetest.ManyOnPage(Page{}, 15, w, h)
	for i := range f.Snap.Run.Sensors {
		s := &f.Snap.Run.Sensors[i]
		s.Draws, s.Strategy = fmt.Sprintf("D%d", i/3), fallback.Names()[i%3]
		f.Snap.Sensors[i].Sensor = *s
	}
	for k, name := range fallback.Names() {
		v := counterfactual.Strategy{Name: name}
		for i := range f.Snap.Sensors {
			v.Sensors = append(v.Sensors, counterfactual.OfSensor{Index: i, Aside: i%3 != k})
		}
		f.Snap.Strategies = append(f.Snap.Strategies, v)
	}
	return f
}

// inOrder are the words that begin lines, each of a sensor and a strategy.
func inOrder(f views.Frame) (found []string) {
	for _, l := range pagetest.Lines(f) {
		if m := regexp.MustCompile(`^.(S\d+) .*? (drop|last-known-good|interpolated) +•`).FindStringSubmatch(l); m != nil {
			found = append(found, m[1]+" "+m[2])
		}
	}
	return found
}

func TestThreeSensorsOnTheSameDrawsAreOneRow(t *testing.T) {
	var want []string
	for i := range 15 {
		want = append(want, fmt.Sprintf("S%d %s", i, fallback.Names()[i%3]))
	}
	for _, size := range [][2]int{{120, 36}, {100, 30}, {160, 60}} {
		if got := inOrder(threes(size[0], size[1])); !slices.Equal(got, want) {
			t.Errorf("%v: %q", size, got)
		}
	}
	// Where there is less room, whole rows are seen, with the selected one among them.
	f := threes(80, 24)
	f.Selected = 10
	got := inOrder(f)
	if len(got)%3 != 0 || !slices.Contains(got, want[10]) || !strings.HasSuffix(got[0], " drop") {
		t.Errorf("%q", got)
	}
	// A filter takes them apart.
	f = threes(120, 36)
	f.Order = []int{1, 4, 7}
	if got := inOrder(f); !slices.Equal(got, []string{want[1], want[4], want[7]}) {
		t.Errorf("%q", got)
	}
}

func TestTheConclusionHasThisRunsFigures(t *testing.T) {
	text := strings.Join(strings.Fields(strings.Join(pagetest.Lines(pagetest.OnPage(Page{}, 160, 50)), " ")), " ")
	for _, want := range []string{
		"where stale data is worse than missing data", "slowly", "smoothly about a level",
		"every one of them live, and left 131 gaps", "off by 0.152 on average", "nearer to the truth than interpolated", "farther from the truth than last-known-good",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q", want)
		}
	}
}

func TestSensorsOfDifferentUnitsAreComparedOneByOne(t *testing.T) {
	f := pagetest.OnPage(Page{}, 160, 50)
	for k := range f.Snap.Strategies {
		v := &f.Snap.Strategies[k]
		v.Mixed, v.Compared = true, 4
		if v.Name == "interpolated" {
			v.Nearest = 4
		}
	}
	lines := pagetest.Lines(f)
	text := strings.Join(strings.Fields(strings.Join(lines, " ")), " ")
	for _, want := range []string{
		"nearest truth at", "4 of 4 sensors", "0 of 4 sensors", "; the nearest to the truth at 4 of the 4 that needed it.",
		"; the nearest to the truth at none of the 4 that needed it.", "error, in its own unit", "off 0.152, at most 1.965 kPa",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, strings.Join(lines, "\n"))
		}
	}
	for _, never := range []string{"mean error", "largest", "on average"} {
		if strings.Contains(text, never) {
			t.Errorf("%q of kilopascals and degrees", never)
		}
	}
}

func TestOfRealSensorsTheErrorIsUnknown(t *testing.T) {
	f := pagetest.OnPage(Page{}, 160, 50)
	for k := range f.Snap.Strategies {
		v := &f.Snap.Strategies[k]
		v.Counts.Judged, v.Counts.OffBy, v.Counts.MaxOff = 0, 0, 0
		for i := range v.Sensors {
			v.Sensors[i].Counts.Judged = 0
		}
	}
	text := strings.Join(pagetest.Lines(f), " ")
	for _, want := range []string{"nobody knows", "truth unknown", "n/a"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q", want)
		}
	}
}

func TestTheConclusionOfARunThatHadNoFailures(t *testing.T) {
	f := pagetest.OnPage(Page{}, 160, 50)
	for k := range f.Snap.Strategies {
		v := &f.Snap.Strategies[k]
		v.Counts = counterfactual.Counts{Live: 50}
		if k == 2 { // and one that was as good as the other
			v.Counts = counterfactual.Counts{}
		}
	}
	text := pagetest.Words(f)
	for _, want := range []string{"left 0 gaps", "50 of 50; there was nothing to stand in for", "Nothing has been read yet."} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %s", want, text)
		}
	}
	for k := range f.Snap.Strategies {
		f.Snap.Strategies[k].Counts = counterfactual.Counts{Live: 1, Stale: 1, Judged: 1, OffBy: 250e6, MaxOff: 250e6}
	}
	if text = pagetest.Words(f); !strings.Contains(text, "off by 250 on average") || !strings.Contains(text, "as near to the truth as") {
		t.Error(text)
	}
}

func TestWithoutCounterfactualsThePageSaysSo(t *testing.T) {
	f := pagetest.OnPage(Page{}, 80, 24)
	f.Snap.Strategies = nil
	if !strings.Contains(pagetest.Plain(f), "not worked out in this run") {
		t.Error(pagetest.Plain(f))
	}
}

func TestTheConclusionStaysOnTheScreen(t *testing.T) {
	for w := 20; w < 200; w += 9 {
		for h := 5; h < 60; h += 3 {
			if r := views.PlanFrame(pagetest.ManyOnPage(Page{}, h/4, w, h)).Body.(*plan).conclusion; r.Y+r.H > h || r.X+r.W > w {
				t.Errorf("%d × %d: the conclusion is at %+v", w, h, r)
			}
		}
	}
}
