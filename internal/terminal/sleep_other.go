//go:build !unix

package terminal

import (
	"os"

	tea "charm.land/bubbletea/v2"
)

// sleeper stands where processes cannot be stopped: everything goes on.
type sleeper struct{}

func newSleeper(*tea.Program) *sleeper     { return &sleeper{} }
func (s *sleeper) notify(chan<- os.Signal) {}
func (s *sleeper) told(os.Signal)          {}
func (s *sleeper) stop()                   {}
func (s *sleeper) redraw()                 {}
