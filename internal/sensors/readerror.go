package sensors

import (
	"fmt"

	"resiltui/internal/words"
)

// ReadError is a read that failed, in the words of what refused it. Its text is
// short, stable (the same cause gives the same text, so that failures can be
// counted by it) and clean: no control characters, no credentials.
type ReadError struct {
	Text string
}

// Error returns the text.
func (e *ReadError) Error() string { return e.Text }

// ReadErrorf makes a ReadError of a text that is cleaned and clipped, and of whose
// addresses only what is no secret is left.
func ReadErrorf(format string, args ...any) *ReadError {
	return &ReadError{Text: words.Clean(words.RedactText(fmt.Sprintf(format, args...)), MaxErrorCells)}
}

// ReadErrors makes one error value per text, once, so that no read allocates.
func ReadErrors(texts []string) []error {
	errs := make([]error, len(texts))
	for k, text := range texts {
		errs[k] = &ReadError{Text: words.Clean(text, MaxErrorCells)}
	}
	return errs
}

// TextRefused is the text of a refused connection, both on screens and for counting
// errors.
const TextRefused = "connection refused"
