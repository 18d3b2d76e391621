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

// Building a program for each mutant takes longer than running its tests. So most
// mutants are woven into one program, in which an environment variable selects the
// active one:
//
//	if a < b {      if (mutant == 7 && (a <= b) || mutant != 7 && (a < b)) {
//	i++             if mutant != 8 { i++ }
//
// Each operand is still evaluated at most once, and nothing is allocated. A mutant
// that depends on the types of its operands, as in arithmetic, is built on its
// own.

// chooser is the variable that selects the mutant, and chooserEnv the environment
// variable that sets it.
const (
	chooser    = "chosenMutant"
	chooserEnv = "CHOSEN_MUTANT"
)

const chooserFile = `package %s

import (
	"os"
	"strconv"
)

var ` + chooser + `, _ = strconv.Atoi(os.Getenv("` + chooserEnv + `"))
`

// weaver weaves mutants into one file.
type weaver struct {
	src     []byte
	set     *token.FileSet
	mutants map[string]*mutant // by place and text
}

func place(start, end int, text string) string { return fmt.Sprint(start, " ", end, " ", text) }

// weave writes the woven files of a package and the overlay file for them. It sets
// the id of every mutant that is woven in, from 1.
func (t *trial) weave(names []string, all []mutant) (overlay string, err error) {
	replace := map[string]string{}
	next := 1
	for i, name := range names {
		original := filepath.Join(t.root, t.dir, name)
		w := &weaver{set: token.NewFileSet(), mutants: map[string]*mutant{}}
		if w.src, err = os.ReadFile(original); err != nil {
			return "", err
		}
		for j := range all {
			if m := &all[j]; path.Base(m.file) == name {
				m.id = -next // not woven in yet
				next++
				w.mutants[place(m.start, m.end, m.text)] = m
			}
		}
		file, err := parser.ParseFile(w.set, name, w.src, parser.SkipObjectResolution)
		if err != nil {
			return "", err
		}
		woven := filepath.Join(t.temp, name)
		if err := os.WriteFile(woven, []byte(w.inner(file, 0, len(w.src))), 0o600); err != nil {
			return "", err
		}
		replace[original] = woven
		if i == 0 {
			extra := filepath.Join(t.temp, "chooser.go")
			if err := os.WriteFile(extra, fmt.Appendf(nil, chooserFile, file.Name.Name), 0o600); err != nil {
				return "", err
			}
			replace[filepath.Join(t.root, t.dir, "zz_chooser.go")] = extra
		}
	}
	return t.replaced("woven.json", replace)
}

func (w *weaver) offset(p token.Pos) int { return w.set.Position(p).Offset }

// of finds a mutant by what it replaces, and marks it as woven in.
func (w *weaver) of(from, to token.Pos, text string) (id int, ok bool) {
	m := w.mutants[place(w.offset(from), w.offset(to), text)]
	if m == nil {
		return 0, false
	}
	m.id = max(m.id, -m.id)
	return m.id, true
}

// text is a node with its own mutants and those inside it.
func (w *weaver) text(n ast.Node) string {
	if text, ok := w.own(n); ok {
		return text
	}
	return w.inner(n, w.offset(n.Pos()), w.offset(n.End()))
}

// inner is the source from start to end with the mutants inside n.
func (w *weaver) inner(n ast.Node, start, end int) string {
	type piece struct {
		start, end int
		text       string
	}
	var pieces []piece
	ast.Inspect(n, func(d ast.Node) bool {
		if d == n || d == nil {
			return true
		}
		if decl, ok := d.(*ast.GenDecl); ok && decl.Tok == token.CONST {
			return false // must stay constant
		}
		if text, ok := w.own(d); ok {
			pieces = append(pieces, piece{w.offset(d.Pos()), w.offset(d.End()), text})
			return false
		}
		return true
	})
	sort.Slice(pieces, func(i, j int) bool { return pieces[i].start < pieces[j].start })
	var b strings.Builder
	for _, p := range pieces {
		b.Write(w.src[start:p.start])
		b.WriteString(p.text)
		start = p.end
	}
	b.Write(w.src[start:end])
	return b.String()
}

// own is a node with its own mutants woven in; ok is false where it has none.
func (w *weaver) own(n ast.Node) (text string, ok bool) {
	switch n := n.(type) {
	case *ast.BinaryExpr:
		return w.binary(n)
	case *ast.Ident, *ast.CallExpr, *ast.SelectorExpr, *ast.IndexExpr:
		return w.leaf(n.(ast.Expr))
	case *ast.UnaryExpr:
		if id, ok := w.of(n.OpPos, n.OpPos+1, "!!"); ok && n.Op == token.NOT {
			return fmt.Sprintf("(!%s != (%s == %d))", w.text(n.X), chooser, id), true
		}
	case ast.Stmt:
		return w.statement(n)
	}
	return "", false
}

// binary weaves in mutants of comparisons and logical operators, whose results are
// booleans.
func (w *weaver) binary(n *ast.BinaryExpr) (string, bool) {
	switch n.Op {
	case token.LSS, token.LEQ, token.GTR, token.GEQ, token.EQL, token.NEQ, token.LAND, token.LOR:
	default:
		return "", false
	}
	x, y := w.text(n.X), w.text(n.Y)
	var changed, unchanged string
	for _, other := range swaps(n.Op) {
		if id, ok := w.of(n.OpPos, n.OpPos+token.Pos(len(n.Op.String())), other.String()); ok {
			changed += fmt.Sprintf("%s == %d && (%s %s %s) || ", chooser, id, x, other, y)
			unchanged += fmt.Sprintf("%s != %d && ", chooser, id)
		}
	}
	return fmt.Sprintf("(%s%s(%s %s %s))", changed, unchanged, x, n.Op, y), true
}

// leaf weaves in the negation of a condition, and the swap of true and false.
func (w *weaver) leaf(e ast.Expr) (string, bool) {
	if name, ok := e.(*ast.Ident); ok {
		if id, ok := w.of(e.Pos(), e.End(), "false"); ok && name.Name == "true" {
			return fmt.Sprintf("(%s != %d)", chooser, id), true
		}
		if id, ok := w.of(e.Pos(), e.End(), "true"); ok && name.Name == "false" {
			return fmt.Sprintf("(%s == %d)", chooser, id), true
		}
	}
	if id, ok := w.of(e.Pos(), e.Pos(), "!"); ok {
		// The first operand of e begins at the same place, and must not be negated
		// as well.
		delete(w.mutants, place(w.offset(e.Pos()), w.offset(e.Pos()), "!"))
		return fmt.Sprintf("(%s != (%s == %d))", w.inner(e, w.offset(e.Pos()), w.offset(e.End())), chooser, id), true
	}
	return "", false
}

// statement weaves in the removal of a statement, and the swap of i++ and i--.
func (w *weaver) statement(s ast.Stmt) (string, bool) {
	if !removable(s) {
		return "", false
	}
	id, ok := w.of(s.Pos(), s.End(), "")
	if !ok {
		return "", false // a place where no other statement is allowed
	}
	text := w.inner(s, w.offset(s.Pos()), w.offset(s.End()))
	if n, ok := s.(*ast.IncDecStmt); ok {
		other := swaps(n.Tok)[0]
		if swap, ok := w.of(n.TokPos, n.TokPos+2, other.String()); ok {
			return fmt.Sprintf("if %s == %d { %s%s } else if %s != %d { %s }", chooser, swap, w.text(n.X), other, chooser, id, text), true
		}
	}
	return fmt.Sprintf("if %s != %d { %s }", chooser, id, text), true
}

// removable says whether the compiler still sees that a function ends in a return
// when s is put into an if.
func removable(s ast.Stmt) bool {
	switch s := s.(type) {
	case *ast.ExprStmt:
		if call, ok := s.X.(*ast.CallExpr); ok {
			name, ok := call.Fun.(*ast.Ident)
			return !ok || name.Name != "panic"
		}
	case *ast.BranchStmt:
		return s.Tok != token.FALLTHROUGH
	}
	return true
}
