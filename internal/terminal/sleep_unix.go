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

// awakeTime is how long the process waits for its stop to begin. If it runs then, it
// was continued already.
const awakeTime = 100 * time.Millisecond

// sleeper stops the process as ctrl+z does, and restores the terminal while it
// is stopped.
type sleeper struct {
	program *tea.Program
	screen  *Screen
	// stopped says that the program has stopped itself, and that the signal which
	// continues it is not handled yet: stop alone takes the terminal back then. Bubble
	// Tea must not do it twice at once.
	stopped atomic.Bool
	// restored is when the program last took the terminal back. Only the
	// program's own loop uses it.
	restored time.Time
}

func newSleeper(s *Screen) *sleeper { return &sleeper{program: s.program, screen: s} }

// notify sends the signals that stop and continue a process to c.
func (s *sleeper) notify(c chan<- os.Signal) {
	signal.Notify(c, syscall.SIGTSTP, syscall.SIGCONT)
}

// handle executes a signal from outside. It blocks while the program is busy.
func (s *sleeper) handle(sig os.Signal) {
	switch {
	case sig == syscall.SIGTSTP:
		s.program.Send(tea.SuspendMsg{})
	case !s.stopped.CompareAndSwap(true, false): // continued after SIGSTOP, which a process cannot catch
		s.program.Send(wokenMsg{})
	}
}

// stop returns when the process is continued. Only the program's own loop may
// call it.
func (s *sleeper) stop() {
	if !canBeContinued() {
		return
	}
	s.stopped.Store(true)
	s.screen.out.End()
	defer s.screen.out.Open()
	if s.program.ReleaseTerminal() != nil {
		s.stopped.Store(false)
		return
	}
	if s.screen.out.Unread() {
		s.screen.restoreTerminal()
	}
	s.screen.keeper.Say(onLeft)
	woken := make(chan os.Signal, 1)
	signal.Notify(woken, syscall.SIGCONT)
	defer signal.Stop(woken)
	// Stop the whole job, as the terminal would. SIGTSTP cannot be used: once
	// os/signal has caught it, its default effect cannot be restored.
	_ = syscall.Kill(0, syscall.SIGSTOP)
	t := time.NewTimer(awakeTime)
	defer t.Stop()
	select {
	case <-woken:
	case <-t.C: // continued already: time passes while a process is stopped
	}
	s.restore()
}

// restore takes the terminal back.
func (s *sleeper) restore() {
	s.screen.out.Open()
	s.screen.keeper.Say(onFull)
	_ = s.program.RestoreTerminal()
	s.restored = time.Now()
}

// canBeContinued says whether something can continue a stopped job: a shell puts
// each job into a process group of its own. In the group of the session leader
// the program is all that runs in its window, and nothing could continue it;
// there the system ignores ctrl+z too.
func canBeContinued() bool {
	leader, _, errno := syscall.RawSyscall(syscall.SYS_GETSID, 0, 0, 0)
	return errno == 0 && syscall.Getpgrp() != int(leader)
}

// redraw sets the terminal mode that the program needs, and draws everything.
// Only the program's own loop may call it. It does nothing shortly after the terminal
// was taken back: signals may come in pairs, and Bubble Tea asks for the window size in
// the background each time, which must not happen twice at once.
func (s *sleeper) redraw() {
	if time.Since(s.restored) < awakeTime {
		return
	}
	if s.program.ReleaseTerminal() == nil {
		s.restore()
	}
}
