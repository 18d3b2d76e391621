package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

// platform is what a program is built for.
type platform struct{ os, arch string }

// String is how files are named: linux_amd64.
func (p platform) String() string { return p.os + "_" + p.arch }

// program is the name of the program's file.
func (p platform) program() string {
	if p.os == "windows" {
		return "resiltui.exe"
	}
	return "resiltui"
}

// platforms are those that are handed out.
func platforms() []platform {
	return []platform{
		{"linux", "amd64"},
		{"linux", "arm64"},
		{"darwin", "amd64"},
		{"darwin", "arm64"},
		{"windows", "amd64"},
		{"windows", "arm64"},
	}
}

// maxProgram is how large a program may be.
const maxProgram = 20 << 20

// build builds the program for a platform: without C, without paths of this
// machine, without symbols, and with no version but ours.
func (r *release) build(p platform) ([]byte, error) {
	dir, err := os.MkdirTemp("", "resiltui-dist-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	name := filepath.Join(dir, p.program())
	cmd := r.goTool("build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w -buildid= -X main.version="+r.version,
		"-o", name, "./cmd/resiltui")
	cmd.Env = append(cmd.Env, "GOOS="+p.os, "GOARCH="+p.arch)
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("building for %s: %w\n%s", p, err, out)
	}
	program, err := os.ReadFile(name)
	if err == nil && len(program) > maxProgram {
		err = fmt.Errorf("the program for %s has %d bytes, more than %d", p, len(program), maxProgram)
	}
	return program, err
}

// goTool is a call of go on the product's module. What the user's environment
// says about the kind of processor would change the bytes.
func (r *release) goTool(args ...string) *exec.Cmd {
	tool := os.Getenv("GO")
	if tool == "" {
		tool = "go"
	}
	cmd := exec.Command(tool, args...)
	cmd.Dir = r.source
	for _, e := range os.Environ() {
		switch name, _, _ := strings.Cut(e, "="); name {
		case "GOFLAGS", "GOAMD64", "GOARM64", "GOEXPERIMENT", "GOOS", "GOARCH":
		default:
			cmd.Env = append(cmd.Env, e)
		}
	}
	cmd.Env = append(cmd.Env, "CGO_ENABLED=0")
	return cmd
}

// file is a file of an archive: its path with slashes, and its contents.
type file struct {
	path string
	mode int64
	data []byte
}

// documents are the files that go with every program.
func (r *release) documents() ([]file, error) {
	var docs []file
	for _, name := range []string{"LICENSE", "README.md", "CHANGELOG.md"} {
		data, err := os.ReadFile(filepath.Join(r.source, name))
		if err != nil {
			return nil, err
		}
		docs = append(docs, file{name, 0o644, data})
	}
	// The texts that the README leads to; their pictures would weigh more than
	// the program.
	for _, pattern := range []string{"docs/*.md", "docs/*.json", "docs/screens/*.md"} {
		names, err := filepath.Glob(filepath.Join(r.source, filepath.FromSlash(pattern)))
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				return nil, err
			}
			docs = append(docs, file{path.Join(path.Dir(pattern), filepath.Base(name)), 0o644, data})
		}
	}
	for _, d := range []struct {
		path string
		args []string
	}{
		{"completions/resiltui.bash", []string{"completion", "bash"}},
		{"completions/_resiltui", []string{"completion", "zsh"}},
		{"completions/resiltui.fish", []string{"completion", "fish"}},
		{"completions/resiltui.ps1", []string{"completion", "powershell"}},
		{"man/resiltui.1", []string{"man"}},
	} {
		text, err := r.ask(d.args...)
		if err != nil {
			return nil, err
		}
		docs = append(docs, file{d.path, 0o644, text})
	}
	return docs, nil
}

// heading is the line of a man page that holds its date.
var heading = regexp.MustCompile(`(?m)^(\.TH .*)"\d{4}-\d{2}-\d{2}"`)

// ask has the program itself, built for this machine, write something. The man
// page's date is that of the source, since that of its making would be another
// one tomorrow.
func (r *release) ask(args ...string) ([]byte, error) {
	cmd := r.goTool(append([]string{"run", "-trimpath", "-buildvcs=false", "./cmd/resiltui"}, args...)...)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	text, err := cmd.Output()
	if err != nil || len(text) == 0 {
		return nil, fmt.Errorf("resiltui %s: %w: %s", strings.Join(args, " "), err, &errs)
	}
	return filled(heading.ReplaceAll(text, []byte(`${1}"`+r.time.Format("2006-01-02")+`"`))), nil
}

// filled joins the lines of a man page's paragraphs, which come as a paragraph
// each: two marks in a row are the end of one.
func filled(page []byte) []byte {
	const mark, end = ".PP\n", "\x00"
	text := strings.ReplaceAll(string(page), mark+mark, end)
	return []byte(strings.ReplaceAll(strings.ReplaceAll(text, mark, ""), end, mark))
}
