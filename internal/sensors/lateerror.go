package sensors

// LateError is a read that its deadline ended, with how far it had come. It is what the
// read's context says for errors.Is.
type LateError struct {
	// Reached is a few stable and clean words, behind which "within 2 s" can stand ("no
	// connection").
	Reached string
	// Err is the error of the context; it must not be nil.
	Err error
}

// Error returns Reached.
func (e LateError) Error() string { return e.Reached }

// Unwrap returns Err.
func (e LateError) Unwrap() error { return e.Err }
