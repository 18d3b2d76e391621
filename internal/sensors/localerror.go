package sensors

// TextTooManyFiles is what a read says for which this machine gave no connection,
// since as many files are open as may be.
const TextTooManyFiles = "too many open files on this machine"

// LocalError is a read that failed for want of something on this machine, before it
// came to the endpoint: it says nothing about that, and no policy counts it against
// it. It is a [ReadError] for errors.As.
type LocalError struct {
	// Said is the text; it must not be nil.
	Said *ReadError
}

// Error returns the text.
func (e LocalError) Error() string { return e.Said.Text }

// Unwrap returns the text as a ReadError.
func (e LocalError) Unwrap() error { return e.Said }
