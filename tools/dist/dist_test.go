package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/template"
	"time"
)

// made makes a release for some systems, on processors as this one, into a directory
// of its own.
func made(t *testing.T, systems string) (dir string) {
	t.Helper()
	if testing.Short() {
		t.Skip("it builds GoReleaser and the program")
	}
	if err := exec.Command("git", "log", "-1").Run(); err != nil {
		t.Skip("GoReleaser takes the time of the source from git")
	}
	dir = filepath.Join(t.TempDir(), "dist")
	config := strings.NewReplacer(
		"goos: [linux, darwin, windows]", "goos: ["+systems+"]",
		"goarch: [amd64, arm64]", "goarch: ["+runtime.GOARCH+"]",
	).Replace(string(read(t, "goreleaser.yaml"))) + fmt.Sprintf("\ndist: %q\n", dir)
	name := filepath.Join(t.TempDir(), "goreleaser.yaml")
	if err := os.WriteFile(name, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(goCommand(), "tool", "-modfile=tools/goreleaser/go.mod", "goreleaser", "release", "--snapshot", "--clean", "--config", name)
	cmd.Dir, cmd.Env = "../..", append(os.Environ(), "VERSION=v1.2.3", "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("goreleaser: %v\n%s", err, out)
	}
	if err := writeFormula(dir, "v1.2.3", ""); err != nil {
		t.Fatal(err)
	}
	return dir
}

// commitTime is the time that all files have.
func commitTime(t *testing.T) time.Time {
	t.Helper()
	cmd := exec.Command("git", "log", "-1", "--format=%ct")
	text, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	seconds, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return time.Unix(seconds, 0).UTC()
}

func read(t *testing.T, elem ...string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(elem...))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestTheSameSourceGivesTheSameBytes(t *testing.T) {
	one, two := made(t, "linux"), made(t, "linux")
	theChecksumsHold(t, one)
	// Archive, two packages, formula.
	if sums := read(t, one, "SHA256SUMS"); bytes.Count(sums, []byte("\n")) != 4 || !bytes.Equal(sums, read(t, two, "SHA256SUMS")) {
		t.Errorf("first:\n%s\nthen:\n%s", sums, read(t, two, "SHA256SUMS"))
	}
	theArchiveIsWhole(t, read(t, one, "resiltui_v1.2.3_linux_"+runtime.GOARCH+".tar.gz"))
	thePackageInstalls(t, filepath.Join(one, "resiltui_1.2.3_"+runtime.GOARCH+".deb"))
}

// theArchiveIsWhole looks into a tar.gz.
func theArchiveIsWhole(t *testing.T, data []byte) {
	t.Helper()
	zr, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	at, found := commitTime(t), map[string]string{}
	for tr := tar.NewReader(zr); ; {
		h, err := tr.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if !h.ModTime.Equal(at) || h.Uid != 0 || h.Uname != "root" {
			t.Errorf("%s: time %v, owner %d %q", h.Name, h.ModTime, h.Uid, h.Uname)
		}
		text, _ := io.ReadAll(tr)
		found[strings.TrimPrefix(h.Name, "resiltui_v1.2.3_linux_"+runtime.GOARCH+"/")] = string(text)
	}
	for name, holds := range map[string]string{
		"resiltui": "v1.2.3", "README.md": "# resiltui", "LICENSE": "MIT", "CHANGELOG.md": "# Changelog",
		"docs/keys.md": "# ", "docs/screens/overview.md": "# ", "docs/report.schema.json": "{",
		"completions/resiltui.bash": "complete", "completions/_resiltui": "#compdef resiltui",
		"completions/resiltui.fish": "complete -c resiltui", "completions/resiltui.ps1": "Register-ArgumentCompleter",
		"man/resiltui.1": at.Format(time.DateOnly),
	} {
		if !strings.Contains(found[name], holds) {
			t.Errorf("%s does not hold %q", name, holds)
		}
	}
	if strings.Contains(found["man/resiltui.1"], "%!") {
		t.Error("a text of the manual page was taken for a format")
	}
	self, _ := os.Getwd()
	if strings.Contains(found["resiltui"], filepath.Dir(filepath.Dir(self))+"/") {
		t.Error("the program names the directory it was built in")
	}
	if size := len(found["resiltui"]); size > 20<<20 {
		t.Errorf("the program has %d bytes, more than 20 MiB", size)
	}
}

// thePackageInstalls asks dpkg-deb, where there is one.
func thePackageInstalls(t *testing.T, name string) {
	t.Helper()
	tool, err := exec.LookPath("dpkg-deb")
	if err != nil {
		t.Log("dpkg-deb is not here, so nobody checks the package")
		return
	}
	info, err := exec.Command(tool, "--info", name).CombinedOutput()
	if err != nil || !strings.Contains(string(info), "Version: 1.2.3\n") {
		t.Errorf("dpkg-deb --info: %v\n%s", err, info)
	}
	root := t.TempDir()
	if out, err := exec.Command(tool, "--extract", name, root).CombinedOutput(); err != nil {
		t.Fatalf("dpkg-deb --extract: %v\n%s", err, out)
	}
	said, err := exec.Command(filepath.Join(root, "usr/bin/resiltui"), "--version").CombinedOutput()
	if err != nil || string(said) != "resiltui v1.2.3\n" {
		t.Errorf("the installed program says %q (%v)", said, err)
	}
	if len(read(t, root, "usr/share/man/man1/resiltui.1.gz")) == 0 {
		t.Error("the man page is empty")
	}
}

// theChecksumsHold makes the checksums anew, and looks for them in the formula.
func theChecksumsHold(t *testing.T, dir string) {
	t.Helper()
	formula := string(read(t, dir, "resiltui.rb"))
	for line := range strings.Lines(string(read(t, dir, "SHA256SUMS"))) {
		sum, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		if again := fmt.Sprintf("%x", sha256.Sum256(read(t, dir, name))); again != sum {
			t.Errorf("%s: the checksum is %s, listed is %s", name, again, sum)
		}
		if strings.HasSuffix(name, ".tar.gz") && !strings.Contains(formula, name+"\"\n      sha256 \""+sum) {
			t.Errorf("the formula does not hold %s with its checksum:\n%s", name, formula)
		}
	}
}

func TestWindowsAndMacOSAreHandedOutToo(t *testing.T) {
	dir := made(t, "windows, darwin")
	theChecksumsHold(t, dir)
	top := "resiltui_v1.2.3_windows_" + runtime.GOARCH
	data := read(t, dir, top+".zip")
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range zr.File {
		names = append(names, strings.TrimPrefix(f.Name, top+"/"))
		if !f.Modified.Equal(commitTime(t)) {
			t.Errorf("%s is from %v", f.Name, f.Modified)
		}
	}
	for _, name := range []string{"LICENSE", "man/resiltui.1", "completions/resiltui.ps1", "resiltui.exe"} {
		if !slices.Contains(names, name) {
			t.Errorf("no %s in the archive, which holds %q", name, names)
		}
	}
}

// GoReleaser fills the templates of its file as text/template does.
func TestAPackageVersionBeginsWithADigit(t *testing.T) {
	_, rest, _ := strings.Cut(string(read(t, "goreleaser.yaml")), "version_template: '")
	rule, _, _ := strings.Cut(rest, "'\n")
	parsed, err := template.New("version").Funcs(template.FuncMap{
		"contains": strings.Contains, "replace": strings.ReplaceAll, "trimprefix": strings.TrimPrefix,
	}).Parse(rule)
	if err != nil {
		t.Fatal(err)
	}
	for version, want := range map[string]string{
		"v1.2.3": "1.2.3", "1.2.3": "1.2.3", "v1.2.3-4-gabc": "1.2.3+4+gabc",
		"4cddbc2": "0.0.0+g4cddbc2", "abc-dirty": "0.0.0+gabc+dirty", "dev": "0.0.0+gdev",
	} {
		var got strings.Builder
		if err := parsed.Execute(&got, map[string]any{"Env": map[string]string{"VERSION": version}}); err != nil || got.String() != want {
			t.Errorf("%q becomes %q, not %q (%v)", version, &got, want, err)
		}
	}
}

func TestTheFormulaIsForWhatWasBuilt(t *testing.T) {
	a := artifact{Name: "resiltui_v1.2.3_darwin_arm64.tar.gz", OS: "darwin", Arch: "arm64", Type: "Archive"}
	a.Extra.Checksum = "sha256:5e"
	got, err := formula([]artifact{a, {Name: "resiltui", OS: "linux", Arch: "amd64", Type: "Binary"}}, "v1.2.3", "https://example.org/files/")
	if err != nil {
		t.Fatal(err)
	}
	text := string(got)
	for _, want := range []string{
		`version "1.2.3"`, "on_macos do", "on_arm do",
		`url "https://example.org/files/resiltui_v1.2.3_darwin_arm64.tar.gz"`, `sha256 "5e"`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the formula does not say %s:\n%s", want, text)
		}
	}
	if strings.Contains(text, "on_linux") || strings.Contains(text, "on_intel") {
		t.Errorf("the formula is for what was not built:\n%s", text)
	}
}

func TestTheParagraphsOfTheManPageAreFilled(t *testing.T) {
	page := ".SH DESCRIPTION\nOne\n.PP\ntwo\n.PP\n.PP\nThree\n.PP\nfour\n.SH OPTIONS\n.TP\nx\n"
	want := ".SH DESCRIPTION\nOne\ntwo\n.PP\nThree\nfour\n.SH OPTIONS\n.TP\nx\n"
	if got := string(filled([]byte(page))); got != want {
		t.Errorf("%q, not %q", got, want)
	}
}
