// Command dist makes the parts of a release that GoReleaser does not make (`make dist`,
// goreleaser.yaml). Before GoReleaser runs, it writes the documents: the shell completions
// and the man page, as the program itself prints them, and in packed/ the files that
// packages contain compressed. Afterwards it writes the Homebrew formula: GoReleaser now
// makes casks only. macOS does not start an unsigned program from a cask, and a cask does
// not find a man page in an archive with a directory at its top.
//
//	go run ./dist -documents ../bin/release -time 1700000000
//	go run ./dist -formula ../dist -version v1.2.3
//
// The same source gives the same bytes: the date of the man page is the date of the source.
package main

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

func main() {
	documents := flag.String("documents", "", "the `directory` that takes the documents; what is in it goes away")
	seconds := flag.Int64("time", 0, "the time of the source, in `seconds` since 1970")
	release := flag.String("formula", "", "the `directory` with what GoReleaser made, which takes the formula")
	version := flag.String("version", "", "the `version` that the formula has")
	url := flag.String("url", os.Getenv("DIST_URL"), "`address` that the archives will be downloaded from; empty is beside the formula")
	flag.Parse()
	var err error
	if *documents != "" {
		err = writeDocuments("..", *documents, time.Unix(*seconds, 0).UTC())
	}
	if *release != "" && err == nil {
		err = writeFormula(*release, *version, *url)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "dist:", err)
		os.Exit(1)
	}
}

// writeDocuments writes all documents into a directory, which is first removed and created
// again.
func writeDocuments(source, out string, at time.Time) error {
	if err := os.RemoveAll(out); err != nil {
		return err
	}
	changelog, err := os.ReadFile(filepath.Join(source, "CHANGELOG.md"))
	if err != nil {
		return err
	}
	files := map[string][]byte{"packed/changelog.gz": gzipped(changelog)}
	for name, args := range map[string][]string{
		"completions/resiltui.bash": {"completion", "bash"},
		"completions/_resiltui":     {"completion", "zsh"},
		"completions/resiltui.fish": {"completion", "fish"},
		"completions/resiltui.ps1":  {"completion", "powershell"},
		"man/resiltui.1":            {"man"},
	} {
		if files[name], err = ask(source, at, args...); err != nil {
			return err
		}
	}
	files["packed/resiltui.1.gz"] = gzipped(files["man/resiltui.1"])
	for name, data := range files {
		name = filepath.Join(out, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(name, data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// heading matches the line of a man page that contains its date.
var heading = regexp.MustCompile(`(?m)^(\.TH .*)"\d{4}-\d{2}-\d{2}"`)

// ask runs the program, built for this machine, and returns its output. It replaces the
// date of a man page by that of the source; with the present date the output would be
// different every day.
func ask(source string, at time.Time, args ...string) ([]byte, error) {
	cmd := exec.Command(goCommand(), append([]string{"run", "-trimpath", "-buildvcs=false", "./cmd/resiltui"}, args...)...)
	cmd.Dir, cmd.Env = source, append(os.Environ(), "GOOS=", "GOARCH=", "CGO_ENABLED=0")
	var errs bytes.Buffer
	cmd.Stderr = &errs
	text, err := cmd.Output()
	if err != nil || len(text) == 0 {
		return nil, fmt.Errorf("resiltui %s: %w: %s", strings.Join(args, " "), err, &errs)
	}
	return filled(heading.ReplaceAll(text, []byte(`${1}"`+at.Format(time.DateOnly)+`"`))), nil
}

func goCommand() string { return cmp.Or(os.Getenv("GO"), "go") }

// filled joins the lines of a paragraph of the man page. The generator writes each line as
// a paragraph of its own; two marks in a row are the end of a real one.
func filled(page []byte) []byte {
	const mark, end = ".PP\n", "\x00"
	text := strings.ReplaceAll(string(page), mark+mark, end)
	return []byte(strings.ReplaceAll(strings.ReplaceAll(text, mark, ""), end, mark))
}

// gzipped compresses data, without a file name and a time in the header. Writing into
// memory cannot fail.
func gzipped(data []byte) []byte {
	var out bytes.Buffer
	w, _ := gzip.NewWriterLevel(&out, gzip.BestCompression)
	_, _ = w.Write(data)
	_ = w.Close()
	return out.Bytes()
}
