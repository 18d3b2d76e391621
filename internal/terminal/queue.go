package terminal

import (
	"errors"
	"io"
	"os"
	"sync"
	"time"
)

const (
	// promptTime is how long a write waits for the terminal to read it. Most
	// terminals read a frame in less than a millisecond.
	promptTime = 100 * time.Millisecond
	// stillTime is how long a terminal may read nothing, at the end or before the
	// process stops, until nobody is assumed to read it.
	stillTime = time.Second
	// pieceSize is how many bytes are written at once. A write returns only when the
	// terminal has read all of them, so large pieces would hide the progress of a
	// slow line, which reads 1 KiB per second.
	pieceSize = 1 << 10
	// maxQueued is how many bytes may wait for the terminal before the program waits
	// for it. Frames are dropped long before that, so only a storm of resizes can
	// reach it.
	maxQueued = 1 << 20
)

// errNotRead says that the program ended without waiting for a terminal that reads
// nothing.
var errNotRead = errors.New("the terminal was not read")

// NotRead says whether err means that the terminal read nothing: nobody can read
// what is written to it now.
func NotRead(err error) bool { return errors.Is(err, errNotRead) }

// queue decouples the program from a terminal that may not read. Bubble Tea writes
// while it holds locks that its loop needs, so a blocked write would block every
// key, q too. A write therefore waits no longer than promptTime; what was not read
// by then waits here, in order. While something waits, the terminal is behind: the
// program drops frames, and free is called when the terminal has caught up.
//
// It is safe for concurrent use. Its goroutine ends when the queue is empty.
type queue struct {
	*os.File           // for Fd and the like; all writes go through to
	to       io.Writer // the same file
	fail     func(error)
	free     func()

	mu     sync.Mutex
	bytes  []byte        // guarded by mu; not written to the terminal yet
	taken  int           // guarded by mu; how many bytes the terminal has read
	idle   chan struct{} // guarded by mu; closed when all is written; nil while nothing waits
	behind bool          // guarded by mu
	ending bool          // guarded by mu; see End
	shut   bool          // guarded by mu; see Shut
}

// Write writes to the terminal, and waits for it for promptTime. An error goes to
// fail and is not returned, since Bubble Tea ignores it.
func (q *queue) Write(p []byte) (int, error) {
	q.mu.Lock()
	if q.shut {
		q.mu.Unlock()
		return len(p), nil
	}
	q.bytes = append(q.bytes, p...)
	if q.idle == nil {
		q.idle = make(chan struct{})
		go q.work()
	}
	idle, ending := q.idle, q.ending
	waits := !q.behind || ending
	full := len(q.bytes) > maxQueued
	q.mu.Unlock()
	switch {
	case ending:
		q.drain(idle)
	case full:
		<-idle
	case waits && !within(idle, promptTime):
		q.mu.Lock()
		q.behind = q.idle == idle
		q.mu.Unlock()
	}
	return len(p), nil
}

// WriteString is Write for a string; WriteString of the embedded os.File would
// bypass the queue.
func (q *queue) WriteString(s string) (int, error) { return q.Write([]byte(s)) }

// ReadFrom is Write for the data of a reader; ReadFrom of the embedded os.File would
// bypass the queue.
func (q *queue) ReadFrom(r io.Reader) (int64, error) { return io.Copy(struct{ io.Writer }{q}, r) }

// work writes the queue to the terminal until it is empty.
func (q *queue) work() {
	var piece [pieceSize]byte
	for {
		q.mu.Lock()
		n := copy(piece[:], q.bytes)
		q.bytes = q.bytes[n:]
		caught := n == 0 && q.rest()
		q.mu.Unlock()
		if caught {
			q.free()
		}
		if n == 0 {
			return
		}
		n, err := q.to.Write(piece[:n])
		q.mu.Lock()
		q.taken += n
		if err != nil {
			q.bytes = nil
		}
		q.mu.Unlock()
		if err != nil {
			q.fail(err)
		}
	}
}

// rest marks the queue as empty, and says whether the terminal has just caught up.
// It is called with mu held.
func (q *queue) rest() (caught bool) {
	close(q.idle)
	caught = q.behind && !q.ending && !q.shut
	q.idle, q.bytes, q.behind = nil, nil, false
	return caught
}

// Behind is true while the terminal has not read everything that was drawn.
func (q *queue) Behind() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.behind && !q.ending
}

// End announces the last output before the program ends or stops: it must be written
// before the terminal mode changes, however slowly the terminal reads it.
func (q *queue) End() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.ending = true
}

// Shut drops what waits and all later writes.
func (q *queue) Shut() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.shut, q.bytes = true, nil
}

// Open undoes End and Shut.
func (q *queue) Open() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.ending, q.shut, q.behind = false, false, false
}

// Unread says whether the terminal did not read the last output.
func (q *queue) Unread() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.shut
}

// drain waits until the queue is empty, as long as the terminal reads something.
func (q *queue) drain(idle <-chan struct{}) {
	for before := q.progress(); !within(idle, stillTime); {
		now := q.progress()
		if now == before {
			q.Shut()
			return
		}
		before = now
	}
}

func (q *queue) progress() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.taken
}

// within says whether a channel is closed within d.
func within(closed <-chan struct{}, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-closed:
		return true
	case <-t.C:
		return false
	}
}
