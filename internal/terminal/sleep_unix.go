//go:build unix

package terminal

import (
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
)

// awakeTime is how long after it stopped itself a process that runs on takes it
// that nothing stopped it.
const awakeTime = 100 * time.Millisecond

// sleeper stops the process as ctrl+z does, with the terminal given back
// meanwhile.
type sleeper struct {
	program *tea.Program
	screen  *Screen
	asleep  atomic.Bool
	// restored is when the terminal was last taken again. The program's own loop
	// alone knows it.
	restored time.Time
}

func newSleeper(s *Screen) *sleeper { return &sleeper{program: s.program, screen: s} }

// notify has the signals that stop and continue sent to c.
func (s *sleeper) notify(c chan<- os.Signal) {
	signal.Notify(c, syscall.SIGTSTP, syscall.SIGCONT)
}

// told carries out a signal from outside. It blocks while the program is busy.
func (s *sleeper) told(sig os.Signal) {
	switch {
	case sig == syscall.SIGTSTP:
		s.program.Send(tea.SuspendMsg{})
	case !s.asleep.Load(): // continued after SIGSTOP, which nobody is told of
		s.program.Send(wokenMsg{})
	}
}

// stop returns when the process goes on again. Only the program's own loop may
// call it.
func (s *sleeper) stop() {
	if !canBeContinued() {
		return
	}
	s.asleep.Store(true)
	defer s.asleep.Store(false)
	s.screen.out.End()
	defer s.screen.out.Open()
	if s.program.ReleaseTerminal() != nil {
		return
	}
	if s.screen.out.Unread() {
		s.screen.giveBack()
	}
	woken := make(chan os.Signal, 1)
	signal.Notify(woken, syscall.SIGCONT)
	defer signal.Stop(woken)
	// The whole job, as the terminal would. SIGTSTP stops nobody who was once
	// told of it: os/signal cannot give it back its default.
	_ = syscall.Kill(0, syscall.SIGSTOP)
	t := time.NewTimer(awakeTime)
	defer t.Stop()
	select {
	case <-woken:
	case <-t.C: // nothing stopped us, or it is over
	}
	s.restore()
}

// restore takes the terminal again.
func (s *sleeper) restore() {
	s.screen.out.Open()
	_ = s.program.RestoreTerminal()
	s.restored = time.Now()
}

// canBeContinued says whether somebody is there to continue a stopped job: a
// shell puts each job into a process group of its own. In the group of the
// session's leader the program is all that runs in its window, and a stop would
// be its end; so there the system ignores ctrl+z too.
func canBeContinued() bool {
	leader, _, errno := syscall.RawSyscall(syscall.SYS_GETSID, 0, 0, 0)
	return errno == 0 && syscall.Getpgrp() != int(leader)
}

// redraw takes the terminal again, in the mode that the program needs, and draws
// everything. Only the program's own loop may call it. What comes right after a
// stop is the echo of the same continuing: told reads its signal when stop may
// have done with it; and Bubble Tea asks for the size in the background each
// time, which must not be asked twice at once.
func (s *sleeper) redraw() {
	if time.Since(s.restored) < awakeTime {
		return
	}
	if s.program.ReleaseTerminal() == nil {
		s.restore()
	}
}
