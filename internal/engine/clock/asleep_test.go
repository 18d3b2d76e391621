package clock

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// mayWait are the places where a test waits on the system's clock, or where this
// test cannot see that it does not, by directory or file, each with its reason.
func mayWait() map[string]string {
	return map[string]string{
		"benchmarks/performance":              "what is measured runs in real time: keys come at a pace, and memory settles",
		"benchmarks/conformance":              "the scenarios stand in a table, whose rows are played in a bubble each",
		"internal/engine/determinism_test.go": "the paces stand in a table, and are played in a bubble each",
		"cmd/resiltui/faults_test.go":         "a process that is stopped must be left so for a while, to show that it does not race after it; and keys have a rate",
	}
}

// A test that waits on the system's clock is slow where it waits long, and fails
// now and then where it does not.
func TestBugH4NoTestSleepsOnTheWallClock(t *testing.T) {
	found := sleepers(t, "../../..")
	reasons := mayWait()
	used := map[string]bool{}
	for _, s := range found {
		allowed := false
		for place := range reasons {
			if s.file == place || strings.HasPrefix(s.file, place+"/") {
				allowed, used[place] = true, true
			}
		}
		if !allowed {
			t.Errorf("%s:%d: %s outside a synctest bubble", s.file, s.line, s.what)
		}
	}
	for place := range reasons {
		if !used[place] {
			t.Errorf("nothing in %s waits any more", place)
		}
	}
}

func TestWhatSleepsIsFoundAndWhatIsInABubbleIsNot(t *testing.T) {
	var got []string
	for _, s := range sleepers(t, "testdata/asleep") {
		got = append(got, fmt.Sprint(s.line, " ", s.what))
	}
	want := []string{"12 time.Sleep", "14 <-time.After", "21 <-timer.C", "44 time.Sleep", "55 time.Sleep"}
	if !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
}

// sleeper is a place where a test waits.
type sleeper struct {
	file string // slash-separated, from the root
	line int
	what string
}

// sleepers finds the waits in all tests below a directory that are in no bubble of
// testing/synctest. A function counts as inside where all that names it is, and
// where it calls synctest.Wait, which panics outside.
func sleepers(t *testing.T, root string) (found []sleeper) {
	t.Helper()
	packages := map[string][]*ast.File{}
	set := token.NewFileSet()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != root && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata"):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		packages[filepath.Dir(path)] = append(packages[filepath.Dir(path)], file)
		return err
	})
	if err != nil || len(packages) == 0 {
		t.Fatal(len(packages), err)
	}
	for _, files := range packages {
		for _, w := range newWalk(files).sleeps() {
			p := set.Position(w.pos)
			name, err := filepath.Rel(root, p.Filename)
			if err != nil {
				t.Fatal(err)
			}
			found = append(found, sleeper{filepath.ToSlash(name), p.Line, w.what})
		}
	}
	slices.SortFunc(found, func(a, b sleeper) int {
		return strings.Compare(fmt.Sprintf("%s %6d", a.file, a.line), fmt.Sprintf("%s %6d", b.file, b.line))
	})
	return found
}

// walk is the tests of one package.
type walk struct {
	functions map[string][]*ast.FuncDecl // by name; methods of several types may share one
	makers    map[string]bool            // those that run a function of their caller's in a bubble
	inside    map[string]bool            // those that are only called in one
}

func newWalk(files []*ast.File) *walk {
	w := &walk{functions: map[string][]*ast.FuncDecl{}, makers: map[string]bool{}, inside: map[string]bool{}}
	for _, file := range files {
		for _, decl := range file.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Body != nil {
				w.functions[fn.Name.Name] = append(w.functions[fn.Name.Name], fn)
			}
		}
	}
	for again := true; again; { // a maker may call another
		again = false
		for name, list := range w.functions {
			if !w.makers[name] && slices.ContainsFunc(list, w.makes) {
				w.makers[name], again = true, true
			}
		}
	}
	w.settle(files)
	return w
}

// makes tells whether a function that takes another makes a bubble.
func (w *walk) makes(fn *ast.FuncDecl) (yes bool) {
	takes := slices.ContainsFunc(fn.Type.Params.List, func(f *ast.Field) bool {
		_, ok := f.Type.(*ast.FuncType)
		return ok
	})
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && w.opens(call) {
			yes = takes
		}
		return true
	})
	return yes
}

// waits tells whether a function itself calls synctest.Wait.
func waits(fn *ast.FuncDecl) (yes bool) {
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok && isOf(sel, "synctest", "Wait") {
			yes = true
		}
		_, isLiteral := n.(*ast.FuncLit)
		return !isLiteral // which may run elsewhere
	})
	return yes
}

// opens tells whether the functions that are passed to a call run in a bubble.
func (w *walk) opens(call *ast.CallExpr) bool {
	switch fn := call.Fun.(type) {
	case *ast.SelectorExpr:
		return isOf(fn, "synctest", "Test") || w.makers[fn.Sel.Name]
	case *ast.Ident:
		return w.makers[fn.Name]
	}
	return false
}

func isOf(sel *ast.SelectorExpr, pkg, name string) bool {
	x, ok := sel.X.(*ast.Ident)
	return ok && x.Name == pkg && sel.Sel.Name == name
}

// settle takes every function for inside that something names, and then those out
// that are named outside, until none is left.
func (w *walk) settle(files []*ast.File) {
	for name := range w.functions {
		w.inside[name] = !strings.HasPrefix(name, "Test") && !strings.HasPrefix(name, "Benchmark") &&
			!strings.HasPrefix(name, "Fuzz") && !strings.HasPrefix(name, "Example")
	}
	for again := true; again; {
		again = false
		for _, file := range files {
			w.outside(file, func(n ast.Node) {
				if id, ok := n.(*ast.Ident); ok && w.inside[id.Name] {
					w.inside[id.Name], again = false, true
				}
			})
		}
	}
}

// outside visits what is not in a bubble.
func (w *walk) outside(root ast.Node, visit func(ast.Node)) {
	ast.Inspect(root, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if n.Body != nil && !w.inside[n.Name.Name] && !waits(n) {
				w.outside(n.Body, visit)
			}
			return false // its own name is no call
		case *ast.CallExpr:
			if !w.opens(n) {
				break
			}
			w.outside(n.Fun, visit)
			for _, arg := range n.Args {
				switch arg.(type) {
				case *ast.FuncLit, *ast.Ident: // what it runs
				default:
					w.outside(arg, visit)
				}
			}
			return false
		}
		if n != nil {
			visit(n)
		}
		return true
	})
}

type wait struct {
	pos  token.Pos
	what string
}

// sleeps are the waits outside: time.Sleep, and a timer's channel that is received
// from with no alternative.
func (w *walk) sleeps() (found []wait) {
	guards := map[ast.Node]bool{} // the cases of a select give up waiting, they do not wait
	visit := func(n ast.Node) {
		switch n := n.(type) {
		case *ast.SelectStmt:
			markGuards(n, guards)
		case *ast.SelectorExpr:
			if isOf(n, "time", "Sleep") {
				found = append(found, wait{n.Pos(), "time.Sleep"})
			}
		case *ast.UnaryExpr:
			if what := timer(n.X); n.Op == token.ARROW && what != "" && !guards[n] {
				found = append(found, wait{n.Pos(), "<-" + what})
			}
		}
	}
	for _, list := range w.functions {
		for _, fn := range list {
			w.outside(fn, visit)
		}
	}
	return found
}

// timer names an expression that is the channel of a timer or ticker, else nothing.
func timer(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.CallExpr:
		if sel, ok := e.Fun.(*ast.SelectorExpr); ok && (isOf(sel, "time", "After") || isOf(sel, "time", "Tick")) {
			return "time." + sel.Sel.Name
		}
	case *ast.SelectorExpr:
		if x, ok := e.X.(*ast.Ident); ok && e.Sel.Name == "C" {
			return x.Name + ".C"
		}
	}
	return ""
}

// markGuards marks the receptions that are cases of a select with others.
func markGuards(s *ast.SelectStmt, guards map[ast.Node]bool) {
	if len(s.Body.List) < 2 {
		return
	}
	for _, clause := range s.Body.List {
		switch comm := clause.(*ast.CommClause).Comm.(type) {
		case *ast.ExprStmt:
			guards[comm.X] = true
		case *ast.AssignStmt:
			guards[comm.Rhs[0]] = true
		}
	}
}
