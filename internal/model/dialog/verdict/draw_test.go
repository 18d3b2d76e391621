package verdict

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"resiltui/internal/stats/verdict"
	"resiltui/internal/views/draw"
	"resiltui/internal/views/viewstest"
)

func TestVerdictBox(t *testing.T) {
	s3 := viewstest.Sensors()[3]
	look, ascii := draw.NewLook(draw.Options{}, true), draw.NewLook(draw.Options{ASCII: true}, true)
	for name, box := range map[string]draw.Box{
		"seen":         boxOf(viewstest.Verdict(), s3, 80, look),
		"seen ascii":   boxOf(viewstest.Verdict(), s3, 80, ascii),
		"seen 40":      boxOf(viewstest.Verdict(), s3, 40, look),
		"seen 62":      boxOf(viewstest.Verdict(), s3, 62, look),
		"unseen":       boxOf(viewstest.UnseenVerdict(), s3, 80, look),
		"unseen 40":    boxOf(viewstest.UnseenVerdict(), s3, 40, look),
		"unseen ascii": boxOf(viewstest.UnseenVerdict(), viewstest.Sensors()[4], 80, ascii),
	} {
		t.Run(name, func(t *testing.T) { golden.RequireEqual(t, ansi.Strip(box.String())) })
	}
}

func TestNoLineOfAVerdictBoxIsWiderThanTheScreen(t *testing.T) {
	look := draw.NewLook(draw.Options{}, true)
	for width := range 100 {
		for _, v := range []verdict.Verdict{viewstest.Verdict(), viewstest.UnseenVerdict(), {}} {
			box := boxOf(v, viewstest.Sensors()[3], width, look).String()
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
