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

// StopTime is how long each part of the program may take to stop; then the
// program ends without it.
const StopTime = 2 * time.Second

// Exit statuses of a program that was ended by a signal, as shells report them:
// 128 plus the number of the signal.
const (
	ExitHangup      = 128 + int(syscall.SIGHUP)
	ExitInterrupted = 128 + int(syscall.SIGINT)
	ExitQuit        = 128 + int(syscall.SIGQUIT)
)

// exitAbandoned is the status where the program could not end in an orderly way.
const exitAbandoned = 1

// Signals ends the program in an orderly way on a signal, so that the terminal is
// restored, and lets it be stopped and continued. A terminal that reads nothing
// would block an orderly end for ever. So after a second signal, or after
// StopTime, the program ends without waiting for it and restores the terminal
// mode that it found.
type Signals struct {
	ask             func()
	restoreTerminal func()
	code            atomic.Int32 // see Status
	done            chan struct{}
}

// handleSignals starts to handle signals. ask asks for an orderly end and does not block;
// restoreTerminal restores the terminal where the end is not orderly. With a nil sleep,
// ctrl+z is left to the system.
func handleSignals(ask, restoreTerminal func(), sleep *sleeper) *Signals {
	h := &Signals{ask: ask, restoreTerminal: restoreTerminal, done: make(chan struct{})}
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
				go sleep.handle(sig) // blocks while the program waits for the terminal
			case <-h.done:
				return
			}
		}
	}()
	return h
}

// end asks for an orderly end, and forces one where that does not come.
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
	h.restoreTerminal()
	if status := h.Status(); status != 0 {
		os.Exit(status)
	}
	os.Exit(exitAbandoned)
}

// Status is the exit status that the signals ask for: 0 without one, and for
// SIGTERM, which means the same as q.
func (h *Signals) Status() int { return int(h.code.Load()) }

// Stop restores the default effect of the signals.
func (h *Signals) Stop() { close(h.done) }

// keepMode stores the mode of the terminal in, if it is one. The returned
// function restores it and leaves the alternate screen, even where output is
// still waiting for the terminal.
func keepMode(in io.Reader, out *os.File) (restoreTerminal func()) {
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

// leaving is what Bubble Tea writes when it leaves the full screen, after the end of
// a frame: a terminal that got half of one would wait for the rest, and keep its
// colour.
const leaving = ansi.ResetModeSynchronizedOutput + ansi.ResetStyle + ansi.ResetModifyOtherKeys + "\x1b[<1u" +
	ansi.ResetModeAltScreenSaveCursor + ansi.SetModeTextCursorEnable + ansi.ResetModeBracketedPaste +
	ansi.ResetModeMouseButtonEvent + ansi.ResetModeMouseAnyEvent + ansi.ResetModeMouseExtSgr +
	"\x1b]2;\x07" + ansi.ResetModeUnicodeCore

// leaveTime is how long leaving the full screen may take.
const leaveTime = 200 * time.Millisecond

// leave writes the sequences that leave the full screen. First it discards output
// that the terminal has not read, which would block the write: it is part of a
// frame that nobody will see. Where the terminal still reads nothing, leave gives
// up.
func leave(out *os.File) {
	discard(out)
	written := make(chan struct{})
	go func() {
		_, _ = out.WriteString(leaving) // after a write of the screen that may be blocked
		close(written)
	}()
	again := time.NewTicker(leaveTime / 10)
	defer again.Stop()
	late := time.NewTimer(leaveTime)
	defer late.Stop()
	for discarded := false; ; discarded = true {
		select {
		case <-written:
			if discarded { // perhaps what was just written as well; there is room for it now
				_, _ = out.WriteString(leaving)
			}
			return
		case <-again.C:
			discard(out)
		case <-late.C:
			return
		}
	}
}

// wokenMsg says that the process was continued after a stop that it did not cause
// itself.
type wokenMsg struct{}

var _ tea.Msg = wokenMsg{}
