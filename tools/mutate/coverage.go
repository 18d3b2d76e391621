package main

import (
	"path"

	"golang.org/x/tools/cover"
)

// coverage is the result of `go test -coverprofile` for one package.
type coverage []*cover.Profile

// misses says whether no test runs the code of m. Code that is in no block of
// the profile, such as the condition of a case, counts as covered.
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
