//go:build !unix

package guard

import (
	"errors"
	"os"
)

// Guard does nothing here.
type Guard struct{}

// Start always fails.
func Start(string, *os.File, ...string) (*Guard, error) { return nil, errors.ErrUnsupported }

// Group is always 0.
func (*Guard) Group() int { return 0 }

// Say does nothing.
func (*Guard) Say(string) {}

// Release does nothing.
func (*Guard) Release() {}
