package main

import (
	"path"

	"golang.org/x/tools/cover"
)

// coverage is a profile of `go test -coverprofile`, of one package.
type coverage []*cover.Profile

// misses tells whether no test runs the place of m. What is in no block, such as
// the condition of a case, is tried.
func (c coverage) misses(m *mutant) bool {
	for _, file := range c {
		if path.Base(file.FileName) != path.Base(m.file) {
			continue
		}
		for _, b := range file.Blocks {
			after := m.line > b.StartLine || m.line == b.StartLine && m.column >= b.StartCol
			before := m.line < b.EndLine || m.line == b.EndLine && m.column < b.EndCol
			if b.Count == 0 && after && before {
				return true
			}
		}
	}
	return false
}
