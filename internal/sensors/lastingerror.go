package sensors

// LastingError is a failed read that must not be repeated within the same call: another
// attempt would end the same way (a page that does not exist), or might do a second time
// what is to be done once. To every policy but the retries it is a failure as any other.
type LastingError struct {
	// Err is the failure itself; it must not be nil.
	Err error
}

// Error returns the text of Err.
func (e LastingError) Error() string { return e.Err.Error() }

// Unwrap returns Err.
func (e LastingError) Unwrap() error { return e.Err }

// Permanent is true. A retry policy looks for it.
func (e LastingError) Permanent() bool { return true }
