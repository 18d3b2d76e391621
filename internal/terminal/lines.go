package terminal

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/charmbracelet/x/term"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/words"
)

// LinesOptions are the options of the output by lines.
type LinesOptions struct {
	In  io.Reader
	Out io.Writer
	// ASCII restricts the output to ASCII.
	ASCII bool
	// StatusEvery is the interval of status lines in real time; with 0 they are
	// written only when the user presses Enter.
	StatusEvery time.Duration
	// Events contains the events of the run.
	Events *event.Backlog
	// Snapshot returns the present state of the run, and its time.
	Snapshot func() (stats.Snapshot, time.Duration)
}

// Lines is the dashboard as lines of text. Only Follow writes.
type Lines struct {
	LinesOptions
	run *event.Run
	// told is when the event of the last line was.
	told time.Duration

	reports chan string
	bells   chan struct{}
	ends    chan struct{} // holds one
	done    chan struct{} // closed when Follow has returned
}

// NewLines returns a dashboard that writes lines. It writes nothing before
// Follow.
func NewLines(o LinesOptions) *Lines {
	return &Lines{
		LinesOptions: o, reports: make(chan string), bells: make(chan struct{}),
		ends: make(chan struct{}, 1), done: make(chan struct{}),
	}
}

// Heed starts to handle signals: they end Follow.
func (p *Lines) Heed() *Signals { return handleSignals(p.End, func() {}, nil) }

// Say asks Follow to write a line, and blocks until it takes the line or has
// ended.
func (p *Lines) Say(line string) {
	select {
	case p.reports <- line:
	case <-p.done:
	}
}

// Ring asks Follow to ring the bell, where the output is a terminal; it blocks
// as Say does.
func (p *Lines) Ring() {
	select {
	case p.bells <- struct{}{}:
	case <-p.done:
	}
}

// End asks Follow to end. It never blocks.
func (p *Lines) End() {
	select {
	case p.ends <- struct{}{}:
	default:
	}
}

// Follow writes until the run ends or End is called; byItself is true for the
// end of the run. It is called once. After it, Say and Ring do not block any
// more.
func (p *Lines) Follow() (byItself bool, err error) {
	defer close(p.done)
	var ticks <-chan time.Time
	if every := p.StatusEvery; every > 0 {
		t := time.NewTicker(every)
		defer t.Stop()
		ticks = t.C
	}
	enters := p.enters()
	for err == nil && !byItself {
		select {
		case <-p.Events.C():
			byItself, err = p.events()
		case line := <-p.reports:
			err = p.write(line)
		case <-p.bells:
			if f := FileOf(p.Out); f != nil && term.IsTerminal(f.Fd()) {
				_, err = f.WriteString("\a")
			}
		case <-ticks:
			err = p.write(p.status())
		case <-enters:
			err = p.write(p.status())
		case <-p.ends:
			_, err = p.events() // events until now
			return false, err
		}
	}
	return byItself, err
}

// enters sends a value for each line that is typed. A read of a terminal cannot
// be cancelled, so this goroutine ends with the program; nothing else reads from
// the terminal then.
func (p *Lines) enters() <-chan struct{} {
	f, ok := p.In.(*os.File)
	if !ok || !term.IsTerminal(f.Fd()) {
		return nil
	}
	enters := make(chan struct{})
	go func() {
		for typed := bufio.NewScanner(f); typed.Scan(); {
			select {
			case enters <- struct{}{}:
			case <-p.done:
				return
			}
		}
	}()
	return enters
}

// events writes the new events; ended says that the run is over.
func (p *Lines) events() (ended bool, err error) {
	list, lost := p.Events.Drain(nil)
	if lost > 0 {
		err = p.write(fmt.Sprintf("%d events are left out, since nobody read the lines", lost))
	}
	for i := range list {
		e := &list[i]
		if e.Run != nil {
			p.run, p.told = e.Run, e.At
			err = errors.Join(err, p.write(p.head()))
		}
		if event.Notable(e, p.run) && !repeated(e) {
			err = errors.Join(err, p.tell(sentence.Describe(e, p.run)))
		}
		ended = ended || e.Kind == event.RunEnded
	}
	return ended, err
}

// tell writes a notable event, after a line with the day where another one has begun.
func (p *Lines) tell(l sentence.Line) (err error) {
	if day := sentence.NewDay(p.run, l.At, p.told); day != "" {
		err = p.write(day)
	}
	p.told = l.At
	return errors.Join(err, p.write(lineText(p.run, l)))
}

// repeated is true for the later rounds of an open circuit's probes. Where lines stay, one
// round says that it sends them; an endpoint may be down for hours.
func repeated(e *event.Event) bool { return e.Kind == event.StateChanged && e.Change.Round > 1 }

// lineText words a notable event in one line: when, who, what.
func lineText(run *event.Run, l sentence.Line) string {
	text := sentence.Moment(run, l.At)
	if _, dated := run.Date(l.At); l.Batch > 0 && !dated {
		text += fmt.Sprintf(" batch %d", l.Batch)
	}
	if l.Name != "" {
		text += " " + l.Name
	}
	return text + ": " + l.Text
}

// head describes the run and the keys.
func (p *Lines) head() string {
	text := fmt.Sprintf("resiltui %s: %s", p.run.Scenario, words.Counted(len(p.run.Sensors), "sensor"))
	if date, ok := p.run.Date(0); ok {
		text = fmt.Sprintf("resiltui %s: %s, %s, %s", p.run.Scenario, words.Counted(len(p.run.Sensors), "endpoint"), words.Day(date), words.Zone(date))
	}
	if p.run.Virtual {
		text += fmt.Sprintf(", seed %d, a batch every %v", p.run.Seed, p.run.Interval)
	}
	if f, ok := p.In.(*os.File); ok && term.IsTerminal(f.Fd()) {
		text += "; Enter says how it stands, ctrl+c ends"
	}
	return text
}

// maxNamed is how many circuits a status line names at most.
const maxNamed = 5

// status is the status line.
func (p *Lines) status() string {
	s, now := p.Snapshot()
	if s.Run == nil {
		return "status: nothing has run yet"
	}
	if _, dated := s.Run.Date(0); dated {
		return endpointStatus(&s, max(now, s.At))
	}
	text := fmt.Sprintf("status %s batch %d: %d live, %d stale, %d fast-fail, %d missing; %d faults; %d open",
		words.Clock(max(now, s.At)), s.Batch, s.Live, s.Stale, s.FastFail, s.Missing, s.Faults, s.Open)
	named, sep := 0, ": "
	for i := range s.Sensors {
		v := &s.Sensors[i]
		if st := v.Circuit.State; st != breaker.Open && st != breaker.ForcedOpen {
			continue
		}
		if named++; named > maxNamed {
			return text + fmt.Sprintf(" and %d more", s.Open-maxNamed)
		}
		text += sep + v.ID + " " + v.Name
		if wait := v.Circuit.ProbeAt - max(now, s.At); v.Circuit.State == breaker.Open && wait > 0 {
			text += " (probe in " + words.Seconds(wait) + ")"
		}
		sep = ", "
	}
	return text
}

// write writes a line of the program's own, cleaned, and in ASCII where that is
// asked for.
func (p *Lines) write(line string) error {
	line = words.Clean(line, 1000)
	if p.ASCII {
		line = asciiOnly(line)
	}
	_, err := fmt.Fprintln(p.Out, line)
	return err
}

// asciiOnly replaces characters by their ASCII form, and those without one by ?.
func asciiOnly(line string) string {
	equals := map[rune]string{'→': "->", '°': "deg ", '×': "x", '…': "...", 'µ': "u", '–': "-", '≈': "~"}
	var out []byte
	for _, r := range line {
		switch equal, ok := equals[r]; {
		case r < 0x80:
			out = append(out, byte(r))
		case ok:
			out = append(out, equal...)
		default:
			out = append(out, '?')
		}
	}
	return string(out)
}
