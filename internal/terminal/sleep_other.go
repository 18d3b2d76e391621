//go:build !unix

package terminal

import "os"

// sleeper does nothing on systems that cannot stop a process.
type sleeper struct{}

func newSleeper(*Screen) *sleeper          { return &sleeper{} }
func (s *sleeper) notify(chan<- os.Signal) {}
func (s *sleeper) handle(os.Signal)        {}
func (s *sleeper) stop()                   {}
func (s *sleeper) redraw()                 {}
