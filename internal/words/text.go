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
