package house

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
)

func TestEveryLinkOfTheDocumentationResolves(t *testing.T) {
	read := func(file string) (string, error) {
		text, err := os.ReadFile(filepath.Join(top, filepath.FromSlash(file)))
		return string(text), err
	}
	exists := func(file string) bool {
		_, err := os.Stat(filepath.Join(top, filepath.FromSlash(file)))
		return err == nil
	}
	for _, file := range files(t, ".md") {
		text, err := read(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, wrong := range brokenLinks(file, text, exists, read) {
			t.Error(wrong)
		}
	}
}

// brokenLinks are the links of a Markdown file to files or headings that do not
// exist. Links to other hosts are not followed: a test must not need the network.
func brokenLinks(file, text string, exists func(file string) bool, read func(file string) (string, error)) (wrong []string) {
	link := regexp.MustCompile(`\]\(<?([^)\s>]+)>?[^)]*\)|(?:src|srcset|href)="([^"]+)"|(?m:^\[[^\]]+\]:\s*(\S+))`)
	for _, m := range link.FindAllStringSubmatch(prose(text), -1) {
		target := m[1] + m[2] + m[3] // one of them
		if strings.Contains(target, ":") {
			continue
		}
		name, heading, _ := strings.Cut(target, "#")
		to := file
		if name != "" {
			to = path.Join(path.Dir(file), name)
		}
		if !exists(to) {
			wrong = append(wrong, fmt.Sprintf("%s: the link to %s leads to no file", file, target))
			continue
		}
		if heading == "" || !strings.HasSuffix(to, ".md") {
			continue
		}
		if there, err := read(to); err != nil || !headings(there)[heading] {
			wrong = append(wrong, fmt.Sprintf("%s: the link to %s leads to no heading", file, target))
		}
	}
	return wrong
}

// prose is a Markdown text without its code, in which nothing is a link.
func prose(text string) string {
	text = regexp.MustCompile("(?ms)^ *```.*?^ *```").ReplaceAllString(text, "")
	return regexp.MustCompile("`[^`\n]*`").ReplaceAllString(text, "")
}

// headings are the names by which links find the headings of a Markdown text, as
// GitHub makes them.
func headings(text string) map[string]bool {
	names := map[string]bool{}
	text = regexp.MustCompile("(?ms)^ *```.*?^ *```").ReplaceAllString(text, "")
	for _, m := range regexp.MustCompile(`(?m)^#+ +(.*)$`).FindAllStringSubmatch(text, -1) {
		name := strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case r == '-', r == '_', unicode.IsLetter(r), unicode.IsDigit(r):
				return unicode.ToLower(r)
			default:
				return -1
			}
		}, strings.TrimSpace(m[1]))
		names[name] = true
	}
	return names
}

func TestABrokenLinkIsNamed(t *testing.T) {
	pages := map[string]string{
		"README.md":     "# Read `me`, first\n",
		"docs/keys.md":  "",
		"docs/img/a.md": "",
	}
	exists := func(file string) bool { _, ok := pages[file]; return ok }
	read := func(file string) (string, error) { return pages[file], nil }
	text := "[a](keys.md) [b](../README.md#read-me-first) ![c](img/a.md) [d](https://example.com/none)\n" +
		"[e](gone.md) [f](../README.md#no-such) [g](#nowhere) `[h](code.md)`\n" +
		"```text\n[i](code.md)\n```\n<img src=\"img/b.png\">\n[j]: lost.md\n"
	pages["docs/a.md"] = text
	want := []string{
		"docs/a.md: the link to gone.md leads to no file",
		"docs/a.md: the link to ../README.md#no-such leads to no heading",
		"docs/a.md: the link to #nowhere leads to no heading",
		"docs/a.md: the link to img/b.png leads to no file",
		"docs/a.md: the link to lost.md leads to no file",
	}
	if diff := cmp.Diff(want, brokenLinks("docs/a.md", text, exists, read)); diff != "" {
		t.Errorf("broken links (-want +got):\n%s", diff)
	}
}
