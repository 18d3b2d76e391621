package house

import (
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// top is where the module begins.
const top = "../.."

// files are the files below top whose names end so, as paths with slashes, in order.
// What was built is left out, and what begins with a point.
func files(t *testing.T, end string) (found []string) {
	t.Helper()
	err := filepath.WalkDir(top, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || path == top {
			return err
		}
		below, err := filepath.Rel(top, path)
		if err != nil {
			return err
		}
		below = filepath.ToSlash(below)
		switch {
		case entry.IsDir() && (strings.HasPrefix(entry.Name(), ".") || below == "bin" || below == "dist"):
			return filepath.SkipDir
		case !entry.IsDir() && strings.HasSuffix(below, end):
			found = append(found, below)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 {
		t.Fatalf("no file ends with %s", end)
	}
	return found
}
