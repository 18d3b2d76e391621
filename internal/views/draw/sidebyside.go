package draw

import (
	"strings"

	"resiltui/internal/words"
)

// Beside joins boxes that stand side by side into lines of a width. The
// rectangles say where; they touch, and are equally high.
func Beside(rects []Rect, boxes [][]string, width int) []string {
	last := rects[len(rects)-1]
	lines := make([]string, 0, rects[0].H)
	var b strings.Builder
	for y := range rects[0].H {
		b.Reset()
		for i := range boxes {
			b.WriteString(boxes[i][y])
		}
		b.WriteString(words.Spaces(width - last.X - last.W))
		lines = append(lines, b.String())
	}
	return lines
}
