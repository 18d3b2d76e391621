package conformance

import (
	"flag"
	"os"
	"runtime"
	"slices"
	"testing"

	"go.uber.org/goleak"
)

const pageFile = "../../docs/conformance.md"

var update = flag.Bool("update", false, "write docs/conformance.md from this run")

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func catalogue() []row {
	return slices.Concat(slotRows(), probeRows(), eventRows(), countRows(), timeRows())
}

func TestEveryLibraryDoesWhatTheTableSays(t *testing.T) {
	results, libs, pinned := map[string]result{}, libraries(), versions(t)
	for _, r := range catalogue() {
		for _, l := range libs {
			if l.module != "" && pinned[l.module] == "" {
				t.Fatalf("go.mod does not name %s", l.module)
			}
			t.Run(r.id+"/"+l.name, func(t *testing.T) {
				results[r.id+l.name] = r.run(t, l, pinned[l.module])
			})
		}
	}
	if t.Failed() || len(results) < len(catalogue())*len(libs) {
		return // with -run, some were left out
	}
	if runtime.GOARCH != "amd64" {
		t.Skip("the page is printed on amd64")
	}
	want := page(catalogue(), libs, results, pinned)
	if *update {
		if err := os.WriteFile(pageFile, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(pageFile)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("docs/conformance.md is not what this run prints; go test ./conformance -update writes it anew")
	}
}

func TestOursPassesEveryRowThatApplies(t *testing.T) {
	for _, r := range catalogue() {
		if known := r.fails["resiltui"]; known != "" {
			t.Errorf("%s is listed as failing: %s", r.id, known)
		}
	}
}

func TestTheCatalogueIsWellFormed(t *testing.T) {
	ids := map[string]bool{}
	for _, r := range catalogue() {
		if ids[r.id] || r.bug == "" || r.asks == "" {
			t.Errorf("%s: an id twice, or no words", r.id)
		}
		ids[r.id] = true
		for _, l := range libraries() {
			_, skipped := r.skip[l.name]
			if !skipped && r.play == nil && r.own[l.name] == nil {
				t.Errorf("%s: %s has neither a scenario nor a reason for having none", r.id, l.name)
			}
			if skipped && r.fails[l.name] != "" {
				t.Errorf("%s: %s cannot fail what does not apply", r.id, l.name)
			}
		}
	}
}
