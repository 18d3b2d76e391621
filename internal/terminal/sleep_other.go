//go:build !unix

package terminal

import "os"

// sleeper stands where processes cannot be stopped: everything goes on.
type sleeper struct{}

func newSleeper(*Screen) *sleeper          { return &sleeper{} }
func (s *sleeper) notify(chan<- os.Signal) {}
func (s *sleeper) told(os.Signal)          {}
func (s *sleeper) stop()                   {}
func (s *sleeper) redraw()                 {}
