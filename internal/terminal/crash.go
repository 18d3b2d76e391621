package terminal

import (
	"errors"
	"fmt"
	"os"
	"runtime/debug"

	"resiltui/internal/engine/clock"
)

// crash is a panic that was caught, so that the terminal could be given back: a
// defect of resiltui, told in one line. The stack is for a file.
type crash struct {
	where string // "the screen", "the engine", "the log"
	value any
	stack []byte
}

// crashed is what recover returned, as an error. It must be called in the
// deferred function that recovered, while the stack still shows the culprit; a
// panic that comes from a task of the clock keeps the stack of that task.
func crashed(where string, recovered any) *crash {
	if p, ok := recovered.(*clock.PanicError); ok {
		return &crash{where, p.Value, p.Stack}
	}
	return &crash{where, recovered, debug.Stack()}
}

// Error names the panic, without its stack.
func (c *crash) Error() string { return fmt.Sprintf("%s panicked: %v", c.where, c.value) }

// Guard turns a panic of fn into an error: one in a goroutine of its own would
// end the program and leave the terminal as it is. A root task of the clock
// that panicked comes as an error already.
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

// Reported is err with what to do about it: where it holds a crash, the stack is
// written to a file that the message names, with the version of the program.
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

// writeStack keeps the stack of a crash in the directory for temporary files.
func writeStack(c *crash, version string) (name string, err error) {
	f, err := os.CreateTemp("", "resiltui-panic-*.txt")
	if err != nil {
		return "", err
	}
	_, err = fmt.Fprintf(f, "resiltui %s: %v\n\n%s", version, c, c.stack)
	return f.Name(), errors.Join(err, f.Close())
}

// Panicked is true where a part of the program broke.
func Panicked(err error) bool {
	_, ok := errors.AsType[*crash](err)
	return ok
}
