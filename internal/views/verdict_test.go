package views

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
)

// fixtureVerdict is that of S3's crash.
func fixtureVerdict() stats.Verdict {
	return stats.Verdict{
		Sensor: 3, ID: "S3", Name: "S3 coolant", Labels: []string{"crash"},
		Began: ms(38000), Ended: ms(45000), Over: ms(47600), Batch: 96,
		Seen: true, SeenAfter: ms(2200), SeenCalls: 5, SeenAttempts: 15,
		Attempts: 18, Unsent: 24, Refused: 12, RefusedWell: 4,
		Served: 18, Oldest: ms(9000), Judged: 18, Off: 0.0151, Back: ms(2600),
	}
}

// unseenVerdict is that of a fault that no policy can see, on an endpoint.
func unseenVerdict() stats.Verdict {
	return stats.Verdict{
		Labels: []string{"corrupt", "slow +150 ms", "errors 50 %"}, MoreFaults: 2, Ended: ms(125000),
		Why:      "the values were wrong, and no policy can see that",
		Attempts: 1, Unsent: 3, UnsentAtMost: true, Refused: 1, Served: 1, Oldest: ms(400),
		Wrong: 14, WrongOff: 411.84, Back: ms(90),
		Operator: []string{"you pressed o: forced open 1.2 s in", "you pressed u: reset 3.0 s in"}, MoreActs: 2,
	}
}

func TestVerdictBox(t *testing.T) {
	s3 := fixtureSensors()[3]
	look, ascii := draw.NewLook(draw.Options{}, true), draw.NewLook(draw.Options{ASCII: true}, true)
	for name, box := range map[string]draw.Box{
		"seen":         VerdictBox(fixtureVerdict(), s3, 80, look),
		"seen ascii":   VerdictBox(fixtureVerdict(), s3, 80, ascii),
		"seen 40":      VerdictBox(fixtureVerdict(), s3, 40, look),
		"seen 62":      VerdictBox(fixtureVerdict(), s3, 62, look),
		"unseen":       VerdictBox(unseenVerdict(), s3, 80, look),
		"unseen 40":    VerdictBox(unseenVerdict(), s3, 40, look),
		"unseen ascii": VerdictBox(unseenVerdict(), fixtureSensors()[4], 80, ascii),
	} {
		t.Run(name, func(t *testing.T) { golden.RequireEqual(t, ansi.Strip(box.Text)) })
	}
}

func TestNoLineOfAVerdictBoxIsWiderThanTheScreen(t *testing.T) {
	look := draw.NewLook(draw.Options{}, true)
	for width := range 100 {
		for _, v := range []stats.Verdict{fixtureVerdict(), unseenVerdict(), {}} {
			box := VerdictBox(v, fixtureSensors()[3], width, look).Text
			if box == "" {
				if width >= 24 {
					t.Errorf("no box in %d columns", width)
				}
				continue
			}
			for _, l := range strings.Split(box, "\n") {
				if got := ansi.StringWidth(l); got != min(width, verdictWidth) {
					t.Fatalf("%d columns, a line of %d: %s", width, got, ansi.Strip(l))
				}
			}
		}
	}
}

func TestADistanceIsRoundedUp(t *testing.T) {
	s := fixtureSensors()[3]
	for off, want := range map[float64]string{0: "0.00 bar", 0.02: "0.02 bar", 0.020001: "0.03 bar", 1.1: "1.10 bar"} {
		if got := distance(off, s); got != want {
			t.Errorf("%v is %q, want %q", off, got, want)
		}
	}
}

func TestTheSummaryHoldsTheVerdicts(t *testing.T) {
	f := fixtureFrame(120, 36)
	f.Snap.Verdicts = []stats.Verdict{fixtureVerdict(), unseenVerdict()}
	f.Snap.Verdicts[1].Sensor, f.Snap.Verdicts[1].Name = 4, "S4 exhaust"
	look := draw.NewLook(draw.Options{}, true)
	for name, width := range map[string]int{"100": 100, "60": 60} {
		t.Run(name, func(t *testing.T) { golden.RequireEqual(t, ansi.Strip(Summary(f.Snap, f.Now, width, nil, look))) })
	}
}
