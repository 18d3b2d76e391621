package terminal

import (
	"errors"
	"io"
	"os"
	"reflect"
	"sync"
	"syscall"

	tea "charm.land/bubbletea/v2"
)

// Screen is the program on the full screen, and the error that ended it. A part that
// cannot go on calls fail, which ends the program in an orderly way.
type Screen struct {
	program         *tea.Program
	sleep           *sleeper
	out             *queue
	keeper          keeper
	restoreTerminal func() // restores the terminal where the end is not orderly
	notice          func(line string) tea.Msg
	// resized is the newest size that was kept from the model, because the terminal
	// is behind. Only the program's own loop uses it.
	resized tea.Msg

	mu  sync.Mutex
	err error // guarded by mu
}

// NewScreen returns a program that shows a model on the terminal out and reads keys
// from in. notice makes the message for a line that the model shows for a moment. A
// panic of the model or of its Cmds ends the program, and so does the loss of the
// terminal. NewScreen stores the present mode of the terminal, to restore it.
func NewScreen(m tea.Model, in io.Reader, out *os.File, notice func(line string) tea.Msg, opts ...tea.ProgramOption) *Screen {
	s := &Screen{notice: notice}
	s.out = &queue{File: out, to: out, fail: s.fail, free: s.caughtUp}
	leave := keepMode(in, out)
	s.keeper = keep(out)
	s.restoreTerminal = func() {
		s.out.Shut() // otherwise the queue would be written after it
		leave()
	}
	s.program = tea.NewProgram(&guarded{inner: m, fail: s.fail, behind: s.out.Behind},
		append(opts, tea.WithInput(in), tea.WithOutput(s.out), tea.WithoutSignalHandler(), tea.WithFilter(s.filter))...)
	s.sleep = newSleeper(s)
	return s
}

// caughtUp makes the program draw the newest state, after frames were dropped.
func (s *Screen) caughtUp() { s.program.Send(caughtUpMsg{}) }

// End asks the program for an orderly end. It never blocks.
func (s *Screen) End() {
	go s.program.Quit() // blocks while the program is busy, but not after its end
}

// Tell sends a message to the model. It blocks until the program takes it or has
// ended.
func (s *Screen) Tell(msg tea.Msg) { s.program.Send(msg) }

// Say shows a line for a moment. It blocks as Tell does.
func (s *Screen) Say(line string) { s.Tell(s.notice(line)) }

// Ring rings the terminal's bell. It blocks as Tell does.
func (s *Screen) Ring() { s.program.Send(tea.RawMsg{Msg: "\a"}) }

// fail ends the program because of err.
func (s *Screen) fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil { // later errors are consequences of the first
		s.err = err
		s.End()
	}
}

// Heed starts to handle signals: they end, stop and continue the program.
func (s *Screen) Heed() *Signals {
	return handleSignals(s.End, func() {
		s.keeper.Release() // the program exits next
		s.restoreTerminal()
	}, s.sleep)
}

// Run draws until the program ends, and returns what ended it; nil where the user
// did. NotRead is true of the error where nobody read the terminal; the full screen
// was left all the same.
func (s *Screen) Run() error {
	s.keeper.Say(onFull)
	_, err := s.program.Run()
	err = errors.Join(err, s.Print(""))
	s.keeper.Release()
	return err
}

// Print writes text to the terminal after Run, and waits until it and all earlier
// output are read. Its errors are those of Run.
func (s *Screen) Print(text string) error {
	s.out.End()
	_, _ = s.out.WriteString(text)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.out.Unread() {
		s.restoreTerminal()
		return errors.Join(s.err, errNotRead)
	}
	return s.err
}

// filter replaces what Bubble Tea would do in a way that can hang: its own suspend
// waits for ever where nothing can continue a stopped process. It translates keys to
// those that the model knows. While the terminal is behind, it drops redraws,
// resizes and bells.
func (s *Screen) filter(_ tea.Model, msg tea.Msg) tea.Msg {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return latin(msg)
	case tea.WindowSizeMsg:
		if s.resized = nil; s.out.Behind() {
			s.resized = msg
			return nil
		}
		return msg
	case caughtUpMsg:
		if size := s.resized; size != nil {
			s.resized = nil
			return size
		}
		return msg
	case tea.RawMsg:
		if s.out.Behind() {
			return nil
		}
		return msg
	case tea.QuitMsg:
		s.out.End()
		return msg
	case tea.SuspendMsg:
		s.sleep.stop()
		return tea.ResumeMsg{}
	case wokenMsg:
		s.sleep.redraw()
		return tea.ResumeMsg{}
	default:
		return msg
	}
}

// caughtUpMsg says that the terminal has read everything that was drawn.
type caughtUpMsg struct{}

var _ tea.Msg = caughtUpMsg{}

// Gone says whether err means that the terminal does not exist any more: its window
// was closed, or the connection was lost.
func Gone(err error) bool {
	return errors.Is(err, syscall.EIO) || errors.Is(err, syscall.EPIPE) || errors.Is(err, syscall.ENXIO)
}

// guarded wraps a model so that a panic ends the program in an orderly way. Bubble
// Tea catches panics too, but prints the stack on the full screen, which then
// disappears.
type guarded struct {
	inner  tea.Model
	fail   func(error)
	behind func() bool // says that the terminal has not read all output
	drawn  bool
	last   tea.View // the last view that could be drawn
}

// Init is Init of the model.
func (g *guarded) Init() (cmd tea.Cmd) {
	defer g.caught()
	return g.cmd(g.inner.Init())
}

// Update is Update of the model.
func (g *guarded) Update(msg tea.Msg) (m tea.Model, cmd tea.Cmd) {
	m = g
	defer g.caught()
	g.inner, cmd = g.inner.Update(msg)
	return m, g.cmd(cmd)
}

// View is View of the model. It returns the last view again where the model panics,
// or while the terminal is behind.
func (g *guarded) View() tea.View {
	if !g.drawn || !g.behind() {
		g.draw()
	}
	return g.last
}

func (g *guarded) draw() {
	defer g.caught()
	view := g.inner.View()
	view.KeyboardEnhancements.ReportAlternateKeys = true // see latin
	g.last, g.drawn = view, true
}

func (g *guarded) caught() {
	if v := recover(); v != nil {
		g.fail(crashed("the screen", v))
	}
}

// cmd guards a Cmd, and the Cmds in its message.
func (g *guarded) cmd(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer g.caught()
		return g.group(cmd())
	}
}

// group guards the Cmds of a message that is a list of Cmds. tea.BatchMsg is
// exported but the message of tea.Sequence is not, so group looks for slices by
// reflection.
func (g *guarded) group(msg tea.Msg) tea.Msg {
	if v := reflect.ValueOf(msg); v.Kind() == reflect.Slice {
		for i := range v.Len() {
			if cmd, ok := v.Index(i).Interface().(tea.Cmd); ok {
				v.Index(i).Set(reflect.ValueOf(g.cmd(cmd)))
			}
		}
	}
	return msg
}
