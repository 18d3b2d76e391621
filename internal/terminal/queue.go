package terminal

import (
	"errors"
	"io"
	"os"
	"sync"
	"time"
)

const (
	// promptTime is how long the program waits for its terminal to take a picture.
	// Most take one in less than a millisecond.
	promptTime = 100 * time.Millisecond
	// stillTime is how long a terminal may take nothing in the end, or before a
	// stop, until it counts as one that is not read.
	stillTime = time.Second
	// pieceSize is how many bytes are written at once. A terminal takes no part of
	// them, or one sees it go on: a slow line takes 1 KiB a second.
	pieceSize = 1 << 10
	// maxQueued is how many bytes may wait for the terminal before the program does.
	// Pictures are left out long before, so it is what a storm of resizes comes to.
	maxQueued = 1 << 20
)

// errNotRead says that the end did not wait for a terminal that takes nothing.
var errNotRead = errors.New("the terminal was not read")

// NotRead says whether an error means that the terminal took nothing: nobody can
// read what is written to it now.
func NotRead(err error) bool { return errors.Is(err, errNotRead) }

// queue is the way to a terminal that may not read. Bubble Tea writes while it holds
// what its loop needs, and with the loop every key would wait, q as well. So a write
// waits for no longer than promptTime; what was not taken by then waits here, in
// order. While something does, the terminal is behind: whoever draws leaves pictures
// out, and free is told when it has caught up.
//
// It is safe for concurrent use. Its goroutine ends with the last byte.
type queue struct {
	*os.File           // what the terminal is besides; nothing is written to it but by way of to
	to       io.Writer // the same
	fail     func(error)
	free     func()

	mu     sync.Mutex
	bytes  []byte        // guarded by mu; what the terminal has not been given
	taken  int           // guarded by mu; how many bytes it took
	idle   chan struct{} // guarded by mu; closed when all is written, nil where it is
	behind bool          // guarded by mu
	ending bool          // guarded by mu; see End
	shut   bool          // guarded by mu; see Shut
}

// Write writes to the terminal, and waits for it for a moment. An error is told
// instead of returned, since Bubble Tea passes over it.
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

// WriteString is Write for a string; that of os.File would go past it.
func (q *queue) WriteString(s string) (int, error) { return q.Write([]byte(s)) }

// ReadFrom is Write for what a reader has; that of os.File would go past it.
func (q *queue) ReadFrom(r io.Reader) (int64, error) { return io.Copy(struct{ io.Writer }{q}, r) }

// work writes what waits.
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

// rest says that all is written, and whether the terminal has caught up thereby. It
// is called with mu held.
func (q *queue) rest() (caught bool) {
	close(q.idle)
	caught = q.behind && !q.ending && !q.shut
	q.idle, q.bytes, q.behind = nil, nil, false
	return caught
}

// Behind is true while the terminal has not taken what was drawn.
func (q *queue) Behind() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.behind && !q.ending
}

// End says that what is written from now on is the last for a while: it must arrive,
// as slowly as the terminal likes, and before its mode is changed.
func (q *queue) End() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.ending = true
}

// Shut throws away what waits and what is still to be written.
func (q *queue) Shut() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.shut, q.bytes = true, nil
}

// Open takes End and Shut back.
func (q *queue) Open() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.ending, q.shut, q.behind = false, false, false
}

// Unread is true where the terminal did not take what was to be the last.
func (q *queue) Unread() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.shut
}

// drain waits until all is written, as long as the terminal takes something.
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

// within says whether a channel was closed before a time was over.
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
