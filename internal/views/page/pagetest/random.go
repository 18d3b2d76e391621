package pagetest

import (
	"math"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"resiltui/internal/engine/event"
	"resiltui/internal/engine/health"
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/stats/counterfactual"
	"resiltui/internal/views"
	"resiltui/internal/views/viewstest"
)

// AnyFrame is any frame, with extreme figures.
func AnyFrame(t *rapid.T, pages []views.Page, inFull views.Page) views.Frame {
	n := rapid.IntRange(0, 40).Draw(t, "sensors")
	compared := viewstest.AnyViews(t)
	run := &event.Run{
		Scenario: viewstest.Text(t, "scenario"), Interval: viewstest.Span(t, "interval"), Batches: rapid.SampledFrom([]int{0, 30}).Draw(t, "end"),
		Virtual: rapid.Bool().Draw(t, "virtual"), Naive: rapid.Bool().Draw(t, "naive"),
	}
	f := views.Frame{
		Now: viewstest.Span(t, "now"), Width: rapid.IntRange(0, 250).Draw(t, "width"), Height: rapid.IntRange(0, 100).Draw(t, "height"),
		Selected: rapid.IntRange(-1, 41).Draw(t, "selected"), First: rapid.IntRange(-1, 41).Draw(t, "first"),
		Maximised: rapid.Bool().Draw(t, "maximised"), TargetAll: rapid.Bool().Draw(t, "all"), Locked: rapid.Bool().Draw(t, "locked"),
		Flash: map[int]bool{rapid.IntRange(0, 5).Draw(t, "flash"): true}, Status: []string{"PAUSED", viewstest.Text(t, "status")},
		Notice: viewstest.Text(t, "notice"), Caption: viewstest.Text(t, "caption"), Footer: viewstest.Footer()[rapid.IntRange(0, 10).Draw(t, "hints"):],
		Dropped: viewstest.Count(t, "dropped"), LogMark: rapid.SampledFrom([]string{"", "LOG ENDED"}).Draw(t, "log"),
		Page: rapid.SampledFrom(pages).Draw(t, "page"), Detail: rapid.IntRange(0, 2).Draw(t, "detail") == 0,
		InFull: inFull, Tabs: Tabs(),
		Luck: views.Luck{
			Standing: stats.Standing{Of: rapid.IntRange(0, 1<<40).Draw(t, "seeds"), Batches: rapid.IntRange(0, 1<<40).Draw(t, "of"), Fewer: rapid.IntRange(0, 1<<40).Draw(t, "fewer")},
			Touched:  rapid.Bool().Draw(t, "touched"),
		},
		Why: rapid.IntRange(-1, 9).Draw(t, "why"), Back: rapid.IntRange(-1, 90).Draw(t, "back"),
	}
	for i := range n {
		v := compared[i%len(compared)]
		v.Index = i
		run.Sensors = append(run.Sensors, v.Sensor)
		if rapid.IntRange(0, 9).Draw(t, "known") > 0 {
			f.Snap.Sensors = append(f.Snap.Sensors, v)
		}
	}
	f.Snap.Batch, f.Snap.Speed, f.Snap.Live, f.Snap.ScaleTop = 95, 0.25, n, viewstest.Span(t, "top")
	f.Snap.Pipeline = stats.PipelineView{Batches: 95, Delivered: 84, With: make([]bool, 300), Naive: make([]bool, 3), OldestServed: viewstest.Span(t, "oldest")}
	for range rapid.IntRange(0, 20).Draw(t, "lines") {
		f.Snap.Lines = append(f.Snap.Lines, sentence.Line{At: viewstest.Span(t, "lineAt"), ID: viewstest.Text(t, "lineID"), Name: viewstest.Text(t, "lineName"), Topic: sentence.Topic(rapid.IntRange(0, 11).Draw(t, "role")), Text: viewstest.Text(t, "lineText")})
	}
	f.Snap.Paused, f.Snap.Ended, f.Snap.Injected = rapid.Bool().Draw(t, "paused"), rapid.Bool().Draw(t, "ended"), rapid.Bool().Draw(t, "injected")
	anyRealTime(t, &f, run)
	if rapid.IntRange(0, 9).Draw(t, "started") > 0 {
		f.Snap.Run = run
	}
	return f
}

// anyRealTime gives a frame what a run of real endpoints has.
func anyRealTime(t *rapid.T, f *views.Frame, run *event.Run) {
	run.Beside = rapid.Bool().Draw(t, "beside")
	if rapid.Bool().Draw(t, "dated") {
		run.Start = viewstest.ShopStart()
	}
	f.Slot = rapid.SampledFrom(append(stats.Slots(), 0, -1)).Draw(t, "slot")
	f.Rescaled, f.Above = rapid.Bool().Draw(t, "rescaled"), rapid.IntRange(-1, 41).Draw(t, "above")
	for i := range f.Snap.Sensors {
		f.Snap.Sensors[i].Health = viewstest.AnyHealth(t)
		f.Snap.Sensors[i].Values = []float64{0, -1, math.NaN(), math.Inf(1), 1e300}
	}
	e := &f.Snap.Endpoints
	e.Up, e.Slow, e.Down, e.Unknown = rapid.IntRange(0, 3).Draw(t, "upN"), 1<<40, rapid.IntRange(0, 3).Draw(t, "downN"), rapid.IntRange(0, 3).Draw(t, "unknownN")
	e.Since, e.Last.Ended = viewstest.Span(t, "allSince"), viewstest.Span(t, "lastEnded")
	for i := range rapid.IntRange(0, 5).Draw(t, "unwell") {
		e.Unwell = append(e.Unwell, stats.Unwell{Index: i - 1, State: health.State(i), Since: viewstest.Span(t, "since"), Cause: viewstest.Text(t, "cause"), Flapping: i == 3})
	}
}

// CheckSize fails where a screen is not exactly as large as it has to be.
func CheckSize(t rapid.TB, what, screen string, width, height int) {
	t.Helper()
	if height <= 0 {
		if screen != "" {
			t.Fatalf("%s of no height: %q", what, screen)
		}
		return
	}
	lines := strings.Split(screen, "\n")
	if len(lines) != height {
		t.Fatalf("%s: %d lines, want %d", what, len(lines), height)
	}
	for i, l := range lines {
		if w := ansi.StringWidth(l); w != width {
			t.Fatalf("%s: line %d is %d cells wide, want %d: %q", what, i, w, width, ansi.Strip(l))
		}
	}
}

// AnyPage is any frame on any page, with extreme figures.
func AnyPage(t *rapid.T, pages []views.Page, inFull views.Page) views.Frame {
	f := AnyFrame(t, pages, inFull)
	f.Page = rapid.SampledFrom(pages).Draw(t, "page")
	f.Sort = views.Sort{Column: rapid.IntRange(-1, 12).Draw(t, "sort"), Inverted: rapid.Bool().Draw(t, "inverted")}
	f.Filter = viewstest.Text(t, "filter")
	if f.Snap.Run != nil && rapid.Bool().Draw(t, "ordered") {
		f.Order = []int{}
		for i := range f.Snap.Run.Sensors {
			if rapid.Bool().Draw(t, "in") {
				f.Order = append(f.Order, i)
			}
		}
	}
	retries := stats.RetryView{RanOut: viewstest.Count(t, "ranOut"), Propagated: viewstest.Count(t, "propagated"), Other: stats.WaitCause{Waits: 1, Waited: viewstest.Span(t, "other")}}
	for i := range retries.Calls {
		retries.Calls[i], retries.After[i] = viewstest.Count(t, "made"), viewstest.Span(t, "after")
	}
	for range rapid.IntRange(0, 7).Draw(t, "causes") {
		retries.Causes = append(retries.Causes, stats.WaitCause{Err: viewstest.Text(t, "cause"), Waited: viewstest.Span(t, "waited")})
	}
	counts := counterfactual.Counts{Live: viewstest.Count(t, "sLive"), Stale: viewstest.Count(t, "sStale"), Dropped: viewstest.Count(t, "sDropped"), Judged: viewstest.Count(t, "judged"), OffBy: int64(viewstest.Span(t, "off")), MaxOff: int64(viewstest.Span(t, "maxOff")), OldestAge: viewstest.Span(t, "oldestAge")}
	for range rapid.IntRange(0, 3).Draw(t, "strategies") {
		v := counterfactual.Strategy{Name: viewstest.Text(t, "strategy"), Counts: counts}
		for _, s := range f.Snap.Sensors {
			v.Sensors = append(v.Sensors, counterfactual.OfSensor{Index: s.Index, Counts: counts, Marks: make([]event.Mark, rapid.IntRange(0, 300).Draw(t, "marks"))})
		}
		f.Snap.Strategies = append(f.Snap.Strategies, v)
	}
	f.Snap.Retries = retries
	for i := range f.Snap.Sensors {
		f.Snap.Sensors[i].Retries = retries
		f.Snap.Sensors[i].States = stats.StateTime{Closed: viewstest.Span(t, "closed"), Open: viewstest.Span(t, "open")}
	}
	f.Log = views.Log{
		Lines: f.Snap.Lines, Cursor: rapid.IntRange(-1, 21).Draw(t, "cursor"), Following: rapid.Bool().Draw(t, "following"),
		Newer: rapid.IntRange(-1, 5).Draw(t, "newer"), Search: viewstest.Text(t, "search"), Only: viewstest.Text(t, "only"), Busy: rapid.Bool().Draw(t, "busy"),
	}
	return f
}
