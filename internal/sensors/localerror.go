package sensors

// TextTooManyFiles is the text of a read that got no connection because this
// machine has reached its limit of open files.
const TextTooManyFiles = "too many open files on this machine"

// LocalError is a read that failed because of this machine, before it reached the
// endpoint: it says nothing about the endpoint, so no policy counts it as a failure
// of the endpoint. It is a [ReadError] for errors.As.
type LocalError struct {
	// Said is the text; it must not be nil.
	Said *ReadError
}

// Error returns the text.
func (e LocalError) Error() string { return e.Said.Text }

// Unwrap returns the text as a ReadError.
func (e LocalError) Unwrap() error { return e.Said }
