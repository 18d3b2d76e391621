package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// made makes a release of some platforms into a directory of its own.
func made(t *testing.T, list []platform) (dir string) {
	t.Helper()
	if testing.Short() {
		t.Skip("it builds the program")
	}
	dir = filepath.Join(t.TempDir(), "dist")
	r := release{source: "../..", out: dir, version: "v1.2.3", time: time.Unix(1_700_000_000, 0).UTC()}
	if err := r.make(list); err != nil {
		t.Fatal(err)
	}
	return dir
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
	list := []platform{{"linux", "amd64"}}
	one, two := made(t, list), made(t, list)
	entries, err := os.ReadDir(one)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 4 { // archive, package, formula, checksums
		t.Errorf("%d files, not 4: %v", len(entries), entries)
	}
	for _, e := range entries {
		if !bytes.Equal(read(t, one, e.Name()), read(t, two, e.Name())) {
			t.Errorf("%s is not the same twice", e.Name())
		}
	}
	theArchiveIsWhole(t, read(t, one, "resiltui_v1.2.3_linux_amd64.tar.gz"))
	thePackageInstalls(t, filepath.Join(one, "resiltui_1.2.3_amd64.deb"))
	theChecksumsHold(t, one)
}

// theArchiveIsWhole looks into a tar.gz.
func theArchiveIsWhole(t *testing.T, data []byte) {
	t.Helper()
	zr, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for tr := tar.NewReader(zr); ; {
		h, err := tr.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if h.ModTime.Unix() != 1_700_000_000 || h.Uid != 0 || h.Uname != "root" {
			t.Errorf("%s: time %v, owner %d %q", h.Name, h.ModTime, h.Uid, h.Uname)
		}
		text, _ := io.ReadAll(tr)
		found[strings.TrimPrefix(h.Name, "resiltui_v1.2.3_linux_amd64/")] = string(text)
	}
	for name, holds := range map[string]string{
		"resiltui": "v1.2.3", "README.md": "# resiltui", "LICENSE": "MIT", "CHANGELOG.md": "# Changelog",
		"docs/keys.md": "# ", "docs/screens/overview.md": "# ", "docs/report.schema.json": "{",
		"completions/resiltui.bash": "complete", "completions/_resiltui": "#compdef resiltui",
		"completions/resiltui.fish": "complete -c resiltui", "completions/resiltui.ps1": "Register-ArgumentCompleter",
		"man/resiltui.1": "2023-11-14",
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
		var again checksums
		if err := again.write(t.TempDir(), name, read(t, dir, name)); err != nil {
			t.Fatal(err)
		}
		if again[name] != sum {
			t.Errorf("%s: the checksum is %s, listed is %s", name, again[name], sum)
		}
		if strings.HasSuffix(name, ".tar.gz") && !strings.Contains(formula, name+"\"\n      sha256 \""+sum) {
			t.Errorf("the formula does not hold %s with its checksum:\n%s", name, formula)
		}
	}
}

func TestWindowsAndMacOSBuildsCompile(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds the program for other systems")
	}
	for _, p := range []platform{{"windows", "amd64"}, {"darwin", "arm64"}} {
		t.Run(p.String(), func(t *testing.T) {
			r := release{source: "../..", version: "test"}
			cmd := r.goTool("build", "-o", os.DevNull, "./cmd/resiltui")
			cmd.Env = append(cmd.Env, "GOOS="+p.os, "GOARCH="+p.arch)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}

func TestAZipHoldsTheProgramAndNoOwner(t *testing.T) {
	r := release{version: "v1", time: time.Unix(1_700_000_000, 0).UTC()}
	docs := []file{{"man/resiltui.1", 0o644, []byte("page")}, {"LICENSE", 0o644, []byte("MIT")}}
	data := r.packages(platform{"windows", "arm64"}, []byte("program"), docs)["resiltui_v1_windows_arm64.zip"]
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range zr.File {
		names = append(names, strings.TrimPrefix(f.Name, "resiltui_v1_windows_arm64/"))
		if f.Modified.Unix() != 1_700_000_000 {
			t.Errorf("%s is from %v", f.Name, f.Modified)
		}
	}
	if got := strings.Join(names, " "); got != "LICENSE man/resiltui.1 resiltui.exe" {
		t.Errorf("the archive holds %s", got)
	}
}

func TestADebianVersionBeginsWithADigit(t *testing.T) {
	for version, want := range map[string]string{
		"v1.2.3": "1.2.3", "1.2.3": "1.2.3", "v1.2.3-4-gabc": "1.2.3+4+gabc",
		"4cddbc2": "0.0.0+g4cddbc2", "abc-dirty": "0.0.0+gabc+dirty", "dev": "0.0.0+gdev", "": "0.0.0+g",
	} {
		if got := debianVersion(version); got != want {
			t.Errorf("%q becomes %q, not %q", version, got, want)
		}
	}
}

func TestTheTimeOfTheSourceMustBeANumber(t *testing.T) {
	for value, good := range map[string]bool{"0": true, "1700000001": true, "x": false, "-1": false, "1.5": false} {
		t.Setenv("SOURCE_DATE_EPOCH", value)
		r := release{source: ".", version: "v1"}
		if err := r.complete(); (err == nil) != good {
			t.Errorf("SOURCE_DATE_EPOCH=%s: %v", value, err)
		} else if good && r.time.Unix()%2 != 0 {
			t.Errorf("%v cannot be written into a zip", r.time)
		}
	}
}

func TestTheFormulaIsForWhatWasBuilt(t *testing.T) {
	r := release{version: "v1.2.3", url: "https://example.org/files/"}
	got, err := r.formula(checksums{"resiltui_v1.2.3_darwin_arm64.tar.gz": "5e"})
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
