package views

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/policy"
	"resiltui/internal/engine/retry"
	"resiltui/internal/sensors"
	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
)

// text draws words as they may come from outside: long, wide, empty.
func text(t *rapid.T, name string) string {
	return rapid.SampledFrom([]string{
		"", "x", "coolant", "温度センサー", "naïve café", strings.Repeat("long ", 60), "👩‍👩‍👧 family", "é́",
	}).Draw(t, name)
}

// span draws a time, absurd ones too.
func span(t *rapid.T, name string) time.Duration {
	return time.Duration(rapid.SampledFrom([]int64{
		-1, 0, 1, 5e7, 4e8, 3e9, 9e10, 1e13, 1<<63 - 1, -1 << 63,
	}).Draw(t, name))
}

func count(t *rapid.T, name string) uint64 {
	return rapid.SampledFrom([]uint64{0, 1, 7, 20, 100, 123456, 1<<64 - 1}).Draw(t, name)
}

func anyColumns(t *rapid.T) []stats.Column {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) stats.Column {
		return stats.Column{
			At: span(t, "at"), Took: span(t, "took"),
			Mark:  event.Mark(rapid.IntRange(0, 8).Draw(t, "mark")),
			State: breaker.State(rapid.IntRange(0, 6).Draw(t, "state")),
			Probe: rapid.Bool().Draw(t, "probe"), Fault: rapid.Bool().Draw(t, "fault"),
		}
	}), 0, 60).Draw(t, "columns")
}

// anyViews draws a few different sensors; drawing forty takes long and finds
// nothing more.
func anyViews(t *rapid.T) []stats.SensorView {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) stats.SensorView {
		change := &event.Change{
			Reason: breaker.Reason(rapid.IntRange(0, 11).Draw(t, "reason")),
			Cause:  text(t, "cause"), By: text(t, "by"), Count: rapid.IntRange(0, 99).Draw(t, "count"),
		}
		n := rapid.SampledFrom([]int{-1, 0, 1, 5, 10, 11, 1000}).Draw(t, "threshold")
		v := stats.SensorView{
			Sensor: event.Sensor{
				Info:      sensors.Info{ID: text(t, "id"), Name: text(t, "name"), Unit: text(t, "unit"), Decimals: rapid.IntRange(-1, 9).Draw(t, "decimals"), Real: rapid.Bool().Draw(t, "real")},
				Threshold: n, Needed: n, Interval: span(t, "interval"),
			},
			Calls: count(t, "calls"), Last: event.Result(rapid.IntRange(0, 6).Draw(t, "last")), LastErr: text(t, "err"),
			HasValue: rapid.Bool().Draw(t, "has"), Value: rapid.Float64().Draw(t, "value"), SourceAt: span(t, "source"),
			Circuit: event.Circuit{
				State: breaker.State(rapid.IntRange(0, 6).Draw(t, "circuit")), Failures: rapid.IntRange(-1, 12).Draw(t, "failures"),
				Threshold: n, Needed: n, ProbeAt: span(t, "probe"), OpenFor: span(t, "openFor"), Opens: count(t, "opens"),
			},
			Columns: anyColumns(t), Answers: count(t, "answers"), P50: span(t, "p50"), P95: span(t, "p95"), P99: span(t, "p99"), Max: span(t, "top"),
			Counts: stats.Counts{Live: count(t, "live"), Stale: 3, Retries: count(t, "retries")},
			Faults: []stats.FaultSpan{{Label: text(t, "label"), From: span(t, "from"), To: span(t, "to"), Until: span(t, "until")}},
		}
		if rapid.Bool().Draw(t, "changed") {
			v.LastChange = change
		}
		if rapid.Bool().Draw(t, "opened") {
			v.LastOpening = change
		}
		if rapid.Bool().Draw(t, "detailed") {
			v.Recent, v.Tripping, v.OpenedAt = anyCalls(t), v.LastOpening, span(t, "openedAt")
			v.Changes = []stats.ChangeView{{At: span(t, "changeAt"), Batch: 7, Change: change}}
			anyPolicy(t, &v)
		}
		return v
	}), 1, 3).Draw(t, "views")
}

// anyCalls draws calls with attempts, absurd ones too.
func anyCalls(t *rapid.T) []stats.CallView {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) stats.CallView {
		c := stats.CallView{
			Number: count(t, "number"), Batch: rapid.IntRange(0, 99999).Draw(t, "batch"),
			Start: span(t, "start"), Took: span(t, "took"), Mark: event.Mark(rapid.IntRange(0, 7).Draw(t, "mark")),
			Err: text(t, "err"), HasValue: rapid.Bool().Draw(t, "has"), Value: rapid.Float64().Draw(t, "value"),
			Admitted: rapid.Bool().Draw(t, "admitted"), Probe: rapid.Bool().Draw(t, "probe"),
		}
		for range rapid.IntRange(0, 4).Draw(t, "tries") {
			c.Tries = append(c.Tries, event.Try{Start: span(t, "tryStart"), Took: span(t, "tryTook"), Err: text(t, "tryErr")})
		}
		return c
	}), 0, 24).Draw(t, "calls")
}

// anyPolicy draws settings, and what a window holds.
func anyPolicy(t *rapid.T, v *stats.SensorView) {
	v.Policy = policy.Policy{
		Timeout: span(t, "timeout"), MaxAge: span(t, "maxAge"), BreakerOff: rapid.Bool().Draw(t, "off"),
		Retry: retry.Policy{MaxAttempts: rapid.IntRange(0, 9).Draw(t, "attempts"), Jitter: retry.Jitter(rapid.IntRange(0, 3).Draw(t, "jitter"))},
		Breaker: breaker.Settings{
			OpenFor: span(t, "open"), OpenGrowth: rapid.SampledFrom([]float64{0, 2, 1e9}).Draw(t, "growth"), OpenMax: span(t, "openMax"),
			FailureRate: rapid.SampledFrom([]float64{0, 0.5, 1}).Draw(t, "rate"), SlowCall: span(t, "slow"),
		},
	}
	v.Circuit.MinVolume = rapid.SampledFrom([]int{0, 0, 10}).Draw(t, "volume")
	v.Circuit.Sample = breaker.Sample{Calls: rapid.IntRange(0, 20).Draw(t, "sample"), Failures: 3, Slow: 2}
	v.Circuit.FailureRate, v.Circuit.FailuresToTrip = 0.5, rapid.IntRange(0, 99).Draw(t, "toTrip")
	v.MaxAttempts, v.Strategy = rapid.IntRange(0, 12).Draw(t, "most"), text(t, "strategy")
	v.Spared = stats.Spared{Calls: count(t, "spared"), Attempts: count(t, "unsent")}
	v.HasFailed, v.FailedAt, v.Differs = rapid.Bool().Draw(t, "failed"), span(t, "failedAt"), rapid.Bool().Draw(t, "differs")
}

func anyFrame(t *rapid.T) Frame {
	n := rapid.IntRange(0, 40).Draw(t, "sensors")
	views := anyViews(t)
	run := &event.Run{
		Scenario: text(t, "scenario"), Interval: span(t, "interval"), Batches: rapid.SampledFrom([]int{0, 30}).Draw(t, "end"),
		Virtual: rapid.Bool().Draw(t, "virtual"), Naive: rapid.Bool().Draw(t, "naive"),
	}
	f := Frame{
		Now: span(t, "now"), Width: rapid.IntRange(0, 250).Draw(t, "width"), Height: rapid.IntRange(0, 100).Draw(t, "height"),
		Selected: rapid.IntRange(-1, 41).Draw(t, "selected"), First: rapid.IntRange(-1, 41).Draw(t, "first"),
		Maximised: rapid.Bool().Draw(t, "maximised"), TargetAll: rapid.Bool().Draw(t, "all"), Locked: rapid.Bool().Draw(t, "locked"),
		Flash: map[int]bool{rapid.IntRange(0, 5).Draw(t, "flash"): true}, Status: []string{"PAUSED", text(t, "status")},
		Notice: text(t, "notice"), Caption: text(t, "caption"), Footer: fixtureFooter()[rapid.IntRange(0, 10).Draw(t, "hints"):],
		Dropped: count(t, "dropped"),
		Page:    rapid.SampledFrom(AllPages()).Draw(t, "page"), Detail: rapid.IntRange(0, 2).Draw(t, "detail") == 0,
		InFull: DetailPage{}, Tabs: AllTabs(),
		Why: rapid.IntRange(-1, 9).Draw(t, "why"), Back: rapid.IntRange(-1, 90).Draw(t, "back"),
	}
	for i := range n {
		v := views[i%len(views)]
		v.Index = i
		run.Sensors = append(run.Sensors, v.Sensor)
		if rapid.IntRange(0, 9).Draw(t, "known") > 0 {
			f.Snap.Sensors = append(f.Snap.Sensors, v)
		}
	}
	f.Snap.Batch, f.Snap.Speed, f.Snap.Live, f.Snap.ScaleTop = 95, 0.25, n, span(t, "top")
	f.Snap.Pipeline = stats.PipelineView{Batches: 95, Delivered: 84, With: make([]bool, 300), Naive: make([]bool, 3), OldestServed: span(t, "oldest")}
	for range rapid.IntRange(0, 20).Draw(t, "lines") {
		f.Snap.Lines = append(f.Snap.Lines, stats.Line{At: span(t, "lineAt"), ID: text(t, "lineID"), Name: text(t, "lineName"), Role: stats.Role(rapid.IntRange(0, 11).Draw(t, "role")), Text: text(t, "lineText")})
	}
	f.Snap.Paused, f.Snap.Ended, f.Snap.Injected = rapid.Bool().Draw(t, "paused"), rapid.Bool().Draw(t, "ended"), rapid.Bool().Draw(t, "injected")
	if rapid.IntRange(0, 9).Draw(t, "started") > 0 {
		f.Snap.Run = run
	}
	return f
}

// checkSize fails where a screen is not exactly as large as it has to be.
func checkSize(t *rapid.T, what, screen string, width, height int) {
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

func overviewFits(t *rapid.T) {
	f := anyFrame(t)
	look := draw.NewLook(draw.Options{ASCII: rapid.Bool().Draw(t, "ascii"), Theme: rapid.SampledFrom(draw.Themes()).Draw(t, "theme")}, rapid.Bool().Draw(t, "dark"))
	screen := Draw(f, look)
	checkSize(t, fmt.Sprintf("%v %d × %d", PlanFrame(f).Kind, f.Width, f.Height), screen, f.Width, f.Height)
	if Draw(f, look) != screen {
		t.Fatal("the same frame is not the same picture")
	}
	box := Help(helpGroups(), f.Width, f.Height, rapid.IntRange(-1, 20).Draw(t, "offset"), look)
	if f.Width > 0 && f.Height > 0 {
		over := strings.Split(draw.Overlay(screen, box, f.Width, f.Height), "\n")
		if len(over) != f.Height {
			t.Fatalf("overlay of %d lines, want %d", len(over), f.Height)
		}
		for _, l := range over {
			if w := ansi.StringWidth(l); w > f.Width {
				t.Fatalf("overlay line of %d cells, want %d", w, f.Width)
			}
		}
	}
	for _, l := range strings.Split(Summary(f.Snap, f.Now, f.Width, nil, look), "\n") {
		if w := ansi.StringWidth(l); f.Width > 0 && w > f.Width {
			t.Fatalf("summary line of %d cells, want %d", w, f.Width)
		}
	}
}

func TestEveryFrameFitsItsScreen(t *testing.T) { rapid.Check(t, overviewFits) }

func FuzzOverview(f *testing.F) { f.Fuzz(rapid.MakeFuzz(overviewFits)) }

func TestEverySizeHasAScreen(t *testing.T) {
	look := draw.NewLook(draw.Options{}, true)
	f := fixtureFrame(0, 0)
	for w := range 131 {
		for h := range 51 {
			if w > 12 && w < 55 && w%5 != 0 || h > 12 && h%3 != 0 {
				continue
			}
			f.Width, f.Height = w, h
			screen := Draw(f, look)
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
