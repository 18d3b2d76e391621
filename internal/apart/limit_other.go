//go:build !linux

package apart

// limit does nothing here: watch alone bounds a worker.
func limit() {}
