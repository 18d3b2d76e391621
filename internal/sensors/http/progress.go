package http

import (
	"context"
	"crypto/tls"
	"errors"
	"net/http/httptrace"
	"strings"
	"sync"
	"time"

	"resiltui/internal/sensors"
	"resiltui/internal/sensors/dial"
)

// stage is what an attempt waits for.
type stage uint8

const (
	starting stage = iota
	lookingUp
	connecting
	securing
	asked
	readingHead
	readingBody
)

// notReached is what has not happened in a stage, so that "within 2 s" can stand behind it.
func (s stage) notReached() string {
	return [...]string{
		"no answer", "name lookup not answered", "no connection", "connected, but TLS not set up", "connected, but no answer",
		"answered, but the head is not complete", "answered, but the body is not complete",
	}[s]
}

// progress is how far an attempt has come, and how long each stage took. The requests of a
// chain of redirects follow one another in it. It is safe for concurrent use.
type progress struct {
	now func() time.Duration

	mu    sync.Mutex
	stage stage
	// certificateAsked is true once a server has asked for a certificate, where we have none.
	certificateAsked bool
	// since is when the stage began, took how long each of them took before that. Both
	// stay as they are once ended.
	since time.Duration
	took  [readingBody + 1]time.Duration
	ended bool
	// sent is true once the header of the newest request has been written; before says
	// the same of an earlier one.
	sent, before bool
}

// progressKey is the context key of an attempt's progress.
type progressKey struct{}

// follow returns a context whose requests report to p.
func (p *progress) follow(ctx context.Context) context.Context {
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		DNSStart:          func(httptrace.DNSStartInfo) { p.enter(lookingUp) },
		ConnectStart:      func(string, string) { p.enter(connecting) },
		TLSHandshakeStart: func() { p.enter(securing) },
		TLSHandshakeDone: func(_ tls.ConnectionState, err error) {
			if err == nil {
				p.enter(asked)
			}
		},
		WroteHeaders:         func() { p.wrote(asked) },
		GotFirstResponseByte: func() { p.wrote(readingHead) }, // HTTP/2 may tell of the header after its answer
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
		p.move(starting)
	}
}

// enter notes that a stage begins. Connections are tried in parallel, so one may tell of
// its beginning when another has come further. A proxy with TLS is secured first, and then
// what is behind it.
func (p *progress) enter(s stage) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if s > p.stage || s == securing && !p.sent {
		p.move(s)
	}
}

// move ends the stage, with mu held, and begins another one.
func (p *progress) move(s stage) {
	if !p.ended {
		now := p.now()
		p.took[p.stage] += max(now-p.since, 0)
		p.since = now
	}
	p.stage = s
}

// end ends the attempt at a time, unless it has ended, and returns how long its parts took;
// nil where nothing has told of any.
func (p *progress) end(at time.Duration) *sensors.Phases {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.ended {
		p.took[p.stage] += max(at-p.since, 0)
		p.ended = true
	}
	phases := sensors.Phases{
		DNS: p.took[lookingUp], Connect: p.took[connecting], TLS: p.took[securing],
		FirstByte: p.took[asked], Body: p.took[readingHead] + p.took[readingBody],
	}
	if phases == (sensors.Phases{}) {
		return nil
	}
	return &phases
}

func (p *progress) wrote(s stage) {
	p.enter(s)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sent = true
}

// noCertificate is the answer to a server that asks for a certificate, where we have none.
func noCertificate(info *tls.CertificateRequestInfo) (*tls.Certificate, error) {
	if p, ok := info.Context().Value(progressKey{}).(*progress); ok {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.certificateAsked = true
	}
	return new(tls.Certificate), nil
}

// lacksCertificate reports whether a server that has asked for a certificate ended the
// connection without an answer.
func (p *progress) lacksCertificate(err error) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.certificateAsked && p.stage < readingHead && (dial.EndedByServer(err) || strings.Contains(err.Error(), textNotEstablished))
}

// undone records that the server did nothing with the newest request.
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

// late adds to the error of an attempt that its deadline ended how far the attempt came.
func (p *progress) late(err error) error {
	if !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return sensors.LateError{Reached: p.stage.notReached(), Err: err}
}
