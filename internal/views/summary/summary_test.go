package summary

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"resiltui/internal/engine/event"
	"resiltui/internal/stats"
	"resiltui/internal/stats/verdict"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/views/page/overview"
	"resiltui/internal/views/page/pagetest"
	"resiltui/internal/views/viewstest"
)

func TestTheSummaryNeedsARun(t *testing.T) {
	look := draw.NewLook(draw.Options{}, true)
	if got := Text(stats.Snapshot{}, 0, views.Luck{}, 80, nil, look); got != "" {
		t.Errorf("no run: %q", got)
	}
	s := stats.Snapshot{Run: &event.Run{Scenario: "pipeline", Virtual: true, Sensors: viewstest.Sensors()[:1]}, EndText: "stopped"}
	s.Sensors = []stats.SensorView{{Sensor: s.Run.Sensors[0]}}
	s.Pipeline.Batches = 1
	got := ansi.Strip(Text(s, viewstest.MS(500), views.Luck{}, 0, []draw.Hint{{Key: "again", Word: "resiltui pipeline"}}, look))
	for _, want := range []string{"1 batch in 0.5 s (stopped)", "n/a", "\nagain: resiltui pipeline\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

// Refused calls that got a substitute are in no other share.
func TestTheSummarySaysHowManyCallsWereDelivered(t *testing.T) {
	f := pagetest.Frame(overview.Page{}, 120, 36)
	look := draw.NewLook(draw.Options{}, true)
	lines := strings.Split(ansi.Strip(Text(f.Snap, f.Now, f.Luck, 100, nil, look)), "\n")
	for id, want := range map[string]string{"": " delivered", "S2": " 97.9", "S3": " 100.0", "S4": " 88.4"} {
		i := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, id) && strings.HasSuffix(l, want) })
		if i < 0 {
			t.Errorf("no line of %q ends with%s in\n%s", id, want, strings.Join(lines, "\n"))
		}
	}
}

// A command that is cut off cannot be copied.
func TestTheCommandsOfTheSummaryAreWhole(t *testing.T) {
	look := draw.NewLook(draw.Options{}, true)
	f := pagetest.Frame(overview.Page{}, 120, 36)
	commands := []draw.Hint{{Key: "again", Word: "resiltui pipeline --seed 42"}, {Key: "as a report", Word: "resiltui report pipeline --seed 42"}}
	const (
		together = "\nagain: resiltui pipeline --seed 42    as a report: resiltui report pipeline --seed 42\n"
		apart    = "\nagain: resiltui pipeline --seed 42\nas a report: resiltui report pipeline --seed 42\n"
	)
	for width, want := range map[int]string{120: together, 85: together, 84: apart, 20: apart} {
		if got := ansi.Strip(Text(f.Snap, f.Now, f.Luck, width, commands, look)); !strings.HasSuffix(got, want) {
			t.Errorf("%d columns:\n%s", width, got)
		}
	}
}

func TestARemarkOnACommandOfTheSummaryHasALineOfItsOwn(t *testing.T) {
	f := pagetest.Frame(overview.Page{}, 120, 36)
	commands := []draw.Hint{{Key: "again", Word: "resiltui watch http://h/"}, {Word: "(without queries)"}}
	got := ansi.Strip(Text(f.Snap, f.Now, f.Luck, 120, commands, draw.NewLook(draw.Options{}, true)))
	if want := "\nagain: resiltui watch http://h/\n(without queries)\n"; !strings.HasSuffix(got, want) {
		t.Errorf("no %q at the end of\n%s", want, got)
	}
}

func TestSummaryOnTheNormalScreen(t *testing.T) {
	look := draw.NewLook(draw.Options{}, true)
	f := pagetest.Frame(overview.Page{}, 120, 36)
	t.Run("pipeline", func(t *testing.T) {
		golden.RequireEqual(t, ansi.Strip(Text(f.Snap, f.Now, f.Luck, 80, []draw.Hint{{Key: "again", Word: "resiltui pipeline --seed 42"}}, look)))
	})
	t.Run("watch", func(t *testing.T) {
		e := pagetest.Endpoints(overview.Page{}, 120, 36)
		golden.RequireEqual(t, ansi.Strip(Text(e.Snap, e.Now, e.Luck, 80, []draw.Hint{{Key: "again", Word: "resiltui watch https://api.example.com/health"}}, look)))
	})
}

func TestTheSummaryOfAWatchSaysWhatWasDownWhenAndWhy(t *testing.T) {
	look := draw.NewLook(draw.Options{}, true)
	again := []draw.Hint{{Key: "again", Word: "resiltui watch shop.yaml"}}
	for _, beside := range []bool{true, false} {
		shop := viewstest.Shop(beside)
		s := shop.Snapshot(stats.Query{Verdicts: stats.MaxVerdicts})
		for _, width := range []int{100, 60} {
			t.Run(fmt.Sprintf("beside %v %d", beside, width), func(t *testing.T) {
				golden.RequireEqual(t, ansi.Strip(Text(s, shop.Now, views.Luck{}, width, again, look)))
			})
		}
	}
}

func TestAWatchInWhichNothingWasDownSaysSo(t *testing.T) {
	well := viewstest.Watch(viewstest.ShopStart(), 23*time.Hour, true, viewstest.Endpoint{
		Name: "edge", Interval: time.Minute, Answer: func(time.Duration) viewstest.Answer { return viewstest.Answer{Took: viewstest.MS(20)} },
	})
	look := draw.NewLook(draw.Options{}, true)
	got := ansi.Strip(Text(well.Snapshot(stats.Query{}), well.Now, views.Luck{}, 100, nil, look))
	for _, want := range []string{"1 endpoint, Thu 26 Nov 2026, 02:00:00 to Fri 27 Nov 2026, 01:00:00 CET (UTC+1)", "nothing was down"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

// flapping is a watch of twelve hours: "comes" is down for a minute of every five, "gone"
// from the seventh minute to the end.
func flapping() viewstest.Watched {
	answer := func(down bool, cause string) viewstest.Answer {
		if down {
			return viewstest.Answer{Took: viewstest.MS(20), Err: cause}
		}
		return viewstest.Answer{Took: viewstest.MS(20)}
	}
	return viewstest.Watch(
		viewstest.ShopStart(), 12*time.Hour, true,
		viewstest.Endpoint{Name: "comes", Interval: 10 * time.Second, Answer: func(at time.Duration) viewstest.Answer {
			return answer(at%(5*time.Minute) >= 4*time.Minute, "503")
		}},
		viewstest.Endpoint{Name: "gone", Interval: 10 * time.Second, Answer: func(at time.Duration) viewstest.Answer {
			return answer(at >= 7*time.Minute, "refused")
		}},
	)
}

func TestAnEndpointThatComesAndGoesHidesNoOutageOfOthers(t *testing.T) {
	w := flapping()
	got := ansi.Strip(Text(w.Snapshot(stats.Query{Verdicts: stats.MaxVerdicts}), w.Now, views.Luck{}, 100, nil, draw.NewLook(draw.Options{}, true)))
	_, lines, _ := strings.Cut(got, "\n\n")
	_, lines, _ = strings.Cut(lines, "\n\n")
	golden.RequireEqual(t, lines)
}

func TestACallThatFailedAloneIsNotToldAsNothing(t *testing.T) {
	w := viewstest.Watch(viewstest.ShopStart(), time.Second, true, viewstest.Endpoint{
		Name: "edge", Interval: time.Minute, Answer: func(time.Duration) viewstest.Answer {
			return viewstest.Answer{Took: viewstest.MS(20), Err: "connection refused"}
		},
	})
	got := ansi.Strip(Text(w.Snapshot(stats.Query{}), w.Now, views.Luck{}, 100, nil, draw.NewLook(draw.Options{}, true)))
	if want := "never answered as expected: connection refused\n"; !strings.Contains(got, want) || strings.Contains(got, "nothing was down") {
		t.Errorf("no %q in\n%s", want, got)
	}
}

func TestLongTimesOfTheSummaryHaveOneForm(t *testing.T) {
	f := pagetest.Frame(overview.Page{}, 120, 36)
	v := viewstest.Verdict()
	v.Ended = v.Began + 13*time.Minute + 6*time.Second
	f.Snap.Verdicts = []verdict.Verdict{v}
	got := ansi.Strip(Text(f.Snap, 21*time.Minute+5*time.Second, f.Luck, 100, nil, draw.NewLook(draw.Options{}, true)))
	for _, want := range []string{" in 21 min 5 s\n", " 13 min 6 s "} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func TestTheSummaryHoldsTheVerdicts(t *testing.T) {
	f := pagetest.Frame(overview.Page{}, 120, 36)
	f.Snap.Verdicts = []verdict.Verdict{viewstest.Verdict(), viewstest.UnseenVerdict()}
	f.Snap.Verdicts[1].Sensor, f.Snap.Verdicts[1].Name = 4, "S4 exhaust"
	look := draw.NewLook(draw.Options{}, true)
	for name, width := range map[string]int{"100": 100, "60": 60} {
		t.Run(name, func(t *testing.T) { golden.RequireEqual(t, ansi.Strip(Text(f.Snap, f.Now, f.Luck, width, nil, look))) })
	}
}
