package words

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The ASCII forms of everything that is shown, for terminals on which other characters
// have another width than Unicode gives them. It is the only table of them: screens and
// reports look the same.

// ASCII replaces what is not ASCII, one cell for one cell.
func ASCII(s string) string {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return strings.Map(ASCIIRune, s)
		}
	}
	return s
}

// ASCIIText is [ASCII] for a text that may grow: an arrow is two characters there.
// Characters of no width are left out.
func ASCIIText(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteString(asciiWord(r))
	}
	return b.String()
}

// ASCIIRune is the form of a character that takes one cell; a question mark where there
// is none.
func ASCIIRune(r rune) rune {
	switch r {
	case '─', '╌', '–', '—', '−', '‑', '▒':
		return '-'
	case '━', '═', '▓', '▃', '▄', '▅', '▏', '▎', '▍', '▌':
		return '='
	case '█', '▆', '▇', '▋', '▊', '▉', '■', '┃', '┏', '┓', '┗', '┛', '┨', '┠', '┯', '┷':
		return '#'
	case '│':
		return '|'
	case '╭', '╮', '╰', '╯', '┌', '┐', '└', '┘', '├', '┤', '┬', '┴', '┼':
		return '+'
	case '▁', '▂':
		return '_'
	case '░':
		return '%'
	case '□', '…', '·':
		return '.'
	case '●', '•', '○':
		return 'o'
	case '≈':
		return 'i'
	case '×':
		return 'x'
	case '╳':
		return 'X'
	case '╱':
		return '/'
	}
	return asciiLetter(r)
}

// asciiLetter is the form of characters in words rather than in drawings.
func asciiLetter(r rune) rune {
	switch r {
	case '→', '»', '≥':
		return '>'
	case '←', '≤':
		return '<'
	case '↑':
		return '^'
	case '↓':
		return 'v'
	case '°', 'º', '‘', '’':
		return '\''
	case '“', '”':
		return '"'
	case 'µ', 'μ':
		return 'u'
	case '±':
		return '+'
	case '²':
		return '2'
	case '³':
		return '3'
	case '\u00a0':
		return ' '
	}
	if r < utf8.RuneSelf {
		return r
	}
	return '?'
}

// asciiWord is the form of a character in a text, which may be longer than one cell.
func asciiWord(r rune) string {
	switch r {
	case '…':
		return ".."
	case '→':
		return "->"
	case '←':
		return "<-"
	case '≥':
		return ">="
	case '≤':
		return "<="
	case '≠':
		return "!="
	case '±':
		return "+-"
	case '²':
		return "^2"
	case '³':
		return "^3"
	}
	if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
		return ""
	}
	return string(ASCIIRune(r))
}
