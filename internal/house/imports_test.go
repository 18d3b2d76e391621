package house

import (
	"encoding/json"
	"errors"
	"go/parser"
	"go/token"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// theRules say what each package may import. The tree of packages at the top of
// docs/architecture.md says what each of them is for.
func theRules() rules {
	const (
		words    = "internal/words"
		guard    = "internal/guard"
		setting  = "internal/setting"
		sentence = "internal/sentence"
		sensors  = "internal/sensors/..."
		dial     = "internal/sensors/dial"
		engine   = "internal/engine"
		clock    = "internal/engine/clock"
		event    = "internal/engine/event"
		policy   = "internal/engine/policy"
		retry    = "internal/engine/retry"
		breaker  = "internal/engine/breaker"
		timeout  = "internal/engine/timeout"
		fallback = "internal/engine/fallback"
		health   = "internal/engine/health"
		stats    = "internal/stats/..."
		scenario = "internal/scenario"
		export   = "internal/export"
		seeds    = "internal/seeds"
		draw     = "internal/views/draw"
		views    = "internal/views"
		page     = "internal/views/page"
		pages    = "internal/views/page/*/..."
		summary  = "internal/views/summary"

		// What tests of screens are made of.
		viewstest = "internal/views/viewstest"
		pagetest  = "internal/views/page/pagetest"
		dialog    = "internal/model/dialog"
		dialogs   = "internal/model/dialog/*/..."
		parts     = "internal/model/*/..."
	)
	below := []string{words, sentence, sensors, breaker, event, fallback, health, policy, retry, stats}
	screen := slices.Concat(below, []string{draw, views})
	rooms := slices.Concat(screen, []string{engine, clock, export, scenario, dialog})
	return rules{
		rows: []row{
			// What knows nothing.
			{room: words},
			{room: setting},
			{room: retry},
			{room: breaker},
			{room: timeout},
			{room: fallback},
			{room: health},
			{room: clock},
			{room: "internal/house"},
			{room: "internal/schematest"},
			{room: "internal/filetest"},

			// What fails, and what is done about it.
			// Kinds of sensors and faults do not know each other; their list is above them.
			{room: "internal/sensors", may: []string{words, setting}},
			{room: "internal/sensors/*/...", may: []string{"internal/sensors", words, setting, dial}},
			{room: dial, may: []string{"internal/sensors", words, setting}},
			{room: "internal/sensors/promql", may: []string{"internal/sensors", "internal/sensors/http", words, setting, dial}}, // it is HTTP
			{room: "internal/sensors/exec", may: []string{"internal/sensors", words, setting, dial, guard}},
			{room: "internal/sensors/kinds", may: []string{sensors}},
			{room: "internal/sensors/sensorstest"},
			{room: "internal/apart", may: []string{"internal/sensors"}},
			{room: guard},
			{room: policy, may: []string{words, setting, breaker, fallback, retry}},
			{room: event, may: []string{words, sensors, breaker, fallback, health, policy}},
			{room: "internal/engine/event/eventtest", may: []string{sensors, breaker, event}},
			{room: engine, may: []string{words, sensors, breaker, clock, event, fallback, health, policy, retry, timeout}},

			// What is made of the events.
			{room: sentence, may: []string{words, sensors, breaker, event, fallback, health, policy}},
			{room: "internal/stats/ring"},
			{room: "internal/stats/verdict", may: []string{words, sentence, sensors, breaker, event, health}},
			{room: "internal/stats/counterfactual", may: []string{event, fallback, "internal/stats/ring"}},
			{room: "internal/stats", may: []string{
				words, sentence, sensors, breaker, event, fallback, health, policy, retry,
				"internal/stats/ring", "internal/stats/verdict", "internal/stats/counterfactual",
			}},
			{room: "internal/stats/history", may: []string{sentence, event, "internal/stats"}},
			{room: "internal/notify/...", may: []string{guard, words, sentence, sensors, event, health, stats}},
			{room: "internal/soak", may: []string{words, breaker, event, fallback, stats}},

			// What a run is made of, and what comes out of it.
			{room: "internal/config", may: []string{words, sensors}},
			{room: scenario, may: []string{words, setting, sensors, engine, breaker, clock, event, fallback, health, policy, retry}},
			{room: export, may: []string{words, sentence, sensors, breaker, fallback, policy, retry}},
			{room: seeds, may: []string{engine, event, stats}},
			{room: "internal/report/render", may: []string{words}},
			{room: "internal/report/...", may: slices.Concat(below, []string{engine, scenario, seeds})},

			// What is drawn. Pages do not know each other; their list is above them.
			{room: draw, may: []string{words}},
			{room: views, may: slices.Concat(below, []string{draw})},
			{room: viewstest, may: slices.Concat(below, []string{draw})},
			{room: pagetest, may: slices.Concat(screen, []string{viewstest})},
			{room: pages, may: screen},
			{room: page, may: slices.Concat(screen, []string{pages})},
			{room: summary, may: screen},

			// What keys do. Dialogs and the other parts do not know each other, nor the
			// model that puts them together.
			{room: dialog, may: screen},
			{room: dialogs, may: rooms},
			{room: "internal/model/dialog/dialogtest", may: rooms},
			{room: parts, may: rooms},
			{room: "internal/model", may: slices.Concat(rooms, []string{page, pages, summary, dialogs, parts})},

			// The program.
			{room: "internal/terminal/...", may: slices.Concat(below, []string{clock, guard})},
			{room: "cmd/...", may: []string{"cmd/...", "internal/..."}},
		},
		doors: []door{
			{room: "internal/views/...", by: []string{"internal/views/...", "internal/model/...", "cmd/..."}},
			{room: "internal/model/...", by: []string{"internal/model/...", "cmd/..."}},
			{room: "internal/model", by: []string{"cmd/..."}},
			{room: "internal/apart", by: []string{"cmd/..."}},
			{room: "internal/house", by: nil},
			{room: "internal/filetest", by: nil},
			{room: "internal/soak", by: nil},
			{room: "internal/schematest", by: nil},
			{room: "internal/engine/event/eventtest", by: nil},
			{room: "internal/sensors/sensorstest", by: nil},
			{room: "internal/sensors/kinds", by: []string{"cmd/..."}},
			{room: "internal/sensors/http", by: []string{"internal/sensors/kinds", "internal/sensors/promql"}},
			{room: "internal/sensors/tcp", by: []string{"internal/sensors/kinds"}},
			{room: "internal/sensors/tls", by: []string{"internal/sensors/kinds"}},
			{room: "internal/sensors/dns", by: []string{"internal/sensors/kinds"}},
			{room: "internal/sensors/promql", by: []string{"internal/sensors/kinds"}},
			{room: "internal/sensors/exec", by: []string{"internal/sensors/kinds"}},
			{room: viewstest, by: []string{pagetest}},
			{room: pagetest, by: nil},
			{room: "internal/model/dialog/dialogtest", by: nil},
			{room: "cmd/...", by: []string{"cmd/..."}},
		},
	}
}

func TestEveryPackageImportsOnlyWhatItMay(t *testing.T) {
	for _, wrong := range theRules().check(ofTheProgram(t)) {
		t.Error(wrong)
	}
}

// ofTheProgram asks go which packages there are, and reads in their files what they
// import: so the files for other systems are read too.
func ofTheProgram(t *testing.T) imports {
	t.Helper()
	goTool, err := exec.LookPath("go")
	if err != nil {
		t.Skip("there is no go on the PATH")
	}
	files(t, ".go") // so that `go test` knows what this test depends on
	list := exec.CommandContext(t.Context(), goTool, "list", "-json=ImportPath,Dir,Module,GoFiles,CgoFiles,IgnoredGoFiles", "./...")
	list.Dir = top
	out, err := list.Output()
	if err != nil {
		if failed := (*exec.ExitError)(nil); errors.As(err, &failed) {
			t.Fatalf("go list: %v: %s", err, failed.Stderr)
		}
		t.Fatal(err)
	}
	program := imports{}
	for from := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p struct {
			ImportPath, Dir                   string
			Module                            struct{ Path string }
			GoFiles, CgoFiles, IgnoredGoFiles []string
		}
		if err := from.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		var found []string
		for _, name := range slices.Concat(p.GoFiles, p.CgoFiles, p.IgnoredGoFiles) {
			if !strings.HasSuffix(name, "_test.go") {
				found = append(found, importsOf(t, filepath.Join(p.Dir, name), p.Module.Path+"/")...)
			}
		}
		slices.Sort(found)
		program[strings.TrimPrefix(p.ImportPath, p.Module.Path+"/")] = slices.Compact(found)
	}
	if len(program["cmd/resiltui"]) == 0 {
		t.Fatalf("go list tells nothing of what cmd/resiltui imports: %v", program)
	}
	return program
}

// importsOf is what a file imports of the module, as paths below it.
func importsOf(t *testing.T, file, module string) (found []string) {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	for _, spec := range parsed.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		if below, ok := strings.CutPrefix(path, module); ok {
			found = append(found, below)
		}
	}
	return found
}

func TestEachRuleIsBrokenBySomebody(t *testing.T) {
	for _, c := range []struct {
		path, imports string
		want          string // the beginning of what is said after both names
	}{
		{"internal/words", "internal/sensors", "the row of internal/words"},
		{"internal/sensors", "internal/engine/clock", "the row of internal/sensors"},
		{"internal/sensors", "internal/sensors/fault", "the row of internal/sensors"},
		{"internal/sensors/http", "internal/engine/retry", "the row of internal/sensors/*/..."},
		{"internal/sensors/fault", "internal/sensors/simulated", "the row of internal/sensors/*/..."},
		{"internal/engine/retry", "internal/words", "the row of internal/engine/retry"},
		{"internal/engine/breaker", "internal/engine/retry", "the row of internal/engine/breaker"},
		{"internal/engine/timeout", "internal/sensors", "the row of internal/engine/timeout"},
		{"internal/engine/fallback", "internal/engine/clock", "the row of internal/engine/fallback"},
		{"internal/engine/policy", "internal/sensors/fault", "the row of internal/engine/policy"},
		{"internal/engine/event", "internal/engine", "the row of internal/engine/event"},
		{"internal/engine", "internal/stats", "the row of internal/engine"},
		{"internal/sentence", "internal/stats", "the row of internal/sentence"},
		{"internal/stats/ring", "internal/words", "the row of internal/stats/ring"},
		{"internal/stats", "internal/stats/history", "the row of internal/stats"},
		{"internal/stats/history", "internal/report", "the row of internal/stats/history"},
		{"internal/stats/verdict", "internal/stats", "the row of internal/stats/verdict"},
		{"internal/report/render", "internal/sensors", "the row of internal/report/render"},
		{"internal/report/runs", "internal/config", "the row of internal/report/..."},
		{"internal/views/draw", "internal/engine/breaker", "the row of internal/views/draw"},
		{"internal/views", "internal/views/page/compare", "the row of internal/views"},
		{"internal/views", "internal/scenario", "the row of internal/views"},
		{"internal/views/page/compare", "internal/views/page/detail", "the row of internal/views/page/*/..."},
		{"internal/views/page/compare", "internal/views/page/detail/parts", "the row of internal/views/page/*/..."},
		{"internal/views/page/compare", "internal/views/page", "the row of internal/views/page/*/..."},
		{"internal/model/dialog", "internal/model/dialog/tune", "the row of internal/model/dialog"},
		{"internal/model/dialog/tune", "internal/model/dialog/faults", "the row of internal/model/dialog/*/..."},
		{"internal/model/tour", "internal/model/eventlist", "the row of internal/model/*/..."},
	} {
		want := []string{c.path + " imports " + c.imports + "; " + c.want + " does not allow it"}
		if diff := cmp.Diff(want, theRules().check(imports{c.path: {c.imports}})); diff != "" {
			t.Error(diff)
		}
	}
}

func TestADoorIsShutWhateverTheRowSays(t *testing.T) {
	anything := rules{rows: []row{{room: "internal/...", may: []string{"cmd/..."}}, {room: "cmd/...", may: []string{"internal/..."}}}, doors: theRules().doors}
	for _, c := range []struct {
		path, imports string
		shut          int
	}{
		{"internal/report", "internal/views/draw", 1},
		{"internal/views/page/compare", "internal/model/dialog", 1},
		{"internal/notify", "internal/model", 2},
		{"internal/model/dialog/tune", "internal/model", 1},
		{"internal/engine", "internal/soak", 1},
		{"internal/scenario", "internal/sensors/http", 1},
		{"internal/engine", "internal/sensors/kinds", 1},
		{"internal/model", "internal/views/viewstest", 1},
		{"internal/engine", "cmd/resiltui", 1},
		{"internal/model/tour", "internal/views", 0},
		{"internal/views/page", "internal/views/draw", 0},
		{"cmd/resiltui", "internal/model", 0},
		{"internal/model", "internal/model/dialog/tune", 0},
	} {
		if wrong := anything.check(imports{c.path: {c.imports}}); len(wrong) != c.shut {
			t.Errorf("%s imports %s: %d doors are shut, want %d: %q", c.path, c.imports, len(wrong), c.shut, wrong)
		}
	}
}

func TestWhatTheRulesAllowIsAllowed(t *testing.T) {
	for path, imported := range (imports{
		"internal/sensors/kinds":              {"internal/sensors", "internal/sensors/http"},
		"internal/stats":                      {"internal/stats/verdict", "internal/stats/ring", "internal/sentence"},
		"internal/stats/history":              {"internal/stats", "internal/sentence"},
		"internal/report":                     {"internal/report/render", "internal/scenario"},
		"internal/views/page/detail":          {"internal/views", "internal/views/draw", "internal/views/page/detail/parts"},
		"internal/views/page":                 {"internal/views/page/detail", "internal/views/page/compare"},
		"internal/model/dialog/tune/question": {"internal/model/dialog/tune", "internal/model/dialog", "internal/views"},
		"internal/model":                      {"internal/model/tour", "internal/model/dialog/tune", "internal/views/page"},
		"cmd/resiltui":                        {"internal/terminal", "internal/model", "internal/report"},
	}) {
		for _, wrong := range theRules().check(imports{path: imported}) {
			t.Error(wrong)
		}
	}
}

func TestAPackageWithoutARowIsNamed(t *testing.T) {
	wrong := theRules().check(imports{"internal/attic": nil, "internal/engineering": nil, "internal/views/cellar": nil})
	if len(wrong) != 3 || !strings.HasPrefix(wrong[0], "internal/attic: no row says what it may import; add one to theRules") {
		t.Errorf("%q", wrong)
	}
}
