package main

import (
	"fmt"
	"os"
	"path"
	"strings"
)

// coverage are the blocks of a profile that no test runs.
type coverage []block

// block is a part of a file, by lines and columns, both from 1.
type block struct {
	file               string // its name without the directory
	fromLine, fromCol  int
	toLine, toCol      int
	statements, passes int
}

// readCoverage reads a profile of `go test -coverprofile`, of one package.
func readCoverage(name string) (coverage, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var missed coverage
	for _, line := range strings.Split(strings.TrimSpace(string(data)), "\n")[1:] {
		file, rest, _ := strings.Cut(line, ":")
		b := block{file: path.Base(file)}
		if _, err := fmt.Sscanf(rest, "%d.%d,%d.%d %d %d", &b.fromLine, &b.fromCol, &b.toLine, &b.toCol, &b.statements, &b.passes); err != nil {
			return nil, fmt.Errorf("%q: %w", line, err)
		}
		if b.passes == 0 {
			missed = append(missed, b)
		}
	}
	return missed, nil
}

// misses tells whether no test runs the place of m. What is in no block, such as
// the condition of a case, is tried.
func (c coverage) misses(m *mutant) bool {
	for _, b := range c {
		after := m.line > b.fromLine || m.line == b.fromLine && m.column >= b.fromCol
		before := m.line < b.toLine || m.line == b.toLine && m.column < b.toCol
		if b.file == path.Base(m.file) && after && before {
			return true
		}
	}
	return false
}
