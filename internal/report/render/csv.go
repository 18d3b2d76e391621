package render

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"resiltui/internal/words"
)

// File is a file to write.
type File struct {
	// Name is without a directory.
	Name    string
	Content []byte
}

// WriteCSV writes the table of this name in the format of RFC 4180, but with
// "\n" as line end: the keys of the columns, then the raw cells of every row.
// The error for an unknown name lists the names; other errors are the writer's.
func WriteCSV(w io.Writer, doc Document, name string) error {
	var names []string
	for i := range doc.Sections {
		for j := range doc.Sections[i].Tables {
			t := &doc.Sections[i].Tables[j]
			if t.Name == name {
				return t.writeCSV(w)
			}
			names = append(names, t.Name)
		}
	}
	if len(names) == 0 {
		return fmt.Errorf("the report %s has no tables", doc.Name)
	}
	return fmt.Errorf("the report %s has no table %q; its tables are: %s",
		doc.Name, words.Clean(name, 40), strings.Join(names, ", "))
}

func (t *Table) writeCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	records := make([][]string, 0, len(t.Rows)+1)
	keys := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		keys[i] = c.Key
	}
	records = append(records, keys)
	for _, row := range t.Rows {
		record := make([]string, len(t.Columns))
		for i := range min(len(row), len(record)) {
			record[i] = row[i].Raw
		}
		records = append(records, record)
	}
	return out.WriteAll(records)
}

// CSVFiles is every table as a file, named after its document and its table
// ("retry-functions.csv"), in the order of the documents. It is an error when
// two files would have the same name, ignoring case, or when a name is not
// possible for a file.
func CSVFiles(docs []Document) ([]File, error) {
	var files []File
	seen := make(map[string]bool)
	for i := range docs {
		for j := range docs[i].Sections {
			for k := range docs[i].Sections[j].Tables {
				t := &docs[i].Sections[j].Tables[k]
				file := docs[i].Name + "-" + t.Name + ".csv"
				if docs[i].Name == "" || t.Name == "" || strings.ContainsAny(file, `/\:*?"<>|`+"\x00") {
					return nil, fmt.Errorf("%q is no name for a file", file)
				}
				if seen[strings.ToLower(file)] {
					return nil, fmt.Errorf("two tables would be written to %q", file)
				}
				seen[strings.ToLower(file)] = true
				var b bytes.Buffer
				if err := t.writeCSV(&b); err != nil {
					return nil, fmt.Errorf("writing %s: %w", file, err)
				}
				files = append(files, File{file, b.Bytes()})
			}
		}
	}
	return files, nil
}
