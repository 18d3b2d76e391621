package words

import (
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
)

func TestSharesKeepTheirPoints(t *testing.T) {
	for share, want := range map[float64]string{0: "0.0 %", 0.00001: "0.1 %", 0.99999: "99.9 %", 1: "100.0 %", 0.5: "50.0 %"} {
		if got := ShareFixed(share, true); got != want {
			t.Errorf("%g: %q, want %q", share, got, want)
		}
	}
	if got := ShareFixed(0, false); got != "n/a  " {
		t.Errorf("%q", got)
	}
	for n, want := range map[uint64]string{0: "0", 999999: "999999", 1000000: "1000k", 123456789: "123M", 1<<64 - 1: "99999T"} {
		if got := Count(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

func TestTimesAreRoundedTheWayTheyAreRead(t *testing.T) {
	for _, c := range []struct{ name, got, want string }{
		{"clock rounds down", Clock(47999 * time.Millisecond), "00:47.9"},
		{"clock", Clock(59*time.Minute + 59*time.Second), "59:59.0"},
		{"clock with hours", Clock(time.Hour + 2*time.Minute + 3450*time.Millisecond), "1:02:03.4"},
		{"clock before the start", Clock(-1), "00:00.0"},
		{"age rounds down", Age(399 * time.Millisecond), "0.3 s"},
		{"age of minutes", Age(100 * time.Second), "1m40s"},
		{"age of hours", Age(25 * time.Hour), "25h00m"},
		{"age from the future", Age(-time.Second), "0.0 s"},
		{"time left rounds up", Left(1), "0.1 s"},
		{"time left", Left(1900 * time.Millisecond), "1.9 s"},
		{"no time left", Left(-time.Second), "0.0 s"},
		{"span", Span(15 * time.Second), "15 s"},
		{"span with a digit", Span(21500 * time.Millisecond), "21.5 s"},
		{"span of minutes", Span(150 * time.Second), "2.5 min"},
		{"span of hours", Span(3 * time.Hour), "3 h"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.name, c.got, c.want)
		}
	}
}

func TestAPercentageIsFullOnlyWhenAllAre(t *testing.T) {
	for _, c := range []struct {
		part, of uint64
		want     int
		ok       bool
	}{{0, 0, 0, false}, {0, 9, 0, true}, {1, 1000, 1, true}, {999, 1000, 99, true}, {9, 9, 100, true}, {84, 95, 88, true}} {
		if got, ok := Percent(c.part, c.of); got != c.want || ok != c.ok {
			t.Errorf("%d of %d: %d, %v; want %d, %v", c.part, c.of, got, ok, c.want, c.ok)
		}
	}
}

func TestEveryCharacterThatIsTakenForNarrowIs(t *testing.T) {
	for r := range rune(0x30000) {
		if OneCell(r) && (ansi.StringWidth(string(r)) != 1 || ansi.StringWidth("a"+string(r)+"b") != 3) {
			t.Errorf("%U %c takes %d cells", r, r, ansi.StringWidth(string(r)))
		}
	}
}

func TestWhatIsNarrowTakesOneCellARune(t *testing.T) {
	for text, want := range map[string]string{
		"0.25":     "0.25",
		"⼣a":       "?a",
		"a\u0301b": "a?b",
		// Two runes and two cells, and yet neither of them is one cell wide.
		"⼣\u0301": "??",
	} {
		if got := Narrow(text); got != want {
			t.Errorf("%q becomes %q, not %q", text, got, want)
		}
	}
}

func TestATextThatIsCutInItsMiddleKeepsItsEnd(t *testing.T) {
	for _, c := range []struct {
		text  string
		limit int
		want  string
	}{
		{"127.0.0.1:9303", 14, "127.0.0.1:9303"},
		{"127.0.0.1:9303", 12, "127.0.…:9303"},
		{"127.0.0.1:9303", 10, "127.…:9303"},
		{"127.0.0.1:9303", 6, "…:9303"},
		{"127.0.0.1:9303", 4, "…303"},
		{"127.0.0.1:9303", 1, "1"},
		{"127.0.0.1:9303", 0, ""},
		{"127.0.0.1:9303", -1, ""},
	} {
		if got := ClipMiddle(c.text, c.limit, "…"); got != c.want {
			t.Errorf("%d cells of %s: %q, want %q", c.limit, c.text, got, c.want)
		}
	}
	for limit := range 12 {
		if got := ClipMiddle("日本語日本語日本語", limit, "…"); Width(got) > limit {
			t.Errorf("%q does not fit %d cells", got, limit)
		}
	}
}
