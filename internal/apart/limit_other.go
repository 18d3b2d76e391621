//go:build !linux

package apart

// limit does nothing here: only watch limits a worker.
func limit() {}
