package report

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

// Part is a share of a bar.
type Part struct {
	// Share is the fraction of the whole, from 0 to 1. NaN and negative ones
	// count as 0.
	Share float64
	Tone  Tone
	// Glyph fills the part; it is one cell wide. Empty means a space.
	Glyph string
}

// Bar draws parts one after the other in exactly width cells. What the shares
// lack to 1 stays blank; shares that add up to more are scaled down. Cells are
// handed out by the largest remainder, the earlier part first where two are
// equal. A share above 0 has at least one cell where there are cells enough, so
// that what happened is seen. Parts without a cell are left out.
func Bar(width int, parts []Part) []Piece {
	if width <= 0 {
		return nil
	}
	cells := barCells(width, parts)
	var out []Piece
	for i, n := range cells {
		piece := Piece{Text: strings.Repeat(" ", n)}
		if i < len(parts) && parts[i].Glyph != "" {
			piece = Piece{Text: strings.Repeat(parts[i].Glyph, n), Tone: parts[i].Tone}
		}
		if n > 0 {
			out = append(out, piece)
		}
	}
	return out
}

// barCells are the cells of every part, and last those that stay blank.
func barCells(width int, parts []Part) []int {
	shares := make([]float64, len(parts)+1)
	sum := 0.0
	for i, p := range parts {
		if p.Share > 0 {
			shares[i] = min(p.Share, math.MaxFloat32)
		}
		sum += shares[i]
	}
	whole := max(sum, 1)
	shares[len(parts)] = whole - sum

	cells := make([]int, len(shares))
	rests := make([]float64, len(shares))
	left := width
	for i, s := range shares {
		quota := s / whole * float64(width)
		cells[i] = int(quota)
		rests[i] = quota - float64(cells[i])
		left -= cells[i]
	}
	for ; left > 0; left-- {
		i := largest(rests)
		cells[i]++
		rests[i]--
	}
	for i := range parts {
		if from := largest(cells); shares[i] > 0 && cells[i] == 0 && cells[from] > 1 {
			cells[i]++
			cells[from]--
		}
	}
	return cells
}

// largest is the index of the first largest element.
func largest[N int | float64](in []N) int {
	at := 0
	for i, v := range in {
		if v > in[at] {
			at = i
		}
	}
	return at
}
