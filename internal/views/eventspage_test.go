package views

import (
	"strings"
	"testing"

	"resiltui/internal/views/draw"
)

func TestTheLogSaysWhetherItFollows(t *testing.T) {
	for _, c := range []struct {
		log    Log
		frozen bool
		want   string
	}{
		{Log{Following: true}, false, "following the newest"},
		{Log{Following: true}, true, "up to 00:47.4"},
		{Log{Newer: 5}, false, "held, 5 newer: G follows"},
		{Log{Newer: -1}, false, "held: G follows"},
		{Log{Only: "S3", Following: true}, false, "events of S3"},
		{Log{Search: "probe", Following: true}, false, "search probe"},
		{Log{Busy: true}, false, "looking"},
	} {
		f := pageFrame(EventsPage{}, 120, 36)
		f.Log, f.Frozen = c.log, c.frozen
		if rule := screenLines(f)[2]; !strings.Contains(rule, c.want) {
			t.Errorf("%q is not in %q", c.want, rule)
		}
		if c.log.Lines == nil && !strings.Contains(screenLines(f)[3], "nothing notable") {
			t.Errorf("an empty log says %q", screenLines(f)[3])
		}
	}
}

func TestMatchesOfASearchStandOut(t *testing.T) {
	f := pageFrame(EventsPage{}, 120, 36)
	f.Log.Search = "PROBE"
	out := Draw(f, draw.NewLook(draw.Options{Theme: draw.ThemeMono}, true))
	if n := strings.Count(out, "7mprobe"); n != 4 {
		t.Errorf("%d places are inverse, not 4:\n%q", n, out)
	}
	f.Log.Search = "  "
	if out := Draw(f, draw.NewLook(draw.Options{Theme: draw.ThemeMono}, true)); strings.Contains(out, "\x1b[7m") {
		t.Error("blanks match")
	}
}
