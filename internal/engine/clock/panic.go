package clock

import (
	"fmt"
	"runtime/debug"
)

// PanicError is a panic that a task did not recover. Group.Wait raises it
// again, as a *PanicError, in the task that waits; Virtual.Run and Pacer.Run
// return it as their error when the task was a root task.
type PanicError struct {
	// Value is what the task panicked with. It is never nil: a panic(nil)
	// arrives as a *runtime.PanicNilError.
	Value any
	// Stack is the stack of the task at the moment of the panic, as
	// runtime/debug.Stack prints it.
	Stack []byte
}

// Error is one line: it names the value and leaves the stack out.
func (e *PanicError) Error() string { return fmt.Sprintf("panic in a task: %v", e.Value) }

// Unwrap returns Value if that is an error, and nil otherwise.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}

// asPanic wraps what recover returned; nil stays nil. It must be called in the
// deferred function that recovered, while the stack still shows where the panic
// happened. A panic that was already wrapped on its way through a nested group
// keeps its first stack.
func asPanic(recovered any) *PanicError {
	switch p := recovered.(type) {
	case nil:
		return nil
	case *PanicError:
		return p
	default:
		return &PanicError{Value: p, Stack: debug.Stack()}
	}
}
