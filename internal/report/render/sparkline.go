package render

import (
	"math"
	"strings"
)

// Sparkline draws one column per value, from ▁ (0) to █ (top). NaN gives a gap;
// a value outside of 0 to top is drawn as the nearer end. Where top is not more
// than 0, the largest value takes its place.
func Sparkline(values []float64, top float64) string {
	blocks := [...]rune{'▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'}
	if !(top > 0) {
		top = 0
		for _, v := range values {
			if v > top {
				top = v
			}
		}
	}
	var b strings.Builder
	for _, v := range values {
		switch {
		case math.IsNaN(v):
			b.WriteByte(' ')
		case v >= top && top > 0:
			b.WriteRune(blocks[len(blocks)-1])
		case v > 0:
			b.WriteRune(blocks[min(int(v/top*float64(len(blocks))), len(blocks)-1)])
		default:
			b.WriteRune(blocks[0])
		}
	}
	return b.String()
}
