package config

import "bytes"

// How deep a file may go before a parser sees it: brackets that open, in all, since
// comments and quotes can hide those that close, and lists that begin in one line.
// No value is a list at all; what a parser makes of many grows with their square.
const (
	maxBrackets = 1000
	maxLists    = 16
)

// tooDeep is the place, from 1, of what goes too deep; ok is false where nothing
// does.
func tooDeep(text []byte) (line, column int, ok bool) {
	brackets, number := 0, 0
	for row := range bytes.Lines(text) {
		number++
		lists, leading := 0, true
		for i, c := range row {
			switch {
			case c == '[' || c == '{':
				brackets++
				leading = false
			case leading && (c == '-' || c == '?') && i+1 < len(row) && bytes.IndexByte([]byte(" \t"), row[i+1]) >= 0:
				lists++
			case c != ' ' && c != '\t':
				leading = false
			}
			if brackets > maxBrackets || lists > maxLists {
				return number, i + 1, true
			}
		}
	}
	return 0, 0, false
}

// deep says what is wrong with a file that goes too deep.
func (p *reader) deep(line, column int) error {
	return &Mistake{
		Path: p.path, Line: line, Column: column,
		Text: "lists within lists go too deep; a line is KEY: VALUE, and the keys are " + p.names(),
	}
}
