package words

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Clean makes a text that came from outside fit to be shown in a terminal: it
// takes out escape sequences, control characters (C0 and C1) and characters
// that are invisible (bidirectional overrides, zero width, fillers, private
// use), turns every run of blanks into one, and clips to limit cells, with "…"
// where something was clipped. The result is valid UTF-8, and cleaning it again
// changes nothing. A limit of 0 or less gives the empty string.
func Clean(s string, limit int) string {
	if limit <= 0 {
		return ""
	}
	if len(s) <= limit && isPlain(s) {
		return s
	}
	// Marks and conjoining letters take no cell of their own: thousands of them
	// still fit into one. So bytes and characters have limits too.
	s, cut := clipBytes(s, 64*limit+1024)
	s = strings.ToValidUTF8(ansi.Strip(s), "\uFFFD")

	w := cleanWriter{room: 8*limit - 1} // and one for "…"
	for _, r := range s {
		if !w.write(r) {
			cut = true
			break
		}
	}
	return clipCells(w.String(), limit, cut)
}

// isPlain reports whether a text is printable ASCII with blanks only singly
// between words. Most texts are, and then there is nothing to clean.
func isPlain(s string) bool {
	blank := true
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c > '~' || c == ' ' && blank {
			return false
		}
		blank = c == ' '
	}
	return !blank || s == ""
}

// cleanWriter collects the characters of a text that may be shown.
type cleanWriter struct {
	strings.Builder
	room  int  // how many more characters are allowed
	marks int  // how many marks the last character has
	blank bool // a blank is due before the next character
}

// write adds a character, or leaves it out, and reports whether there was room.
func (w *cleanWriter) write(r rune) bool {
	switch {
	case unicode.IsSpace(r):
		w.blank = w.Len() > 0
		return true
	case unseen(r):
		return true
	case unicode.Is(unicode.M, r):
		// More than three marks on one character only make the line unreadable,
		// and a mark on a blank would be drawn on the character before it.
		if w.marks++; w.marks > 3 || w.blank || w.Len() == 0 {
			return true
		}
	default:
		w.marks = 0
	}
	if w.blank {
		w.blank = false
		w.room--
		if w.room > 0 {
			w.WriteByte(' ')
		}
	}
	if w.room--; w.room < 0 {
		return false
	}
	w.WriteRune(r)
	return true
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

// clipCells cuts s to limit cells, including the "…" that marks the cut.
func clipCells(s string, limit int, cut bool) string {
	if cut {
		s += "…"
	}
	return ansi.Truncate(s, limit, "…")
}
