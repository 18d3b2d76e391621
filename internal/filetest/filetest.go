// Package filetest compares files of the repository that are generated from the code,
// such as docs/keys.md, with what the code generates now.
//
// It knows nothing of what is in them. Only tests import it.
package filetest

import (
	"flag"
	"os"
	"testing"

	_ "github.com/charmbracelet/x/exp/golden" // for its flag -update, which cannot be defined twice
	"github.com/google/go-cmp/cmp"
)

// Updating reports whether the test runs with -update, which writes its files
// again.
func Updating() bool { return flag.Lookup("update").Value.String() == "true" }

// Current fails the test where the file is not the text, and says how it differs. With
// -update it writes the file. The path is relative to the folder of the test.
func Current(t testing.TB, file, text string) {
	t.Helper()
	if Updating() {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	was, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(was), text); diff != "" {
		t.Errorf("%s is not current; go test . -run '^%s$' -update in the folder of this test writes it again:\n%s", file, t.Name(), diff)
	}
}
