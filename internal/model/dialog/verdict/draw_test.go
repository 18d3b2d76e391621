package verdict

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"resiltui/internal/engine/event"
	"resiltui/internal/sensors"
	"resiltui/internal/stats/verdict"
	"resiltui/internal/views/draw"
	"resiltui/internal/views/viewstest"
)

func TestVerdictBox(t *testing.T) {
	s3 := viewstest.Sensors()[3]
	look, ascii := draw.NewLook(draw.Options{}, true), draw.NewLook(draw.Options{ASCII: true}, true)
	for name, box := range map[string]draw.Box{
		"seen":         boxOf(viewstest.Verdict(), s3, nil, 80, look),
		"seen ascii":   boxOf(viewstest.Verdict(), s3, nil, 80, ascii),
		"seen 40":      boxOf(viewstest.Verdict(), s3, nil, 40, look),
		"seen 62":      boxOf(viewstest.Verdict(), s3, nil, 62, look),
		"unseen":       boxOf(viewstest.UnseenVerdict(), s3, nil, 80, look),
		"unseen 40":    boxOf(viewstest.UnseenVerdict(), s3, nil, 40, look),
		"unseen ascii": boxOf(viewstest.UnseenVerdict(), viewstest.Sensors()[4], nil, 80, ascii),
	} {
		t.Run(name, func(t *testing.T) { golden.RequireEqual(t, ansi.Strip(box.String())) })
	}
}

// watch is a run of real endpoints.
func watch() *event.Run {
	return &event.Run{Start: viewstest.ShopStart(), Sensors: []event.Sensor{{Info: sensors.Info{ID: "checkout", Name: "checkout", Real: true}}}}
}

// outage is that of checkout with policies in the way.
func outage() verdict.Verdict {
	const s = time.Second
	return verdict.Verdict{
		Kind: verdict.Outage, Began: 3915 * s, Ended: 4265 * s, PlusMinus: 10 * s, Over: 4285 * s,
		Cause: "503 Service Unavailable", SameCause: 63, Attempts: 63, Avoided: 144, AvoidedAtMost: true,
		Seen: true, SeenAfter: 20700 * time.Millisecond, SeenCalls: 5, SeenAttempts: 15,
		FastFail: 51, FastFailWhileWell: 3, Served: 72, FastFailServed: 51, Oldest: 360 * s, Back: 5 * s,
		Overlaps: []verdict.Overlap{
			{Name: "orders-db", Began: 3903 * s, Ended: 4255 * s, PlusMinus: 13 * s}, {Name: "search", Began: 4000 * s},
		},
		MoreOverlaps: 2,
	}
}

// watchedOutage is the same where the policies only watched.
func watchedOutage() verdict.Verdict {
	v := outage()
	v.Watched, v.Attempts, v.SameCause, v.Ended, v.PlusMinus = true, 71, 70, 4267*time.Second+5e8, 2500*time.Millisecond
	v.Served, v.Oldest, v.MoreOverlaps, v.FailedAgain = 0, 0, 0, true
	v.Overlaps[0].PlusMinus = 1500 * time.Millisecond
	return v
}

func TestTheBoxOfAnOutage(t *testing.T) {
	look, ascii := draw.NewLook(draw.Options{}, true), draw.NewLook(draw.Options{ASCII: true}, true)
	run := watch()
	for name, box := range map[string]draw.Box{
		"in the way":       boxOf(outage(), run.Sensors[0], run, 80, look),
		"in the way 40":    boxOf(outage(), run.Sensors[0], run, 40, look),
		"in the way ascii": boxOf(outage(), run.Sensors[0], run, 80, ascii),
		"watched":          boxOf(watchedOutage(), run.Sensors[0], run, 80, look),
	} {
		t.Run(name, func(t *testing.T) { golden.RequireEqual(t, ansi.Strip(box.String())) })
	}
}

func TestNoLineOfAVerdictBoxIsWiderThanTheScreen(t *testing.T) {
	look := draw.NewLook(draw.Options{}, true)
	for width := range 100 {
		for _, v := range []verdict.Verdict{viewstest.Verdict(), viewstest.UnseenVerdict(), {}, outage(), watchedOutage(), {Kind: verdict.Outage}} {
			box := boxOf(v, viewstest.Sensors()[3], watch(), width, look).String()
			if box == "" {
				if width >= 24 {
					t.Errorf("no box in %d columns", width)
				}
				continue
			}
			for _, l := range strings.Split(box, "\n") {
				if got := ansi.StringWidth(l); got != min(width, mostWidth) {
					t.Fatalf("%d columns, a line of %d: %s", width, got, ansi.Strip(l))
				}
			}
		}
	}
}

func TestADistanceIsRoundedUp(t *testing.T) {
	s := viewstest.Sensors()[3]
	for off, want := range map[float64]string{0: "0.00 bar", 0.02: "0.02 bar", 0.020001: "0.03 bar", 1.1: "1.10 bar"} {
		if got := distance(off, s); got != want {
			t.Errorf("%v is %q, want %q", off, got, want)
		}
	}
}
