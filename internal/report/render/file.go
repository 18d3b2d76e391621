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

// WriteFile writes a file completely or not at all: to a temporary file in the same
// directory, which is synced and then renamed. After an error, or a panic of write,
// nothing is left behind and an existing file is unchanged. A new file has the
// permissions 0644 less the umask; an existing one keeps its own. A symbolic link is
// followed, also to a file that does not exist yet. What is not a regular file
// (/dev/null, a named pipe) cannot be replaced and is written to directly.
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
			_ = f.Close() // does nothing where the file is closed already
			_ = os.Remove(f.Name())
		}
	}()
	if info != nil { // before the file has any content
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

// mostLinks is how many links are followed one after another, as in Linux.
const mostLinks = 40

// followed resolves symbolic links at the end of a path; the file need not exist.
// Where the path is invalid, the error appears when the file is written.
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

// linkAt is the target of a symbolic link; ok is false where the path is no link.
func linkAt(path string) (target string, ok bool) {
	info, err := os.Lstat(path)
	if err != nil || info.Mode()&fs.ModeSymlink == 0 {
		return "", false
	}
	target, err = os.Readlink(path)
	return target, err == nil
}

// createBeside creates an empty file with a unique name in the directory of path.
// os.CreateTemp does not fit because it sets its own permissions, and the umask must
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

// fill writes through a buffer, syncs and closes the file.
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
		// Devices and pipes cannot be synced.
		err = fill(f, write, func() error { return nil })
	}
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", path, cause(err, path))
	}
	return nil
}

// cause removes the file name from an error of the file system: it is the name of the
// temporary file, or it is in the message already. Errors about other files are
// unchanged.
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
