package words

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// FirstFit is the first of the texts that fits into room cells, else the last. It needs
// at least one text.
func FirstFit(room int, texts ...string) string {
	for _, text := range texts {
		if Width(text) <= room {
			return text
		}
	}
	return texts[len(texts)-1]
}

// endCells is how much of its end a text keeps that is cut in its middle: a port's colon and
// its digits.
const endCells = 5

// ClipMiddle cuts s to limit cells in its middle, with a mark there, for texts that may
// differ in their ends only. A limit of 0 or less gives the empty string.
func ClipMiddle(s string, limit int, mark string) string {
	width := Width(s)
	if width <= limit {
		return s
	}
	room := limit - Width(mark)
	if room <= 0 {
		return ansi.Truncate(s, max(limit, 0), "")
	}
	end := min(endCells, room)
	s = ansi.Truncate(s, room-end, "") + mark + ansi.TruncateLeft(s, width-end, "")
	return ansi.Truncate(s, limit, "") // half of a wide character takes all its cells
}

// Width is the width of s on a terminal.
func Width(s string) int {
	n := 0
	for _, r := range s {
		if !OneCell(r) {
			return ansi.StringWidth(s)
		}
		n++
	}
	return n
}

// OneCell is true for characters that certainly take one cell each, whatever is next to
// them: ASCII, Latin, dashes and dots, arrows, boxes, blocks, shapes, Braille. Most
// are.
func OneCell(r rune) bool {
	return r >= ' ' && r < 0x7f || r > 0xa0 && r < 0x250 && r != 0xad || r >= 0x2010 && r < 0x2028 ||
		r >= 0x2190 && r < 0x2194 || r == '≈' || r >= 0x2500 && r < 0x25fd || r >= 0x2800 && r < 0x2900
}

// blank is what spaces are cut from.
const blank = "                                                                                "

// Spaces is n blanks; none for 0 and less.
func Spaces(n int) string {
	if n <= 0 {
		return ""
	}
	if n <= len(blank) {
		return blank[:n]
	}
	return strings.Repeat(" ", n)
}

// Narrow replaces every rune that is not one cell wide. It checks each rune by
// itself, because a wide one and one of no width together take as many cells as two
// of one cell.
func Narrow(s string) string {
	return strings.Map(func(r rune) rune {
		if !OneCell(r) && Width(string(r)) != 1 {
			return '?'
		}
		return r
	}, s)
}
