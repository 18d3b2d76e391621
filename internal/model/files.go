package model

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// mostFiles is how many numbered names writeNew tries before it gives up.
const mostFiles = 1000

// File is a file to write: its extension and its content.
type File struct {
	Ext  string
	Data []byte
}

// writeNew writes new files, all or none, into the working directory: base plus
// the extension of each. Where one exists already, all get -2, -3 and so on
// before the extension. It returns the names.
func writeNew(base string, files []File) (written []string, err error) {
	for n := 1; n <= mostFiles; n++ {
		name := base
		if n > 1 {
			name = fmt.Sprintf("%s-%d", base, n)
		}
		written, err = writeAll(name, files)
		if !errors.Is(err, fs.ErrExist) {
			return written, err
		}
	}
	return nil, fmt.Errorf("%s%s and %d more names are taken", base, files[0].Ext, mostFiles-1)
}

// writeAll writes files of one name. After an error none of them is left.
func writeAll(name string, files []File) (written []string, err error) {
	defer func() {
		if err == nil {
			return
		}
		for _, w := range written {
			_ = os.Remove(w) // the first error is returned
		}
		written = nil
	}()
	for _, file := range files {
		f, err := os.OpenFile(name+file.Ext, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if err != nil {
			return written, err
		}
		written = append(written, f.Name())
		_, err = f.Write(file.Data)
		if err := errors.Join(err, f.Close()); err != nil {
			return written, err
		}
	}
	return written, nil
}

// fileName is the name of a scenario as part of a file name: letters, digits and
// hyphens only.
func fileName(scenario string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-':
			return r
		default:
			return '-'
		}
	}, scenario)
	if name == "" {
		return "run"
	}
	return name
}
