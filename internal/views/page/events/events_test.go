package events

import (
	"strings"
	"testing"

	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/views/page/pagetest"
)

func TestTheLogSaysWhetherItFollows(t *testing.T) {
	for _, c := range []struct {
		log    views.Log
		frozen bool
		want   string
	}{
		{views.Log{Following: true}, false, "following the newest"},
		{views.Log{Following: true}, true, "up to 00:47.4"},
		{views.Log{Newer: 5}, false, "held, 5 newer: G follows"},
		{views.Log{Newer: -1}, false, "held: G follows"},
		{views.Log{Only: "S3", Following: true}, false, "events of S3"},
		{views.Log{Search: "probe", Following: true}, false, "search probe"},
		{views.Log{Busy: true}, false, "looking"},
	} {
		f := pagetest.OnPage(Page{}, 120, 36)
		f.Log, f.Frozen = c.log, c.frozen
		if rule := pagetest.Lines(f)[2]; !strings.Contains(rule, c.want) {
			t.Errorf("%q is not in %q", c.want, rule)
		}
		if c.log.Lines == nil && !strings.Contains(pagetest.Lines(f)[3], "nothing notable") {
			t.Errorf("an empty log says %q", pagetest.Lines(f)[3])
		}
	}
}

func TestMatchesOfASearchStandOut(t *testing.T) {
	f := pagetest.OnPage(Page{}, 120, 36)
	f.Log.Search = "PROBE"
	out := views.Draw(f, draw.NewLook(draw.Options{Theme: draw.ThemeMono}, true))
	if n := strings.Count(out, "7mprobe"); n != 4 {
		t.Errorf("%d places are inverse, not 4:\n%q", n, out)
	}
	f.Log.Search = "  "
	if out := views.Draw(f, draw.NewLook(draw.Options{Theme: draw.ThemeMono}, true)); strings.Contains(out, "\x1b[7m") {
		t.Error("blanks match")
	}
}
