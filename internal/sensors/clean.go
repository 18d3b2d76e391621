package sensors

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// How much room texts get on a screen, in cells.
const (
	maxNameCells  = 40
	maxErrorCells = 120
)

// Clean makes a text that came from outside fit to be shown in a terminal: it
// takes out escape sequences, control characters (C0 and C1) and characters
// that are not seen (bidirectional overrides, zero width, fillers, private
// use), turns every run of blanks into one, and clips to limit cells, with "…"
// where something was clipped. The result is valid UTF-8, and clean again
// gives itself. A limit of 0 or less gives the empty string.
func Clean(s string, limit int) string {
	if limit <= 0 {
		return ""
	}
	// Marks that stand on another character take no cell of their own: a
	// thousand of them still fit into one. So bytes have a limit too.
	s, cut := clipBytes(s, 64*limit+1024)
	s = strings.ToValidUTF8(ansi.Strip(s), "\uFFFD")

	var b strings.Builder
	marks, blank := 0, false
	for _, r := range s {
		if unicode.IsSpace(r) {
			blank = b.Len() > 0
			continue
		}
		if unseen(r) {
			continue
		}
		if unicode.In(r, unicode.Mn, unicode.Me) {
			// More than three marks on one character only smear the line, and
			// one on a blank smears what stands before it.
			if marks++; marks > 3 || blank || b.Len() == 0 {
				continue
			}
		} else {
			marks = 0
		}
		if blank {
			b.WriteByte(' ')
			blank = false
		}
		b.WriteRune(r)
	}
	return clipCells(b.String(), limit, cut)
}

// unseen reports whether a character moves the cursor, changes the direction of
// the text, or leaves no mark.
func unseen(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Cs, unicode.Co,
		unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
}

// clipBytes cuts s to n bytes at most, at the start of a character, and reports
// whether it did.
func clipBytes(s string, n int) (string, bool) {
	if len(s) <= n {
		return s, false
	}
	n -= len("…") // leaves room for it
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n], true
}

// clipCells cuts s to limit cells, the "…" included that says so.
func clipCells(s string, limit int, cut bool) string {
	if cut {
		s += "…"
	}
	return ansi.Truncate(s, limit, "…")
}
