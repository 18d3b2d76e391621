package event

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/synctest"
)

// lines parses a log and returns its numbers, and the sizes of its gaps.
func lines(t *testing.T, log string) (numbers, gaps []uint64) {
	t.Helper()
	for line := range strings.Lines(log) {
		var l struct {
			Seq, Lost uint64
			Kind      string
		}
		if err := json.Unmarshal([]byte(line), &l); err != nil || !strings.HasSuffix(line, "\n") {
			t.Fatalf("%q is no line of JSON: %v", line, err)
		}
		if l.Kind == "gap" {
			gaps = append(gaps, l.Lost)
		} else {
			numbers = append(numbers, l.Seq)
		}
	}
	return numbers, gaps
}

func TestTailWritesAndFlushesWhatHappensAsItHappens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := NewHub()
		sub := h.Subscribe()
		defer sub.Close()
		var out bytes.Buffer
		done, ended := make(chan struct{}), make(chan error, 1)
		go func() { ended <- Tail(done, sub, bufio.NewWriter(&out)) }()
		for n := 1; n <= 3; n++ {
			publish(h, 1)
			synctest.Wait()
			if got, _ := lines(t, out.String()); len(got) != n {
				t.Errorf("after %d events the file has %d lines", n, len(got))
			}
		}
		close(done)
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

func TestTailWritesWhatIsStillWaitingAtTheEnd(t *testing.T) {
	h := NewHub()
	sub := h.Subscribe()
	done := make(chan struct{})
	publish(h, 100)
	close(done)
	var out bytes.Buffer
	if err := Tail(done, sub, bufio.NewWriter(&out)); err != nil {
		t.Error(err)
	}
	if got, gaps := lines(t, out.String()); len(got) != 100 || got[0] != 1 || got[99] != 100 || gaps != nil {
		t.Errorf("got %v, gaps %v", got, gaps)
	}
}

// lateWriter publishes something the moment the first line is written, and ends
// the tail.
type lateWriter struct {
	bytes.Buffer
	once func()
}

func (w *lateWriter) Write(p []byte) (int, error) {
	if w.once != nil {
		w.once()
		w.once = nil
	}
	return w.Buffer.Write(p)
}

func TestTailReadsOnceMoreAfterDone(t *testing.T) {
	h := NewHub()
	sub := h.Subscribe()
	done := make(chan struct{})
	publish(h, 1)
	w := &lateWriter{once: func() { publish(h, 2); close(done) }}
	if err := Tail(done, sub, bufio.NewWriter(w)); err != nil {
		t.Error(err)
	}
	if got, _ := lines(t, w.String()); len(got) != 3 {
		t.Errorf("got %v, want three lines", got)
	}
}

func TestTailTellsHowManyEventsItMissed(t *testing.T) {
	h := NewHub()
	sub := h.Subscribe()
	done := make(chan struct{})
	publish(h, RingSize+10)
	close(done)
	var out bytes.Buffer
	if err := Tail(done, sub, bufio.NewWriter(&out)); err != nil {
		t.Error(err)
	}
	first, _, _ := strings.Cut(out.String(), "\n")
	if first != `{"kind":"gap","lost":10}` {
		t.Errorf("the first line is %s", first)
	}
	numbers, gaps := lines(t, out.String())
	if len(numbers) != RingSize || numbers[0] != 11 || len(gaps) != 1 {
		t.Errorf("%d lines from %d on, %d gaps", len(numbers), numbers[0], len(gaps))
	}
}

// brokenWriter fails once it has taken so many bytes.
type brokenWriter struct{ left int }

var errDiskFull = errors.New("no space left on device")

func (w *brokenWriter) Write(p []byte) (int, error) {
	if w.left -= len(p); w.left < 0 {
		return 0, errDiskFull
	}
	return len(p), nil
}

func TestTailEndsWithTheFirstErrorOfItsWriter(t *testing.T) {
	for name, c := range map[string]struct {
		events int
		w      io.Writer
	}{
		"small, at the flush":         {1, &brokenWriter{}},
		"large, while it was written": {1000, &brokenWriter{}},
		"later":                       {1000, &brokenWriter{left: 5000}},
	} {
		t.Run(name, func(t *testing.T) {
			h := NewHub()
			sub := h.Subscribe()
			publish(h, c.events)
			if err := Tail(nil, sub, bufio.NewWriter(c.w)); !errors.Is(err, errDiskFull) {
				t.Errorf("got %v", err)
			}
			publish(h, 2*RingSize) // the engine runs on
		})
	}
}
