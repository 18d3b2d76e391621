package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strings"
)

// mutant is one change of one file.
type mutant struct {
	file       string // slash-separated, from the root of the module
	function   string
	line       int // counted from 1, as is the column
	column     int
	start, end int // the bytes that it replaces
	text       string
	before     string // the unchanged line, trimmed
	after      string // the line with the change; empty where a statement is removed
	id         int    // selects it in the woven program; below 1 where it is not woven in
	outcome    outcome
}

// outcome is the result of trying a mutant.
type outcome uint8

const (
	killed     outcome = iota // a test failed
	survived                  // no test failed
	timedOut                  // the tests did not end in time; this counts as noticed
	notCovered                // no test runs the code, so the mutant was not tried
	notViable                 // it does not compile
)

func (o outcome) String() string {
	return [...]string{"killed", "survived", "timed out", "not covered", "no program"}[o]
}

// key identifies the change without its line number, which would change too
// often.
func (m *mutant) key() string { return m.file + ": " + m.change() }

func (m *mutant) change() string {
	after := m.after
	if after == "" {
		after = "(removed)"
	}
	return fmt.Sprintf("%s: %s => %s", m.function, m.before, after)
}

// finder collects the mutants of one file.
type finder struct {
	file     string
	src      []byte
	set      *token.FileSet
	function string
	seen     map[string]bool // mutants that are listed already, by place and text
	list     []mutant
}

// findMutants lists the mutants of a file, in the order of the source.
func findMutants(root, dir, name string) ([]mutant, error) {
	src, err := os.ReadFile(filepath.Join(root, dir, name))
	if err != nil {
		return nil, err
	}
	f := &finder{file: path.Join(filepath.ToSlash(dir), name), src: src, set: token.NewFileSet(), seen: map[string]bool{}}
	file, err := parser.ParseFile(f.set, name, src, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	for _, decl := range file.Decls {
		f.function = "package"
		if fn, ok := decl.(*ast.FuncDecl); ok {
			f.function = functionName(fn)
			f.results(fn.Type, fn.Body)
		}
		ast.Inspect(decl, f.visit)
	}
	sort.SliceStable(f.list, func(i, j int) bool { return f.list[i].start < f.list[j].start })
	return f.list, nil
}

func functionName(fn *ast.FuncDecl) string {
	if fn.Recv == nil {
		return fn.Name.Name
	}
	t := fn.Recv.List[0].Type
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	if index, ok := t.(*ast.IndexExpr); ok {
		t = index.X
	}
	return fmt.Sprintf("%s.%s", t, fn.Name.Name)
}

// replace lists the mutant that replaces the source between two positions.
func (f *finder) replace(from, to token.Pos, text string) {
	start, end := f.set.Position(from).Offset, f.set.Position(to).Offset
	if f.seen[place(start, end, text)] {
		return
	}
	f.seen[place(start, end, text)] = true
	head := string(f.src[strings.LastIndexByte(string(f.src[:start]), '\n')+1 : start])
	old, tail := string(f.src[start:end]), string(f.src[end:])
	tail, _, _ = strings.Cut(tail, "\n")
	m := mutant{
		file: f.file, function: f.function, line: f.set.Position(from).Line, column: f.set.Position(from).Column,
		start: start, end: end, text: text,
		before: oneLine(head + old + tail),
	}
	if text != "" {
		m.after = oneLine(head + text + tail)
	}
	f.list = append(f.list, m)
}

// oneLine shortens source for the page: its first line, without a comment at the
// end.
func oneLine(src string) string {
	line, _, more := strings.Cut(strings.TrimSpace(src), "\n")
	line, _, _ = strings.Cut(line, " // ")
	line = strings.TrimSpace(line)
	if more {
		line += " …"
	}
	return line
}
