package words

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Wrap breaks a text between words into lines of at most width cells; a word that is
// wider is broken where it must. It breaks at no hyphen, because numbers and flags have
// them (-1, --seed), and at no no-break space. Spaces stay as they are within a line,
// and line breaks are spaces. most limits the number of lines, 0 is no limit; the last
// one then has all that is left, to be clipped where it is drawn. The empty text has no
// lines.
func Wrap(text string, width, most int) (lines []string) {
	width = max(width, 1)
	text = strings.Trim(strings.ReplaceAll(text, "\n", " "), " ")
	for text != "" {
		at := lineEnd(text, width)
		if len(lines) == most-1 {
			at = len(text)
		}
		lines = append(lines, text[:at])
		text = strings.TrimLeft(text[at:], " ")
	}
	return lines
}

// lineEnd is the end of the last word that fits, or of the part of the first word that
// fits. The text begins with a word.
func lineEnd(text string, width int) (at int) {
	used := 0
	for at < len(text) {
		word := len(text[at:]) - len(strings.TrimLeft(text[at:], " "))
		for word < len(text)-at && text[at+word] != ' ' {
			word++
		}
		if used += Width(text[at : at+word]); used > width {
			break
		}
		at += word
	}
	if at > 0 {
		return at
	}
	used = 0
	for at < len(text) {
		cluster, w := ansi.FirstGraphemeCluster(text[at:], ansi.GraphemeWidth)
		if used += w; used > width && at > 0 {
			break
		}
		at += len(cluster)
	}
	return at
}
