package filetest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// failures is a test that notes that it fails.
type failures struct {
	testing.TB
	said string
}

func (f *failures) Helper()                           {}
func (f *failures) Name() string                      { return "TestThePage" }
func (f *failures) Errorf(format string, args ...any) { f.said += fmt.Sprintf(format, args...) }

func TestAFileThatIsNotCurrentFailsTheTest(t *testing.T) {
	if Updating() {
		t.Skip("every file is current then")
	}
	file := filepath.Join(t.TempDir(), "page.md")
	if err := os.WriteFile(file, []byte("one\ntwo\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var same, other failures
	Current(&same, file, "one\ntwo\n")
	Current(&other, file, "one\nthree\n")
	if same.said != "" {
		t.Errorf("of a file that is current: %s", same.said)
	}
	for _, want := range []string{file, "-run '^TestThePage$' -update", "two", "three"} {
		if !strings.Contains(other.said, want) {
			t.Errorf("%q is not said: %s", want, other.said)
		}
	}
}
