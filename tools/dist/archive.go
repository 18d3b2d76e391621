package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"cmp"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"time"
)

// packages are the files that hand a program out, by name.
func (r *release) packages(p platform, program []byte, docs []file) map[string][]byte {
	top := fmt.Sprintf("resiltui_%s_%s", r.version, p)
	files := []file{{path.Join(top, p.program()), 0o755, program}}
	for _, d := range docs {
		files = append(files, file{path.Join(top, d.path), d.mode, d.data})
	}
	if p.os == "windows" {
		return map[string][]byte{top + ".zip": zipped(files, r.time)}
	}
	made := map[string][]byte{top + ".tar.gz": tarred(files, r.time)}
	if p.os == "linux" {
		name := fmt.Sprintf("resiltui_%s_%s.deb", debianVersion(r.version), p.arch)
		made[name] = r.debian(p.arch, program, docs)
	}
	return made
}

// sorted are the files by path, with the directories that they are in.
func sorted(files []file) []file {
	all := slices.Clone(files)
	seen := map[string]bool{".": true}
	for _, f := range files {
		for dir := path.Dir(f.path); !seen[dir]; dir = path.Dir(dir) {
			seen[dir] = true
			all = append(all, file{path: dir + "/", mode: 0o755})
		}
	}
	slices.SortFunc(all, func(a, b file) int { return cmp.Compare(a.path, b.path) })
	return all
}

// Writing into memory does not fail, and neither does compressing there; a
// header that cannot be written would be a mistake of this program's.
func must(err error) {
	if err != nil {
		panic(err)
	}
}

// tarred is a compressed tar archive with nothing in it of who made it.
func tarred(files []file, at time.Time) []byte {
	var out bytes.Buffer
	zw, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	must(err)
	tw := tar.NewWriter(zw)
	for _, f := range sorted(files) {
		h := &tar.Header{
			Name: f.path, Mode: f.mode, Size: int64(len(f.data)), ModTime: at,
			Uname: "root", Gname: "root", Format: tar.FormatUSTAR, Typeflag: tar.TypeReg,
		}
		if f.data == nil {
			h.Typeflag = tar.TypeDir
		}
		must(tw.WriteHeader(h))
		_, err := tw.Write(f.data)
		must(err)
	}
	must(tw.Close())
	must(zw.Close())
	return out.Bytes()
}

// zipped is a zip archive with nothing in it of who made it.
func zipped(files []file, at time.Time) []byte {
	var out bytes.Buffer
	zw := zip.NewWriter(&out)
	for _, f := range sorted(files) {
		if f.data == nil {
			continue // a zip needs no directories
		}
		h := &zip.FileHeader{Name: f.path, Method: zip.Deflate, Modified: at}
		h.SetMode(os.FileMode(f.mode))
		w, err := zw.CreateHeader(h)
		must(err)
		_, err = w.Write(f.data)
		must(err)
	}
	must(zw.Close())
	return out.Bytes()
}

// checksums are the SHA-256 of the files written so far, by name.
type checksums map[string]string

// write writes a file and keeps its checksum.
func (c *checksums) write(dir, name string, data []byte) error {
	if *c == nil {
		*c = checksums{}
	}
	(*c)[name] = fmt.Sprintf("%x", sha256.Sum256(data))
	return os.WriteFile(filepath.Join(dir, name), data, 0o644)
}

// text is what sha256sum --check reads.
func (c *checksums) text() []byte {
	names := make([]string, 0, len(*c))
	for name := range *c {
		names = append(names, name)
	}
	slices.Sort(names)
	var out []byte
	for _, name := range names {
		out = fmt.Appendf(out, "%s  %s\n", (*c)[name], name)
	}
	return out
}
