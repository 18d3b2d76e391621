package terminal

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
)

// line is a terminal at the end of a line that takes a piece now and then, or
// nothing at all.
type line struct {
	took  bytes.Buffer
	takes func() // returns when the next piece is taken; nil is at once
	err   error
}

func (l *line) Write(p []byte) (int, error) {
	if l.takes != nil {
		l.takes()
	}
	if l.err != nil {
		return 0, l.err
	}
	return l.took.Write(p)
}

// queueTo is a queue to a line, and how often it has caught up.
func queueTo(l *line) (q *queue, freed *atomic.Int32) {
	freed = &atomic.Int32{}
	return &queue{to: l, free: func() { freed.Add(1) }, fail: func(error) {}}, freed
}

func TestATerminalThatReadsIsNeverBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &line{takes: func() { time.Sleep(time.Millisecond) }}
		q, freed := queueTo(l)
		for range 100 {
			if n, err := q.Write(make([]byte, 5*pieceSize)); n != 5*pieceSize || err != nil || q.Behind() {
				t.Fatalf("%d bytes, %v, behind %v", n, err, q.Behind())
			}
		}
		if l.took.Len() != 500*pieceSize || freed.Load() != 0 {
			t.Errorf("it took %d bytes, and caught up %d times", l.took.Len(), freed.Load())
		}
	})
}

func TestNobodyWaitsLongForATerminalThatDoesNotRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		reads := make(chan struct{})
		l := &line{takes: func() { <-reads }}
		q, freed := queueTo(l)
		began := time.Now()
		for range 20 {
			_, _ = q.WriteString("picture ")
		}
		if took := time.Since(began); took != promptTime {
			t.Errorf("twenty pictures took %v, not %v", took, promptTime)
		}
		if !q.Behind() {
			t.Error("it is not behind")
		}
		close(reads)
		synctest.Wait()
		if q.Behind() || freed.Load() != 1 {
			t.Errorf("it reads again: behind %v, told %d times", q.Behind(), freed.Load())
		}
		if got := l.took.String(); got != strings.Repeat("picture ", 20) {
			t.Errorf("it took %q", got)
		}
	})
}

func TestASlowTerminalGetsEveryByteInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		random := rand.New(rand.NewPCG(1, 2))
		l := &line{takes: func() { time.Sleep(time.Duration(random.Int64N(int64(stillTime)))) }}
		q, _ := queueTo(l)
		var all bytes.Buffer
		for i := range 200 {
			picture := bytes.Repeat([]byte{byte(i)}, 1+i*17%3000)
			all.Write(picture)
			_, _ = q.Write(picture)
		}
		q.End()
		_, _ = q.WriteString("the end")
		if q.Unread() || !bytes.Equal(l.took.Bytes(), append(all.Bytes(), "the end"...)) {
			t.Errorf("it took %d bytes of %d, unread %v", l.took.Len(), all.Len()+len("the end"), q.Unread())
		}
	})
}

func TestTheEndWaitsForATerminalOnlyWhileItTakesSomething(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		reads := make(chan struct{}, 100)
		for range 3 {
			reads <- struct{}{}
		}
		l := &line{takes: func() { <-reads }}
		q, _ := queueTo(l)
		_, _ = q.Write(make([]byte, 10*pieceSize))
		q.End()
		began := time.Now()
		_, _ = q.WriteString("the end")
		_, _ = q.WriteString("and more")
		if took := time.Since(began); took < stillTime || took > 2*stillTime || !q.Unread() {
			t.Errorf("the end took %v, unread %v", took, q.Unread())
		}
		reads <- struct{}{}
		synctest.Wait()
		if l.took.Len() != 4*pieceSize {
			t.Errorf("%d bytes were taken; what was under way and nothing else should follow", l.took.Len()-3*pieceSize)
		}
		q.Open()
		close(reads)
		_, _ = q.WriteString("again")
		if !strings.HasSuffix(l.took.String(), "\x00again") {
			t.Error("after it was opened again nothing is written")
		}
	})
}

func TestWhatWaitsForATerminalHasABound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		reads := make(chan struct{})
		q, _ := queueTo(&line{takes: func() { <-reads }})
		_, _ = q.Write(make([]byte, maxQueued))
		time.AfterFunc(time.Hour, func() { close(reads) })
		began := time.Now()
		_, _ = q.Write(make([]byte, 2*pieceSize))
		if took := time.Since(began); took < time.Minute {
			t.Errorf("more was taken after %v", took)
		}
	})
}

func TestATerminalThatWentAwayIsToldAndHoldsNobodyUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		gone := errors.New("gone")
		var told error
		q := &queue{to: &line{err: gone}, free: func() {}, fail: func(err error) { told = err }}
		_, _ = q.WriteString("picture")
		if !errors.Is(told, gone) || q.Behind() {
			t.Errorf("told %v, behind %v", told, q.Behind())
		}
	})
}

// counted is a model that counts how often it is drawn, and knows its width.
type counted struct {
	drawn int
	width int
}

func (c *counted) Init() tea.Cmd { return nil }

func (c *counted) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if size, ok := msg.(tea.WindowSizeMsg); ok {
		c.width = size.Width
	}
	return c, nil
}

func (c *counted) View() tea.View {
	c.drawn++
	return tea.NewView(strings.Repeat("x", c.drawn))
}

func TestNothingIsDrawnForATerminalThatIsBehind(t *testing.T) {
	m, behind := &counted{}, false
	g := &guarded{inner: m, fail: func(error) {}, behind: func() bool { return behind }}
	first := g.View()
	behind = true
	if late := g.View(); late.Content != first.Content || m.drawn != 1 {
		t.Errorf("drawn %d times, the view is %q", m.drawn, late.Content)
	}
	behind = false
	if now := g.View(); now.Content != "xx" {
		t.Errorf("afterwards the view is %q", now.Content)
	}
}

func TestTheNewestSizeIsToldWhenTheTerminalHasCaughtUp(t *testing.T) {
	s := &Screen{out: &queue{behind: true}}
	for _, width := range []int{80, 90, 100} {
		if msg := s.filter(nil, tea.WindowSizeMsg{Width: width}); msg != nil {
			t.Errorf("a size is told: %v", msg)
		}
	}
	if msg := s.filter(nil, tea.RawMsg{Msg: "\a"}); msg != nil {
		t.Errorf("a bell waits: %v", msg)
	}
	s.out.Open()
	if msg := s.filter(nil, caughtUpMsg{}); msg != (tea.WindowSizeMsg{Width: 100}) {
		t.Errorf("%v is told", msg)
	}
	if msg := s.filter(nil, caughtUpMsg{}); msg != (caughtUpMsg{}) {
		t.Errorf("the second time %v is told", msg)
	}
}
