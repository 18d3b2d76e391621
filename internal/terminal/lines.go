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

// LinesOptions say what is told in lines, and to whom.
type LinesOptions struct {
	In  io.Reader
	Out io.Writer
	// ASCII writes nothing but ASCII.
	ASCII bool
	// StatusEvery is how often in real time a line says how it stands; 0 is only
	// when Enter asks for it.
	StatusEvery time.Duration
	// Told has the events of the run.
	Told *event.Backlog
	// Snapshot is how the run stands, and its time.
	Snapshot func() (stats.Snapshot, time.Duration)
}

// Lines is the dashboard in lines. Only Follow writes.
type Lines struct {
	LinesOptions
	run *event.Run

	reports chan string
	bells   chan struct{}
	ends    chan struct{} // holds one
	done    chan struct{} // closed when nobody follows any more
}

// NewLines returns a dashboard in lines. It writes nothing before Follow.
func NewLines(o LinesOptions) *Lines {
	return &Lines{
		LinesOptions: o, reports: make(chan string), bells: make(chan struct{}),
		ends: make(chan struct{}, 1), done: make(chan struct{}),
	}
}

// Heed begins to heed signals: they end the telling.
func (p *Lines) Heed() *Signals { return heed(p.End, func() {}, nil) }

// Say has a line written.
func (p *Lines) Say(line string) {
	select {
	case p.reports <- line:
	case <-p.done:
	}
}

// Ring has the bell rung, where there is a terminal that can.
func (p *Lines) Ring() {
	select {
	case p.bells <- struct{}{}:
	case <-p.done:
	}
}

// End asks for the end.
func (p *Lines) End() {
	select {
	case p.ends <- struct{}{}:
	default:
	}
}

// Follow writes until the run or somebody ends it. byItself says that it was the
// run. It is called once; nobody is kept waiting after it.
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
		case <-p.Told.C():
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
			_, err = p.events() // what has happened until now
			return false, err
		}
	}
	return byItself, err
}

// enters reports lines that are typed. A terminal cannot be left off reading, so
// the reader ends with the program; nothing else reads it then.
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

// events writes what is new; ended says that the run is over.
func (p *Lines) events() (ended bool, err error) {
	list, lost := p.Told.Drain(nil)
	if lost > 0 {
		err = p.write(fmt.Sprintf("%d events are left out, since nobody read the lines", lost))
	}
	for i := range list {
		e := &list[i]
		if e.Run != nil {
			p.run = e.Run
			err = errors.Join(err, p.write(p.head()))
		}
		if event.Notable(e) {
			err = errors.Join(err, p.write(lineText(sentence.Describe(e, p.run))))
		}
		ended = ended || e.Kind == event.RunEnded
	}
	return ended, err
}

// lineText is a notable event as a line: when, who, what.
func lineText(l sentence.Line) string {
	text := words.Clock(l.At)
	if l.Batch > 0 {
		text += fmt.Sprintf(" batch %d", l.Batch)
	}
	if l.Name != "" {
		text += " " + l.Name
	}
	return text + ": " + l.Text
}

// head says what runs, and what can be asked.
func (p *Lines) head() string {
	text := fmt.Sprintf("resiltui %s: %s", p.run.Scenario, words.Counted(len(p.run.Sensors), "sensor"))
	if p.run.Virtual {
		text += fmt.Sprintf(", seed %d, a batch every %v", p.run.Seed, p.run.Interval)
	}
	if f, ok := p.In.(*os.File); ok && term.IsTerminal(f.Fd()) {
		text += "; Enter says how it stands, ctrl+c ends"
	}
	return text
}

// maxNamed is how many circuits a status line names.
const maxNamed = 5

// status says how it stands.
func (p *Lines) status() string {
	s, now := p.Snapshot()
	if s.Run == nil {
		return "status: nothing has run yet"
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

// write writes a line of ours, clean, and in ASCII where that is asked for.
func (p *Lines) write(line string) error {
	line = words.Clean(line, 1000)
	if p.ASCII {
		line = asciiOnly(line)
	}
	_, err := fmt.Fprintln(p.Out, line)
	return err
}

// asciiOnly writes what has an equal in ASCII with it, and the rest as ?.
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
