package render

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func says(s string) func(io.Writer) error {
	return func(w io.Writer) error { _, err := io.WriteString(w, s); return err }
}

// holds fails unless the directory has exactly these files, name to content.
func holds(t *testing.T, dir string, want map[string]string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if _, ok := want[e.Name()]; !ok {
			t.Errorf("%s was left behind", e.Name())
		}
	}
	for name, content := range want {
		if got, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(got) != content {
			t.Errorf("%s holds %q (%v), want %q", name, got, err, content)
		}
	}
}

func TestWriteFileWritesANewFileAndReplacesAnOldOne(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "report.txt")
	for _, content := range []string{"one", strings.Repeat("two", 10000), ""} {
		if err := WriteFile(path, says(content)); err != nil {
			t.Fatal(err)
		}
		holds(t, dir, map[string]string{"report.txt": content})
	}
}

func TestWriteFileLeavesThePermissionsToTheUmask(t *testing.T) {
	dir := t.TempDir()
	usual := filepath.Join(dir, "usual")
	if err := os.WriteFile(usual, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "report.txt")
	if err := WriteFile(path, says("x")); err != nil {
		t.Fatal(err)
	}
	want, _ := os.Stat(usual)
	got, _ := os.Stat(path)
	if got.Mode() != want.Mode() {
		t.Errorf("mode %v, want %v", got.Mode(), want.Mode())
	}
}

func TestWriteFileKeepsThePermissionsOfTheFileThatIsThere(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("permissions are others here")
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "report.txt")
	for _, mode := range []fs.FileMode{0o600, 0o640, 0o666, 0o755} {
		if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, mode); err != nil { // the umask has no say in it
			t.Fatal(err)
		}
		err := WriteFile(path, func(w io.Writer) error {
			entries, err := os.ReadDir(dir)
			if err != nil {
				return err
			}
			for _, e := range entries {
				if info, err := e.Info(); err != nil || info.Mode().Perm() != mode {
					t.Errorf("while it is written %s has the mode %v (%v), not %v", e.Name(), info.Mode(), err, mode)
				}
			}
			return says("new")(w)
		})
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := os.Stat(path); got.Mode().Perm() != mode {
			t.Errorf("mode %v, want %v", got.Mode(), mode)
		}
	}
}

func TestWriteFileFollowsALinkToNothingYet(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links need a privilege")
	}
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "results"), 0o700); err != nil {
		t.Fatal(err)
	}
	links := map[string]string{
		"relative": "results/relative.txt", "absolute": filepath.Join(dir, "results", "absolute.txt"),
		"twice": "once", "once": "results/twice.txt",
	}
	for name, target := range links {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"relative", "absolute", "twice"} {
		if err := WriteFile(filepath.Join(dir, name), says(name)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if got, err := os.Readlink(filepath.Join(dir, name)); err != nil || got != links[name] {
			t.Errorf("%s leads to %q now, %v", name, got, err)
		}
	}
	holds(t, filepath.Join(dir, "results"), map[string]string{"relative.txt": "relative", "absolute.txt": "absolute", "twice.txt": "twice"})
	if err := os.Symlink("loop", filepath.Join(dir, "loop")); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(filepath.Join(dir, "loop"), says("x")); err == nil || !strings.Contains(err.Error(), "too many links") {
		t.Errorf("a link to itself: %v", err)
	}
}

func TestWriteFileThatFailsLeavesTheOldFile(t *testing.T) {
	broken := errors.New("no more ink")
	for name, write := range map[string]func(io.Writer) error{
		"at once": func(io.Writer) error { return broken },
		"in the middle": func(w io.Writer) error {
			_, err := io.WriteString(w, strings.Repeat("half a file ", 10000))
			return errors.Join(err, broken)
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "report.txt")
			if err := WriteFile(path, write); !errors.Is(err, broken) || !strings.Contains(err.Error(), path) {
				t.Errorf("got %v", err)
			}
			holds(t, dir, nil)
			if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := WriteFile(path, write); !errors.Is(err, broken) {
				t.Errorf("got %v", err)
			}
			holds(t, dir, map[string]string{"report.txt": "old"})
		})
	}
}

func TestWriteFileCleansUpAfterAPanic(t *testing.T) {
	dir := t.TempDir()
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		_ = WriteFile(filepath.Join(dir, "x"), func(io.Writer) error { panic("broken renderer") })
	}()
	holds(t, dir, nil)
}

func TestWriteFileNamesTheDirectoryItCannotWriteInto(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, parent := range []string{filepath.Join(dir, "missing"), file} {
		err := WriteFile(filepath.Join(parent, "report.txt"), says("x"))
		if err == nil || !strings.HasPrefix(err.Error(), "cannot write into the directory "+parent+": ") || strings.Contains(err.Error(), ".tmp") {
			t.Errorf("got %v", err)
		}
	}
	holds(t, dir, map[string]string{"file": "x"})
}

func TestWriteFileIntoADirectoryWithoutPermission(t *testing.T) {
	if os.Geteuid() == 0 || runtime.GOOS == "windows" {
		t.Skip("this user may write everywhere")
	}
	dir := filepath.Join(t.TempDir(), "locked")
	if err := os.Mkdir(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(filepath.Join(dir, "x"), says("x")); !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), dir) {
		t.Errorf("got %v", err)
	}
}

func TestWriteFileOntoADirectory(t *testing.T) {
	dir := t.TempDir()
	if err := WriteFile(dir, says("x")); err == nil || !strings.Contains(err.Error(), "it is a directory") {
		t.Errorf("got %v", err)
	}
	// It becomes one while the file is written.
	path := filepath.Join(dir, "late")
	err := WriteFile(path, func(io.Writer) error { return os.Mkdir(path, 0o700) })
	if err == nil || strings.Contains(err.Error(), ".tmp") {
		t.Errorf("got %v", err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	holds(t, dir, nil)
}

func TestWriteFileStepsAsideForALeftoverOfACrash(t *testing.T) {
	dir := t.TempDir()
	leftover := fmt.Sprintf(".resiltui-%d-0.tmp", os.Getpid())
	if err := os.WriteFile(filepath.Join(dir, leftover), []byte("other"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(filepath.Join(dir, "x"), says("new")); err != nil {
		t.Fatal(err)
	}
	holds(t, dir, map[string]string{leftover: "other", "x": "new"})
}

func TestWriteFileFollowsALinkAndKeepsDevices(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links need a privilege, and there is no /dev/null")
	}
	dir := t.TempDir()
	target, link := filepath.Join(dir, "target"), filepath.Join(dir, "link")
	if err := os.WriteFile(target, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(target, link); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(link, says("new")); err != nil {
		t.Fatal(err)
	}
	if info, _ := os.Lstat(link); info.Mode()&fs.ModeSymlink == 0 {
		t.Error("the link was replaced")
	}
	holds(t, dir, map[string]string{"target": "new", "link": "new"})

	// A link to the device, so that a failing test can replace only the link.
	null := filepath.Join(t.TempDir(), "null")
	if err := os.Symlink(os.DevNull, null); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(null, says("gone")); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	if err := WriteFile(null, func(io.Writer) error { return broken }); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	if info, err := os.Stat(null); err != nil || info.Mode().IsRegular() {
		t.Errorf("the device became %v, %v", info, err)
	}
}

func TestWriteFileSaysThatADeviceIsFull(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("no /dev/full")
	}
	full := filepath.Join(t.TempDir(), "full")
	if err := os.Symlink("/dev/full", full); err != nil {
		t.Fatal(err)
	}
	for _, size := range []int{1, 100000} { // fails at the end, fails in the middle
		err := WriteFile(full, says(strings.Repeat("x", size)))
		if want := "cannot write " + full + ": no space left on device"; err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

func TestWriteFileKeepsTheErrorOfAnotherFile(t *testing.T) {
	other := &fs.PathError{Op: "open", Path: "other.txt", Err: fs.ErrNotExist}
	err := WriteFile(filepath.Join(t.TempDir(), "x"), func(io.Writer) error { return other })
	if err == nil || !strings.Contains(err.Error(), "other.txt") {
		t.Errorf("got %v", err)
	}
}
