package config

import "bytes"

// How deeply nested a file may be before it is parsed: the number of opening
// brackets in all, since comments and quotes can hide closing ones, and the number
// of lists that begin in one line. No value is a list at all; the work of the
// parser grows with the square of the depth.
const (
	maxBrackets = 1000
	maxLists    = 16
)

// tooDeep returns the place, from 1, where a text is nested too deeply; ok is
// false where it is not.
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

// deep is the error for a file that is nested too deeply.
func (p *reader) deep(line, column int) error {
	return &Mistake{
		Path: p.path, Line: line, Column: column,
		Text: "lists within lists go too deep; a line is KEY: VALUE, and the keys are " + p.names(),
	}
}
