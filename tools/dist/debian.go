package main

import (
	"bytes"
	"compress/gzip"
	"crypto/md5"
	"fmt"
	"strings"
	"time"
)

// debianVersion is a version as Debian orders them: it begins with a digit. A
// bare commit is before every release.
func debianVersion(version string) string {
	v := strings.TrimPrefix(version, "v")
	if v == "" || v[0] < '0' || v[0] > '9' || !strings.Contains(v, ".") {
		v = "0.0.0+g" + v
	}
	// A hyphen would begin the revision of the package.
	return strings.ReplaceAll(v, "-", "+")
}

// debian is the Debian package of a program for linux: an ar archive of the
// format's version, what is said of the package, and its files.
func (r *release) debian(arch string, program []byte, docs []file) []byte {
	files := []file{{"usr/bin/resiltui", 0o755, program}}
	for _, d := range docs {
		switch d.path {
		case "completions/resiltui.bash":
			files = append(files, file{"usr/share/bash-completion/completions/resiltui", 0o644, d.data})
		case "completions/_resiltui":
			files = append(files, file{"usr/share/zsh/vendor-completions/_resiltui", 0o644, d.data})
		case "completions/resiltui.fish":
			files = append(files, file{"usr/share/fish/vendor_completions.d/resiltui.fish", 0o644, d.data})
		case "man/resiltui.1":
			files = append(files, file{"usr/share/man/man1/resiltui.1.gz", 0o644, gzipped(d.data)})
		case "LICENSE":
			files = append(files, file{"usr/share/doc/resiltui/copyright", 0o644, d.data})
		case "CHANGELOG.md":
			files = append(files, file{"usr/share/doc/resiltui/changelog.gz", 0o644, gzipped(d.data)})
		}
	}
	size := 0
	var sums []byte
	for _, f := range sorted(files) {
		if f.data != nil {
			size += len(f.data)
			sums = fmt.Appendf(sums, "%x  %s\n", md5.Sum(f.data), f.path)
		}
	}
	control := fmt.Sprintf(`Package: resiltui
Version: %s
Architecture: %s
Maintainer: resiltui authors <resiltui@localhost>
Installed-Size: %d
Section: utils
Priority: optional
Description: live terminal dashboard for retries, circuit breakers and fallbacks
 Sensors run behind the whole resilience stack; keys crash, slow and corrupt
 them, and every breaker says why it is as it is and what is missing for the
 next state. It watches real HTTP endpoints too.
`, debianVersion(r.version), arch, (size+1023)/1024)
	return arArchive(r.time, []file{
		{"debian-binary", 0o644, []byte("2.0\n")},
		{"control.tar.gz", 0o644, tarred([]file{{"control", 0o644, []byte(control)}, {"md5sums", 0o644, sums}}, r.time)},
		{"data.tar.gz", 0o644, tarred(files, r.time)},
	})
}

// gzipped is data compressed, without a name and a time.
func gzipped(data []byte) []byte {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	must(err)
	_, err = w.Write(data)
	must(err)
	must(w.Close())
	return out.Bytes()
}

// arArchive is an ar archive of the files, in their order.
func arArchive(at time.Time, files []file) []byte {
	out := []byte("!<arch>\n")
	for _, f := range files {
		out = fmt.Appendf(out, "%-16s%-12d%-6d%-6d%-8o%-10d`\n", f.path, at.Unix(), 0, 0, 0o100000|f.mode, len(f.data))
		out = append(out, f.data...)
		if len(f.data)%2 == 1 {
			out = append(out, '\n')
		}
	}
	return out
}
