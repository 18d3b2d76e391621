package render

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// wrapWords breaks a text between words into lines of at most width cells; a
// word that is wider is broken where it must. Runs of spaces become one. It
// breaks at no hyphen, because numbers and flags have them (-1, --seed), and at
// no no-break space. The empty text has no lines.
func wrapWords(s string, width int) []string {
	var lines []string
	line, used := "", 0
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\n' }) {
		w := ansi.StringWidth(word)
		if used > 0 && used+1+w <= width {
			line, used = line+" "+word, used+1+w
			continue
		}
		if used > 0 {
			lines = append(lines, line)
		}
		for w > max(width, 1) {
			head, rest := cutCells(word, width)
			lines = append(lines, head)
			word, w = rest, ansi.StringWidth(rest)
		}
		line, used = word, w
	}
	if used > 0 {
		lines = append(lines, line)
	}
	return lines
}

// cutCells cuts a text after at most n cells, but never before the first
// character, so that cutting again and again comes to an end.
func cutCells(s string, n int) (head, rest string) {
	at, used := 0, 0
	for at < len(s) {
		cluster, w := ansi.FirstGraphemeCluster(s[at:], ansi.GraphemeWidth)
		if used+w > n && at > 0 {
			break
		}
		at += len(cluster)
		used += w
	}
	return s[:at], s[at:]
}

// clipCells cuts a text to n cells and marks the cut.
func clipCells(s string, n int, mark string) string {
	if ansi.StringWidth(s) <= n {
		return s
	}
	return ansi.Truncate(s, n, mark)
}

// padCells fills up with spaces to n cells.
func padCells(s string, n int) string {
	return s + strings.Repeat(" ", max(n-ansi.StringWidth(s), 0))
}
