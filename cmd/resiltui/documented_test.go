//go:build unix

package main

import (
	"bufio"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// top is the directory of the module.
const top = "../.."

// docCommand is a command that a page of the documentation gives.
type docCommand struct {
	text    string
	comment string // what stands behind it
}

// TestEveryCommandOfTheDocumentationRunsAsItIsGiven runs what somebody would copy from a
// page, in the page's order, in an empty directory, each in a terminal of its own. What
// opens the screen is left with q. A comment "exits with N" states another status than 0,
// and "or --FLAG VALUE" names flags that the command is run with as well.
func TestEveryCommandOfTheDocumentationRunsAsItIsGiven(t *testing.T) {
	server := serveAt(t, "", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`{"queue":{"length":3}}`)) // who asks may have gone
	})
	t.Cleanup(server.Close)
	pages := documentedCommands(t)
	if len(pages["README.md"]) < 20 {
		t.Errorf("only %d commands are found in the README: %v", len(pages["README.md"]), pages["README.md"])
	}
	for page, commands := range pages {
		t.Run(page, func(t *testing.T) {
			t.Parallel()
			reader := newReader(t, server.URL)
			for _, c := range commands {
				reader.follow(t, c)
			}
		})
	}
}

// documentedCommands are the commands of each page, each once, in the page's order. The
// help of the program is a page too. The changelog is not: it tells what was.
func documentedCommands(t *testing.T) map[string][]docCommand {
	pages := map[string][]docCommand{"--help": helpCommands(newRoot(streams{}))}
	for _, name := range documentationPages(t) {
		text, err := os.ReadFile(filepath.Join(top, name))
		if err != nil {
			t.Fatal(err)
		}
		if found := commandsOf(string(text)); len(found) > 0 {
			pages[name] = found
		}
	}
	return pages
}

// documentationPages are the files that tell people how to use the program.
func documentationPages(t *testing.T) []string {
	names := []string{"README.md", "CONTRIBUTING.md"}
	err := filepath.WalkDir(filepath.Join(top, "docs"), func(path string, _ fs.DirEntry, err error) error {
		if name, relErr := filepath.Rel(top, path); strings.HasSuffix(path, ".md") && relErr == nil {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// commandsOf are the commands of a Markdown text: the lines of blocks of sh, the lines
// behind a $ in other blocks, and what stands between backquotes and begins with the
// name of a program.
func commandsOf(text string) (found []docCommand) {
	known := map[string]bool{}
	add := func(line string) {
		command, comment, _ := strings.Cut(line, " # ")
		c := docCommand{strings.TrimSpace(command), strings.TrimSpace(comment)}
		if c.text != "" && !strings.HasPrefix(c.text, "#") && !known[c.text] {
			known[c.text] = true
			found = append(found, c)
		}
	}
	spans := regexp.MustCompile("`((?:resiltui|make|go|bash)(?:\\s[^`]*)?)`")
	block, prose := "", strings.Builder{}
	endProse := func() {
		for _, m := range spans.FindAllStringSubmatch(prose.String(), -1) {
			add(strings.Join(strings.Fields(m[1]), " "))
		}
		prose.Reset()
	}
	for line := range strings.Lines(text) {
		fence, isFence := strings.CutPrefix(strings.TrimSpace(line), "```")
		switch {
		case isFence && block == "":
			endProse()
			block = fence + "."
		case isFence:
			block = ""
		case block == "":
			prose.WriteString(line)
		case block == "sh.":
			add(line)
		case strings.HasPrefix(line, "$ "):
			add(line[2:])
		}
	}
	endProse()
	return found
}

// helpCommands are the examples in the help of a command and of those below it.
func helpCommands(cmd *cobra.Command) []docCommand {
	found := commandsOf("```sh\n" + cmd.Example + "\n```\n")
	for _, c := range cmd.Commands() {
		found = append(found, helpCommands(c)...)
	}
	return found
}

// reader is somebody who types what a page says.
type reader struct {
	dir, bin string
	server   string
}

func newReader(t *testing.T, server string) *reader {
	r := &reader{dir: t.TempDir(), bin: t.TempDir(), server: server}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for name, script := range map[string]string{
		"resiltui":    asProgram + `=resiltui exec "` + self + `" "$@"`,
		"notify-send": "true",
	} {
		if err := os.WriteFile(filepath.Join(r.bin, name), []byte("#!/bin/sh\n"+script+"\n"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

// follow does what a command says, and checks the exit status.
func (r *reader) follow(t *testing.T, c docCommand) {
	switch program, rest, _ := strings.Cut(c.text, " "); program {
	case "make":
		plannedByMake(t, c.text)
	case "go":
		knownToGo(t, c.text, strings.Fields(rest))
	case "bash":
		if _, err := os.Stat(filepath.Join(top, rest)); err != nil {
			t.Errorf("%s: %v", c.text, err)
		}
	default:
		want := exitOK
		if m := regexp.MustCompile(`exits with (\d+)`).FindStringSubmatch(c.comment); m != nil {
			want, _ = strconv.Atoi(m[1]) // they are digits
		}
		r.run(t, c.text, want)
		if or := regexp.MustCompile(`^or (--.*)`).FindStringSubmatch(c.comment); or != nil {
			r.run(t, c.text+" "+or[1], want)
		}
	}
}

// run types a command in a terminal.
func (r *reader) run(t *testing.T, command string, want int) {
	typed := r.onThisMachine(command)
	cmd := exec.Command("sh", "-c", typed)
	cmd.Dir = r.dir
	cmd.Env = append(cleanEnv(), "PATH="+r.bin+":"+os.Getenv("PATH"), "XDG_CONFIG_HOME="+filepath.Join(r.dir, "config"))
	p := commandInTerminal(t, nil, cmd)
	defer p.close()
	screen := regexp.MustCompile(`(?s)\x1b\[\?1049h.*1 Overview`)
	p.await("end or screen", func() bool { return len(p.ended) > 0 || screen.MatchString(p.written()) })
	if len(p.ended) == 0 {
		p.press("q")
	}
	if got := p.status(); got != want {
		p.drained()
		t.Errorf("%s: exit status %d, not %d; it says\n%s", typed, got, want, ansi.Strip(p.written()))
	}
}

// onThisMachine is a command with what stands for something of the reader's own replaced
// by what there is here: an endpoint by one that answers. A run in lines, which nobody
// waits for, does not take its time.
func (r *reader) onThisMachine(command string) string {
	command = regexp.MustCompile(`https?://(your\.service|a\.example|example\.com|localhost:8080|HOST)\b|\bURL\b`).
		ReplaceAllLiteralString(command, r.server)
	if strings.Contains(command, "--plain") {
		command += " --speed 64"
	}
	return command
}

// plannedByMake has make say what it would do.
func plannedByMake(t *testing.T, command string) {
	if _, err := exec.LookPath("make"); err != nil {
		t.Logf("%s: not tried: %v", command, err)
		return
	}
	cmd := exec.Command("sh", "-c", "make -n"+strings.TrimPrefix(command, "make"))
	cmd.Dir = top
	cmd.Env = append(os.Environ(), "MAKEFLAGS=", "MAKELEVEL=")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%s: %v\n%s", command, err, out)
	}
	makefile, err := os.ReadFile(filepath.Join(top, "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(` ([A-Z]+)=`).FindAllStringSubmatch(command, -1) {
		if !strings.Contains(string(makefile), "$("+m[1]) {
			t.Errorf("%s: the Makefile does not use %s", command, m[1])
		}
	}
}

// knownToGo checks that there is what a command of the Go tool names: a package, tests of
// a pattern in it, a tool. To run it would test the tests.
func knownToGo(t *testing.T, command string, args []string) {
	for i, arg := range args {
		var err error
		switch before := args[max(i-1, 0)]; {
		case strings.HasPrefix(arg, "./") && arg != "./...":
			_, err = os.Stat(filepath.Join(top, arg))
		case before == "-run":
			err = hasTest(args, arg)
		case strings.HasPrefix(before, "-modfile="):
			var module []byte
			module, err = os.ReadFile(filepath.Join(top, strings.TrimPrefix(before, "-modfile=")))
			if err == nil && !regexp.MustCompile(`(?m)^(tool)?\s.*/`+regexp.QuoteMeta(arg)+`$`).Match(module) {
				err = fmt.Errorf("there is no tool %s", arg)
			}
		}
		if err != nil {
			t.Errorf("%s: %v", command, err)
		}
	}
}

// hasTest is an error where no test of the package that the arguments name has such a
// name.
func hasTest(args []string, pattern string) error {
	test := regexp.MustCompile(`^func Test\w*` + pattern + `\w*\(`)
	for _, dir := range args {
		if !strings.HasPrefix(dir, "./") {
			continue
		}
		files, err := filepath.Glob(filepath.Join(top, dir, "*_test.go"))
		if err != nil {
			return err
		}
		for _, name := range files {
			if found, err := matchesALine(name, test); found || err != nil {
				return err
			}
		}
	}
	return fmt.Errorf("no test is named *%s*", pattern)
}

func matchesALine(name string, pattern *regexp.Regexp) (bool, error) {
	file, err := os.Open(name)
	if err != nil {
		return false, err
	}
	defer func() { _ = file.Close() }() // it was only read
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		if pattern.Match(lines.Bytes()) {
			return true, nil
		}
	}
	return false, lines.Err()
}

func TestCommandsAreFoundInAPage(t *testing.T) {
	page := "Try `resiltui tour\n--auto`, `make`, or `resiltuix`.\n\n" +
		"```sh\n# a heading\nmake run     # the dashboard\nresiltui --x 2 # exits with 2\n```\n\n" +
		"```text\n$ resiltui report retry\nmake nothing of this\n```\n" +
		"```go\nmake(chan int) // `make nothing of this`\n```\nand `make`, `go test ./x -run Y`\n"
	want := []docCommand{
		{"resiltui tour --auto", ""},
		{"make", ""},
		{"make run", "the dashboard"},
		{"resiltui --x 2", "exits with 2"},
		{"resiltui report retry", ""},
		{"go test ./x -run Y", ""},
	}
	if diff := cmp.Diff(want, commandsOf(page), cmp.AllowUnexported(docCommand{})); diff != "" {
		t.Errorf("the commands of the page (-want +got):\n%s", diff)
	}
}

// TestEveryFlagThatTheDocumentationNamesIsOneOfTheProgram looks at what stands between
// backquotes in prose and begins with --, which is more than the commands.
func TestEveryFlagThatTheDocumentationNamesIsOneOfTheProgram(t *testing.T) {
	known := map[string]bool{"help": true, "version": true}
	var learn func(cmd *cobra.Command)
	learn = func(cmd *cobra.Command) {
		cmd.Flags().VisitAll(func(f *pflag.Flag) { known[f.Name] = true })
		for _, c := range cmd.Commands() {
			learn(c)
		}
	}
	learn(newRoot(streams{}))
	span, found := regexp.MustCompile("`--([a-z-]+)[^`]*`"), 0
	for _, name := range documentationPages(t) {
		text, err := os.ReadFile(filepath.Join(top, name))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range span.FindAllStringSubmatch(string(text), -1) {
			found++
			if !known[m[1]] {
				t.Errorf("%s: %s is no flag of the program", name, m[0])
			}
		}
	}
	if found < 20 {
		t.Errorf("only %d flags are found", found)
	}
}
