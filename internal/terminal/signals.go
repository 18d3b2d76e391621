package terminal

import (
	"io"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
)

// StopTime is how long the parts of the program may take to stop before it ends
// without them.
const StopTime = 2 * time.Second

// Exit statuses of a program that a signal has ended, as shells give them.
const (
	ExitHangup      = 128 + int(syscall.SIGHUP)
	ExitInterrupted = 128 + int(syscall.SIGINT)
	ExitQuit        = 128 + int(syscall.SIGQUIT)
)

// exitAbandoned is the status after an end that was not orderly.
const exitAbandoned = 1

// Signals ends the program in an orderly way when it is told to go, so that the
// terminal is given back, and lets it be stopped and continued. A terminal that
// does not read would hold an orderly end up for ever: a second signal, or
// StopTime, ends the program without it, in the terminal mode that it found.
type Signals struct {
	ask      func()
	giveBack func()
	code     atomic.Int32 // see Status
	done     chan struct{}
}

// heed begins to heed signals. ask asks for an orderly end, and does not block;
// giveBack is for one that is not orderly. A nil sleep leaves ctrl+z to the
// system.
func heed(ask, giveBack func(), sleep *sleeper) *Signals {
	h := &Signals{ask: ask, giveBack: giveBack, done: make(chan struct{})}
	ends := make(chan os.Signal, 1)
	signal.Notify(ends, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT)
	stops := make(chan os.Signal, 1)
	if sleep != nil {
		sleep.notify(stops)
	}
	go func() {
		defer signal.Stop(ends)
		defer signal.Stop(stops)
		for {
			select {
			case first := <-ends:
				h.end(first, ends)
				return
			case sig := <-stops:
				go sleep.told(sig) // waits for a program that may be waiting for the terminal
			case <-h.done:
				return
			}
		}
	}()
	return h
}

// end asks for an orderly end, and sees to it that an end comes.
func (h *Signals) end(first os.Signal, more <-chan os.Signal) {
	switch first {
	case syscall.SIGINT:
		h.code.Store(int32(ExitInterrupted))
	case syscall.SIGHUP:
		h.code.Store(int32(ExitHangup))
	case syscall.SIGQUIT:
		h.code.Store(int32(ExitQuit))
	}
	h.ask()
	t := time.NewTimer(StopTime)
	defer t.Stop()
	select {
	case <-h.done:
		return
	case <-more:
	case <-t.C:
	}
	h.giveBack()
	if status := h.Status(); status != 0 {
		os.Exit(status)
	}
	os.Exit(exitAbandoned)
}

// Status is what to exit with, as far as signals have a say in it: 0 for SIGTERM,
// which asks for no more than q does.
func (h *Signals) Status() int { return int(h.code.Load()) }

// Stop lets signals do again what they do by themselves.
func (h *Signals) Stop() { close(h.done) }

// keepMode remembers the mode of the terminal that in is, if it is one, and
// returns what sets it again and leaves the other screen, whatever still waits
// to be read from the terminal.
func keepMode(in io.Reader, out *os.File) (giveBack func()) {
	restore := func() {}
	if f, ok := in.(*os.File); ok {
		if state, err := term.GetState(f.Fd()); err == nil {
			restore = func() { _ = term.Restore(f.Fd(), state) }
		}
	}
	return func() {
		leave(out)
		restore()
	}
}

// leaving is what Bubble Tea writes when it leaves the screen.
const leaving = ansi.ResetModifyOtherKeys + "\x1b[<1u" + ansi.ResetModeAltScreenSaveCursor + ansi.SetModeTextCursorEnable +
	ansi.ResetModeBracketedPaste + ansi.ResetModeMouseButtonEvent + ansi.ResetModeMouseAnyEvent + ansi.ResetModeMouseExtSgr

// leaveTime is how long a terminal may take to be left.
const leaveTime = 200 * time.Millisecond

// leave writes what leaves the screen. What nobody has read is thrown away
// first, since it would be in the way: a part of a picture that is not shown any
// more. A terminal that takes nothing all the same is left as it is.
func leave(out *os.File) {
	written := make(chan struct{})
	go func() {
		_, _ = out.WriteString(leaving) // after a write of the screen that waits
		close(written)
	}()
	again := time.NewTicker(leaveTime / 10)
	defer again.Stop()
	late := time.NewTimer(leaveTime)
	defer late.Stop()
	discard(out)
	for {
		select {
		case <-written:
			return
		case <-again.C:
			discard(out)
		case <-late.C:
			return
		}
	}
}

// wokenMsg says that the process was continued after a stop that it did not
// make itself.
type wokenMsg struct{}

var _ tea.Msg = wokenMsg{}
