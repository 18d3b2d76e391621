package sensors

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"resiltui/internal/words"
)

// SettingsFile reads a file that a setting names; "~/" at the beginning of its path is the
// home directory. It must be a regular file of up to most bytes, because it is read
// again for every sensor. An error names the file, and nothing in it.
func SettingsFile(path string, most int64) ([]byte, error) {
	path = expandHome(path)
	shown := words.Clean(path, MaxErrorCells)
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("file %q cannot be read: %w", shown, errors.Unwrap(err))
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%q is no ordinary file", shown)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("file %q cannot be read: %w", shown, errors.Unwrap(err))
	}
	defer func() { _ = f.Close() }() // it was only read
	text, err := io.ReadAll(io.LimitReader(f, most+1))
	if err != nil {
		return nil, fmt.Errorf("file %q cannot be read", shown)
	}
	if int64(len(text)) > most {
		return nil, fmt.Errorf("file %q is longer than %s", shown, words.Size(most))
	}
	return text, nil
}

// expandHome replaces a leading "~" of a path by the home directory.
func expandHome(path string) string {
	rest, ok := strings.CutPrefix(path, "~/")
	if home, err := os.UserHomeDir(); ok && err == nil {
		return filepath.Join(home, rest)
	}
	return path
}
