package render

import (
	"math"
	"strings"
)

// Sparkline draws one column a value, from ▁ (0) to █ (top). A NaN is a gap, a
// value beyond either end is drawn as that end. A top that is not more than 0
// stands for the largest value.
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
