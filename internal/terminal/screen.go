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

// Screen is the program that draws, and how it came to its end. Whoever finds
// that it cannot go on tells fail, and it ends in an orderly way.
type Screen struct {
	program  *tea.Program
	sleep    *sleeper
	out      *queue
	giveBack func() // for an end that is not orderly
	notice   func(line string) tea.Msg
	// resized is the newest size that the model was not told, since the terminal is
	// behind. The program's own loop alone knows it.
	resized tea.Msg

	mu  sync.Mutex
	err error // guarded by mu
}

// NewScreen returns a program that shows a model on the terminal out and reads
// keys from in. notice is a line to be shown for a moment, as a message for the
// model. Panics of the model and of its Cmds end the program, and so does a
// terminal that went away. It remembers the mode that the terminal is in.
func NewScreen(m tea.Model, in io.Reader, out *os.File, notice func(line string) tea.Msg, opts ...tea.ProgramOption) *Screen {
	s := &Screen{notice: notice}
	s.out = &queue{File: out, to: out, fail: s.fail, free: s.caughtUp}
	leave := keepMode(in, out)
	s.giveBack = func() {
		s.out.Shut() // or what waits would follow
		leave()
	}
	s.program = tea.NewProgram(&guarded{inner: m, fail: s.fail, behind: s.out.Behind},
		append(opts, tea.WithInput(in), tea.WithOutput(s.out), tea.WithoutSignalHandler(), tea.WithFilter(s.filter))...)
	s.sleep = newSleeper(s)
	return s
}

// caughtUp has the newest picture drawn, after a time in which none was.
func (s *Screen) caughtUp() { s.program.Send(caughtUpMsg{}) }

// End asks for an orderly end. It never blocks.
func (s *Screen) End() {
	go s.program.Quit() // blocks while the program is busy, and not after its end
}

// Tell gives a message to the model. It blocks until the program takes it or has
// ended.
func (s *Screen) Tell(msg tea.Msg) { s.program.Send(msg) }

// Say shows a line for a moment, as Tell says.
func (s *Screen) Say(line string) { s.Tell(s.notice(line)) }

// Ring rings the terminal's bell, as Say says.
func (s *Screen) Ring() { s.program.Send(tea.RawMsg{Msg: "\a"}) }

// fail ends the program because of err.
func (s *Screen) fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil { // what follows is the consequence
		s.err = err
		s.End()
	}
}

// Heed begins to heed signals: they end the program, stop it and continue it.
func (s *Screen) Heed() *Signals { return heed(s.End, s.giveBack, s.sleep) }

// Run draws until the program ends, and says what ended it; nil where the user
// did. Where the terminal was not read, which NotRead tells, it was left all the
// same.
func (s *Screen) Run() error {
	_, err := s.program.Run()
	return errors.Join(err, s.Print(""))
}

// Print writes text to the terminal after Run, and waits for it and what was written
// before. The error is as that of Run.
func (s *Screen) Print(text string) error {
	s.out.End()
	_, _ = s.out.WriteString(text)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.out.Unread() {
		s.giveBack()
		return errors.Join(s.err, errNotRead)
	}
	return s.err
}

// filter carries out what Bubble Tea would do in a way that can hang: where
// nobody can wake a stopped process up again, its own suspend waits for ever.
// A key becomes one that the model knows. While the terminal is behind, nothing is
// drawn, whatever its size, and no bell waits to be rung.
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

// caughtUpMsg says that the terminal has taken all that was drawn.
type caughtUpMsg struct{}

var _ tea.Msg = caughtUpMsg{}

// Gone says whether an error means that there is no terminal any more: its
// window was closed, or the connection to it was lost.
func Gone(err error) bool {
	return errors.Is(err, syscall.EIO) || errors.Is(err, syscall.EPIPE) || errors.Is(err, syscall.ENXIO)
}

// guarded is a model whose panics end the program instead of the process.
// Bubble Tea catches them as well, but prints the stack on a screen that is
// about to go away.
type guarded struct {
	inner  tea.Model
	fail   func(error)
	behind func() bool // says that the terminal takes no more
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

// View is View of the model, or its last one where it panics, or where the terminal
// would not take another.
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

// cmd guards a Cmd, and those that it brings forth.
func (g *guarded) cmd(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer g.caught()
		return g.group(cmd())
	}
}

// group guards the Cmds of a message that is a list of them. That of Batch has a
// name and that of Sequence has none, so it is their kind that tells.
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
