package model

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// mostFiles is after how many names that are taken writeNew gives up.
const mostFiles = 1000

// File is a file to be written: its extension and what it holds.
type File struct {
	Ext  string
	Data []byte
}

// writeNew writes files that were not there, all of them or none: base and the
// extension of each in the working directory, or all with the same -2, -3 and so
// on before it. It returns the names.
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

// writeAll writes files of one name. After an error none of them is there.
func writeAll(name string, files []File) (written []string, err error) {
	defer func() {
		if err == nil {
			return
		}
		for _, w := range written {
			_ = os.Remove(w) // the first error is the one to tell
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

// fileName is a scenario's name as a part of a file's: letters, digits and
// hyphens.
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
