package render

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// TableNames are the names of all tables, in order.
func TableNames(docs []Document) []string {
	var names []string
	for i := range docs {
		for j := range docs[i].Sections {
			for k := range docs[i].Sections[j].Tables {
				names = append(names, docs[i].Sections[j].Tables[k].Name)
			}
		}
	}
	return names
}

// WriteCSVFiles writes every table as a file into a directory. It creates the
// directory where there is none, but not its parents: that would hide a
// misspelt path. Each file is written completely or not at all.
func WriteCSVFiles(dir string, docs []Document) error {
	files, err := CSVFiles(docs)
	if err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("cannot write to the directory %s: %w", dir, err)
	}
	for _, f := range files {
		write := func(w io.Writer) error {
			_, err := w.Write(f.Content)
			return err
		}
		if err := WriteFile(filepath.Join(dir, f.Name), write); err != nil {
			return err
		}
	}
	return nil
}
