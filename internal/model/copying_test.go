package model

import (
	"strings"
	"testing"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/page/overview"
	"resiltui/internal/views/page/pagetest"
	"resiltui/internal/views/viewstest"
)

func TestAStateInOneLine(t *testing.T) {
	f := pagetest.Frame(overview.Page{}, 120, 36)
	want := "S3 coolant: LIVE 4.16 bar, HALF_OPEN, 1 more good probe closes it, opened 00:40.2  5 in a row: connection refused, 81 % of 95 calls live, 12 retries, 2 openings (resiltui pipeline, 00:47.4)"
	if got := stateLine(f, 3); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := stateLine(f, 99); got != "" {
		t.Errorf("no such sensor: %q", got)
	}
	if got := stateLine(views.Frame{}, 0); got != "" {
		t.Errorf("no run: %q", got)
	}
}

func TestTheStateOfAnEndpointIsCopiedAsItsPageHasIt(t *testing.T) {
	const checkout = 2
	for beside, end := range map[bool]string{true: "94.6 %, 2 outages, 3 min 14 s, (OPEN), (opens 2)", false: "94.5 %, 2 outages, 3 min 17 s, OPEN, opens 2"} {
		f := pagetest.Shop(overview.Page{}, beside, 120, 36)
		f.Snap.Sensors[checkout].Health.PlusMinus = 0
		want := "checkout: DOWN since 03:05:15, 2 min 27 s: 503 Service Unavailable, up " + end
		if got := stateLine(f, checkout); !strings.HasPrefix(got, want+" (resiltui ") {
			t.Errorf("%q, want %q", got, want)
		}
	}
	f := pagetest.Shop(overview.Page{}, true, 120, 36)
	f.Snap.Sensors[checkout] = stats.SensorView{Sensor: f.Snap.Sensors[checkout].Sensor, Index: checkout}
	if got := stateLine(f, checkout); !strings.HasPrefix(got, "checkout: no answer yet, (CLOSED), (opens 0) (") {
		t.Errorf("before its first answer: %q", got)
	}
}

func TestAnEventAsText(t *testing.T) {
	l := viewstest.Lines()[4]
	if got, want := eventText(viewstest.Snapshot().Run, l), "00:47.1  batch 95  S3 coolant  probe 1 of 2 good (56 ms); 1 more closes it"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	watch := &event.Run{Start: time.Date(2026, time.November, 26, 3, 0, 0, 0, time.UTC)}
	if got, want := eventText(watch, l), "2026-11-26 03:00:47 UTC  S3 coolant  probe 1 of 2 good (56 ms); 1 more closes it"; got != want {
		t.Errorf("of a run with a date %q, want %q", got, want)
	}
	if got := eventText(viewstest.Snapshot().Run, sentence.Line{Text: "paused"}); got != "00:00.0  paused" {
		t.Errorf("%q", got)
	}
}
