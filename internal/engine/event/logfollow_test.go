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

func TestALogWritesAndFlushesWhatHappensAsItHappens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := NewBacklog()
		h := NewHub(b)
		var out bytes.Buffer
		done, ended := make(chan struct{}), make(chan error, 1)
		go func() { ended <- new(Log).Follow(done, b, bufio.NewWriter(&out)) }()
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

func TestALogWritesWhatIsStillWaitingAtTheEnd(t *testing.T) {
	b := NewBacklog()
	h := NewHub(b)
	done := make(chan struct{})
	publish(h, 100)
	close(done)
	var out bytes.Buffer
	if err := new(Log).Follow(done, b, bufio.NewWriter(&out)); err != nil {
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

func TestALogReadsOnceMoreAfterDone(t *testing.T) {
	b := NewBacklog()
	h := NewHub(b)
	done := make(chan struct{})
	publish(h, 1)
	w := &lateWriter{once: func() { publish(h, 2); close(done) }}
	if err := new(Log).Follow(done, b, bufio.NewWriter(w)); err != nil {
		t.Error(err)
	}
	if got, _ := lines(t, w.String()); len(got) != 3 {
		t.Errorf("got %v, want three lines", got)
	}
}

func TestALogTellsHowManyEventsItMissedAndWhere(t *testing.T) {
	b := NewBacklog()
	h := NewHub(b)
	done := make(chan struct{})
	h.Publish(Event{Kind: RunStarted, Sensor: NoSensor, Run: testRun()})
	for range MaxBacklog + 9 {
		h.Publish(Event{At: 1500 * ms, Batch: 4, Sensor: NoSensor, Kind: BatchStarted})
	}
	close(done)
	var out bytes.Buffer
	if err := new(Log).Follow(done, b, bufio.NewWriter(&out)); err != nil {
		t.Error(err)
	}
	all := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	if last := all[len(all)-1]; last != `{"atNanoseconds":1500000000,"batch":4,"kind":"gap","lost":10}` {
		t.Errorf("the last line is %s", last)
	}
	if head := all[0]; !strings.HasPrefix(head, `{"format":"resiltui-events","version":1,`) {
		t.Errorf("the first line is %s", head)
	}
	if len(all) != 1+MaxBacklog+1 {
		t.Errorf("%d lines", len(all))
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

func TestALogEndsWithTheFirstErrorOfItsWriter(t *testing.T) {
	for name, c := range map[string]struct {
		events int
		w      io.Writer
	}{
		"small, at the flush":         {1, &brokenWriter{}},
		"large, while it was written": {1000, &brokenWriter{}},
		"later":                       {1000, &brokenWriter{left: 5000}},
	} {
		t.Run(name, func(t *testing.T) {
			b := NewBacklog()
			h := NewHub(b)
			publish(h, c.events)
			if err := new(Log).Follow(nil, b, bufio.NewWriter(c.w)); !errors.Is(err, errDiskFull) {
				t.Errorf("got %v", err)
			}
			publish(h, 2*RingSize) // the engine runs on
		})
	}
}
