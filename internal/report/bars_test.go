package report

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestSparkline(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, c := range []struct {
		values []float64
		top    float64
		want   string
	}{
		{nil, 8, ""},
		{[]float64{0, 1, 2, 3, 4, 5, 6, 7, 8}, 8, "▁▂▃▄▅▆▇██"},
		{[]float64{-1, 9, inf, -inf}, 8, "▁██▁"},
		{[]float64{1, nan, 8}, 8, "▂ █"},
		{[]float64{1, 2, 4}, 0, "▃▅█"},
		{[]float64{1, 2, 4}, nan, "▃▅█"},
		{[]float64{0, nan, 0}, 0, "▁ ▁"},
		{[]float64{math.Nextafter(8, 0)}, 8, "█"},
	} {
		if got := Sparkline(c.values, c.top); got != c.want {
			t.Errorf("Sparkline(%v, %g) = %q, want %q", c.values, c.top, got, c.want)
		}
	}
}

func TestBar(t *testing.T) {
	for _, c := range []struct {
		name  string
		width int
		parts []Part
		want  string
	}{
		{"no width", 0, []Part{{1, Live, "a"}}, ""},
		{"no parts", 3, nil, "0:   "},
		{"whole", 4, []Part{{0.5, Live, "a"}, {0.5, Stale, "b"}}, "1:aa 3:bb"},
		{"the rest is blank", 4, []Part{{0.5, Live, "a"}}, "1:aa 0:  "},
		{"largest remainder", 10, []Part{{0.26, Live, "a"}, {0.37, Stale, "b"}, {0.37, Open, "c"}}, "1:aa 3:bbbb 7:cccc"},
		{"ties go to the earlier", 3, []Part{{0.5, Live, "a"}, {0.5, Stale, "b"}}, "1:aa 3:b"},
		{"more than the whole is scaled", 4, []Part{{3, Live, "a"}, {1, Stale, "b"}}, "1:aaa 3:b"},
		{"what happened is seen", 10, []Part{{0.99, Live, "a"}, {0.01, Missing, "_"}}, "1:aaaaaaaaa 5:_"},
		{"no room to be seen", 1, []Part{{0.9, Live, "a"}, {0.1, Missing, "_"}}, "1:a"},
		{"no share", 3, []Part{{math.NaN(), Live, "a"}, {-1, Stale, "b"}, {1, Open, "c"}}, "7:ccc"},
		{"no glyph", 2, []Part{{1, Live, ""}}, "0:  "},
		{"infinite", 2, []Part{{math.Inf(1), Live, "a"}}, "1:aa"},
	} {
		var got []string
		for _, p := range Bar(c.width, c.parts) {
			got = append(got, fmt.Sprintf("%d:%s", p.Tone, p.Text))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: %q, want %q", c.name, s, c.want)
		}
	}
}

func TestBarsAreExactlyAsWideAsAsked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(1, 200).Draw(t, "width")
		var parts []Part
		for _, s := range rapid.SliceOfN(rapid.Float64Range(-0.5, 1.5), 0, 8).Draw(t, "shares") {
			parts = append(parts, Part{s, Live, "x"})
		}
		n := 0
		for _, p := range Bar(width, parts) {
			n += len(p.Text)
		}
		if n != width {
			t.Fatalf("%d cells, want %d", n, width)
		}
	})
}
