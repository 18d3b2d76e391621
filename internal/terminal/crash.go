package terminal

import (
	"errors"
	"fmt"
	"os"
	"runtime/debug"

	"resiltui/internal/engine/clock"
)

// crash is a panic that was caught so that the terminal could be restored. It is
// a defect of resiltui, reported in one line; the stack goes to a file.
type crash struct {
	where string // "the screen", "the engine", "the log"
	value any
	stack []byte
}

// crashed turns the result of recover into an error. It must be called in the
// deferred function that recovered, while the stack still shows where the panic
// came from. A panic in a task of the clock keeps the stack of that task.
func crashed(where string, recovered any) *crash {
	if p, ok := recovered.(*clock.PanicError); ok {
		return &crash{where, p.Value, p.Stack}
	}
	return &crash{where, recovered, debug.Stack()}
}

// Error describes the panic, without its stack.
func (c *crash) Error() string { return fmt.Sprintf("%s panicked: %v", c.where, c.value) }

// Guard turns a panic of fn into an error. Without it, a panic in another
// goroutine would end the program and leave the terminal in a wrong mode. A
// panic in a root task of the clock is an error already.
func Guard(where string, fn func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = crashed(where, v)
		}
	}()
	err = fn()
	if p, ok := errors.AsType[*clock.PanicError](err); ok {
		return &crash{where, p.Value, p.Stack}
	}
	return err
}

// Reported adds to err what to do about it: for a panic it writes the stack and
// the version of the program to a file, and the message names the file.
func Reported(err error, version string) error {
	c, ok := errors.AsType[*crash](err)
	if !ok {
		return err
	}
	name, e := writeStack(c, version)
	if e != nil {
		return fmt.Errorf("%w; please report this", err)
	}
	return fmt.Errorf("%w; please report this with %s", err, name)
}

// writeStack writes the stack of a panic to a file in the directory for
// temporary files.
func writeStack(c *crash, version string) (name string, err error) {
	f, err := os.CreateTemp("", "resiltui-panic-*.txt")
	if err != nil {
		return "", err
	}
	_, err = fmt.Fprintf(f, "resiltui %s: %v\n\n%s", version, c, c.stack)
	return f.Name(), errors.Join(err, f.Close())
}

// Panicked says whether err contains a panic.
func Panicked(err error) bool {
	_, ok := errors.AsType[*crash](err)
	return ok
}
