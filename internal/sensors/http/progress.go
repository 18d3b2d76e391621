package http

import (
	"context"
	"net/http/httptrace"
	"sync"
)

// progress is how far an attempt has come. The requests of a chain of redirects follow
// one another in it. It is safe for concurrent use.
type progress struct {
	mu sync.Mutex
	// sent is true once the header of the newest request has been written; before says
	// the same of an earlier one.
	sent, before bool
}

// progressKey is the context key of an attempt's progress.
type progressKey struct{}

// follow returns a context whose requests report to p.
func (p *progress) follow(ctx context.Context) context.Context {
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		WroteHeaders:         p.wrote,
		GotFirstResponseByte: p.wrote, // HTTP/2 may tell of the header after its answer
	})
	return context.WithValue(ctx, progressKey{}, p)
}

// nextRequest reports to the progress of a context, where it has one, that another
// request begins.
func nextRequest(ctx context.Context) {
	if p, ok := ctx.Value(progressKey{}).(*progress); ok {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.before, p.sent = p.before || p.sent, false
	}
}

func (p *progress) wrote() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sent = true
}

// undone takes the newest request back: the server said that it did nothing.
func (p *progress) undone() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sent = false
}

// mayHaveWorked reports whether a server may have carried out what was asked.
func (p *progress) mayHaveWorked() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.before || p.sent
}
