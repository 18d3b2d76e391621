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
	file       string // slash-separated, from the root
	function   string
	line       int // from 1
	start, end int // the bytes that it replaces
	text       string
	before     string // the line as it is, trimmed
	after      string // and as it is with the change; empty where a statement is removed
	outcome    outcome
}

// outcome is what became of a mutant.
type outcome uint8

const (
	killed     outcome = iota // a test failed
	survived                  // no test failed
	timedOut                  // the tests did not end in time, which notices it too
	notCovered                // no test runs the place, so none was tried
	notViable                 // it does not compile
)

// key names the change without its line number, which moves too easily.
func (m *mutant) key() string {
	after := m.after
	if after == "" {
		after = "(removed)"
	}
	return fmt.Sprintf("%s: %s: %s => %s", m.file, m.function, m.before, after)
}

// finder walks through one file and collects its mutants.
type finder struct {
	file     string
	src      []byte
	set      *token.FileSet
	function string
	seen     map[string]bool // what is listed already, by place and text
	list     []mutant
}

// findMutants lists what can be changed in a file of the directory, in the order
// of the source.
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

// replace lists the change of what is between two positions.
func (f *finder) replace(from, to token.Pos, text string) {
	start, end := f.set.Position(from).Offset, f.set.Position(to).Offset
	place := fmt.Sprint(start, " ", end, " ", text)
	if f.seen[place] {
		return
	}
	f.seen[place] = true
	first := strings.LastIndexByte(string(f.src[:start]), '\n') + 1
	last := len(f.src)
	if i := strings.IndexByte(string(f.src[end:]), '\n'); i >= 0 {
		last = end + i
	}
	m := mutant{
		file: f.file, function: f.function, line: f.set.Position(from).Line,
		start: start, end: end, text: text,
		before: oneLine(f.src[first:last]),
	}
	if text != "" {
		m.after = oneLine(f.src[first:start]) + spaced(f.src, start, text) + oneLineTail(f.src[end:last])
	}
	f.list = append(f.list, m)
}

// spaced is the text, with the blank before it that oneLine took away.
func spaced(src []byte, start int, text string) string {
	if start > 0 && src[start-1] == ' ' {
		return " " + text
	}
	return text
}

// oneLine cuts what the page shows to one line without the comment at its end.
func oneLine(src []byte) string {
	line, _, more := strings.Cut(strings.TrimSpace(string(src)), "\n")
	if i := strings.Index(line, " // "); i >= 0 {
		line = strings.TrimSpace(line[:i])
	}
	if more {
		line += " …"
	}
	return line
}

func oneLineTail(src []byte) string {
	tail := string(src)
	if strings.HasPrefix(tail, " ") {
		return " " + oneLine(src)
	}
	return oneLine(src)
}
