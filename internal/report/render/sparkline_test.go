package render

import (
	"math"
	"testing"
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
