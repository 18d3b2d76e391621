package render

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
)

// WriteFile writes a file whole or not at all: to a temporary file in the same
// directory, which is synced and then takes the name. On an error, a panic of
// write included, nothing is left behind and a file of that name stays as it
// was. A new file has the permissions 0644 less the umask, and one that was there
// keeps its own. A symbolic link is followed, also to a file that is not there yet.
// What is no regular file (/dev/null, a named pipe) cannot be
// replaced and is written to directly.
func WriteFile(path string, write func(io.Writer) error) error {
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return fmt.Errorf("cannot write %s: it is a directory", path)
	case err == nil && !info.Mode().IsRegular():
		return writeDevice(path, write)
	}
	path, err = followed(path)
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", path, err)
	}
	f, err := createBeside(path)
	if err != nil {
		return err
	}
	done := false
	defer func() {
		if !done {
			_ = f.Close() // a second close of a file that was closed: no harm
			_ = os.Remove(f.Name())
		}
	}()
	if info != nil { // before anything is in it
		if err := f.Chmod(info.Mode().Perm()); err != nil {
			return fmt.Errorf("cannot write %s with the permissions that it has: %w", path, cause(err, f.Name()))
		}
	}
	if err := fill(f, write, f.Sync); err != nil {
		return fmt.Errorf("cannot write %s: %w", path, err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return fmt.Errorf("cannot write %s: %w", path, cause(err, f.Name()))
	}
	done = true
	return nil
}

// mostLinks is how many links are followed one after another, as Linux has it.
const mostLinks = 40

// followed is where a path leads that may be a symbolic link, be there a file or not.
// What is wrong with it shows when it is written.
func followed(path string) (string, error) {
	for range mostLinks {
		target, ok := linkAt(path)
		if !ok {
			return path, nil
		}
		if !filepath.IsAbs(target) {
			target = filepath.Join(filepath.Dir(path), target)
		}
		path = target
	}
	return path, errors.New("too many links lead on from it")
}

// linkAt is what the link of a name leads to; ok is false where there is no link.
func linkAt(path string) (target string, ok bool) {
	info, err := os.Lstat(path)
	if err != nil || info.Mode()&fs.ModeSymlink == 0 {
		return "", false
	}
	target, err = os.Readlink(path)
	return target, err == nil
}

// createBeside creates an empty file with a name of its own in the directory of
// path. os.CreateTemp would do but for the permissions, which the umask must
// decide.
func createBeside(path string) (*os.File, error) {
	dir := filepath.Dir(path)
	prefix := filepath.Join(dir, ".resiltui-"+strconv.Itoa(os.Getpid())+"-")
	for i := 0; ; i++ {
		name := prefix + strconv.Itoa(i) + ".tmp"
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if err == nil {
			return f, nil
		}
		if !errors.Is(err, fs.ErrExist) {
			return nil, fmt.Errorf("cannot write into the directory %s: %w", dir, cause(err, name))
		}
	}
}

// fill writes through a buffer, syncs and closes.
func fill(f *os.File, write func(io.Writer) error, sync func() error) error {
	b := bufio.NewWriter(f)
	err := write(b)
	for _, step := range []func() error{b.Flush, sync} {
		if err == nil {
			err = step()
		}
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	return cause(err, f.Name())
}

func writeDevice(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err == nil {
		// A device and a pipe have nothing to sync.
		err = fill(f, write, func() error { return nil })
	}
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", path, cause(err, path))
	}
	return nil
}

// cause is an error of the file system without the name that it was about, which
// is that of the temporary file or is said already. Errors about other files
// stay as they are.
func cause(err error, name string) error {
	var path *fs.PathError
	if errors.As(err, &path) && path.Path == name {
		return path.Err
	}
	var link *os.LinkError
	if errors.As(err, &link) && link.Old == name {
		return link.Err
	}
	return err
}
