package http

import (
	"context"
	"io"
	"sync"
	"time"
)

// How much of a body that nobody looks into is read, and for how long: enough for what
// a refusal says, so that a kept connection can be used again and a server that is in
// the midst of a short answer sees no reset.
const (
	maxRest     = 64 << 10
	maxRestTime = 250 * time.Millisecond
)

// rest reads what is left of answers that have been judged, while nobody waits for it.
// It is safe for concurrent use after begin.
type rest struct {
	ctx    context.Context
	cancel context.CancelFunc

	mu    sync.Mutex
	ended bool
	left  sync.WaitGroup
	// last is closed when what was left last has been read; nil is nothing yet.
	last chan struct{}
}

func (r *rest) begin() { r.ctx, r.cancel = context.WithCancel(context.Background()) }

// leave reads a body to its end, within bounds, and closes it. cancel ends its request.
func (r *rest) leave(body io.ReadCloser, cancel context.CancelFunc) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.ended {
		_ = body.Close() // what it belongs to has been judged
		cancel()
		return
	}
	read := make(chan struct{})
	r.last = read
	r.left.Go(func() {
		defer close(read)
		defer cancel()
		defer func() { _ = body.Close() }() // what it belongs to has been judged
		limited, release := context.WithTimeout(r.ctx, maxRestTime)
		defer release()
		defer context.AfterFunc(limited, cancel)()
		// One byte more, since the end comes after the last of them. What fails here
		// is no failure of the answer, whose head was enough.
		_, _ = io.CopyN(io.Discard, body, maxRest+1)
	})
}

// wait returns when what was left last has been read, which gives its connection back,
// or ctx ends. That is no longer than the bounds.
func (r *rest) wait(ctx context.Context) {
	r.mu.Lock()
	last := r.last
	r.mu.Unlock()
	if last == nil {
		return
	}
	select {
	case <-last:
	case <-ctx.Done():
	}
}

// end cuts off what is being read, and waits for that.
func (r *rest) end() {
	r.mu.Lock()
	r.ended = true
	r.mu.Unlock()
	r.cancel()
	r.left.Wait()
}
