package http

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
)

// wire sends each request exactly once: sending it again is a new attempt, which the
// retry policy decides on and which is counted. The pool of an http.Transport does
// not ensure that: it repeats by itself requests that failed on a kept connection or
// that HTTP/2 refused. So each request has a connection for itself: a new one, or
// with keep the one that the last request to that origin left. It is safe for
// concurrent use.
type wire struct {
	transport *http.Transport
	keep      bool

	mu     sync.Mutex
	closed bool
	idle   map[string]*http.ClientConn // by origin; nothing without keep
}

// targetKey is the context key of the address that a connection is for.
type targetKey struct{}

// newWire returns a wire with the settings of a transport, which must not be
// used elsewhere from then on.
func newWire(transport *http.Transport, keep bool) *wire {
	if proxy := transport.Proxy; proxy != nil {
		// The transport asks for the proxy of a connection with an artificial request,
		// which lacks the port.
		transport.Proxy = func(r *http.Request) (*url.URL, error) {
			if target, ok := r.Context().Value(targetKey{}).(*url.URL); ok {
				r = &http.Request{Method: r.Method, URL: target, Host: target.Host, Header: r.Header}
			}
			return proxy(r)
		}
	}
	return &wire{transport: transport, keep: keep, idle: make(map[string]*http.ClientConn)}
}

// RoundTrip sends a request once. The connection is kept or closed when the body
// of the response is closed.
func (w *wire) RoundTrip(request *http.Request) (*http.Response, error) {
	nextRequest(request.Context())
	conn := w.take(origin(request.URL))
	if conn == nil {
		var err error
		if conn, err = w.dial(request.Context(), request.URL); err != nil {
			return nil, err
		}
	}
	response, err := conn.RoundTrip(request)
	if err != nil {
		_ = conn.Close() // the error of RoundTrip is the cause
		return nil, err
	}
	response.Body = &wireBody{ReadCloser: response.Body, close: func(whole bool) {
		w.give(origin(request.URL), conn, whole && !response.Close)
	}}
	return response, nil
}

// dial makes a connection for an address, or to its proxy.
func (w *wire) dial(ctx context.Context, target *url.URL) (*http.ClientConn, error) {
	if target.Scheme != "http" && target.Scheme != "https" {
		return nil, errForeignScheme
	}
	if target.Hostname() == "" {
		return nil, errBadLocation
	}
	ctx = context.WithValue(ctx, targetKey{}, target)
	return w.transport.NewClientConn(ctx, target.Scheme, dialAddress(target))
}

// take returns the connection that is kept for an origin, or nil.
func (w *wire) take(origin string) *http.ClientConn {
	w.mu.Lock()
	defer w.mu.Unlock()
	conn := w.idle[origin]
	delete(w.idle, origin)
	if conn != nil && conn.Err() != nil {
		_ = conn.Close() // the server has closed it
		return nil
	}
	return conn
}

// give keeps a connection that can be reused, and closes any other.
func (w *wire) give(origin string, conn *http.ClientConn, usable bool) {
	w.mu.Lock()
	keep := w.keep && usable && !w.closed && w.idle[origin] == nil
	if keep {
		w.idle[origin] = conn
	}
	w.mu.Unlock()
	if !keep {
		_ = conn.Close() // nothing waits for it
	}
}

// Close closes the kept connections, and from then on none is kept.
func (w *wire) Close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.closed = true
	for _, conn := range w.idle {
		_ = conn.Close() // nothing waits for it
	}
	clear(w.idle)
}

// wireBody reports, when it is closed, whether it was read to its end.
type wireBody struct {
	io.ReadCloser
	whole  bool
	closed sync.Once
	close  func(whole bool)
}

func (b *wireBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if errors.Is(err, io.EOF) {
		b.whole = true
	}
	return n, err
}

// Close ends the response; its connection is then kept or closed.
func (b *wireBody) Close() error {
	err := b.ReadCloser.Close()
	b.closed.Do(func() { b.close(b.whole) })
	return err
}

// origin is the normalized origin of an address: scheme, host and port.
func origin(u *url.URL) string {
	return u.Scheme + "://" + strings.ToLower(hostPort(u))
}

// hostPort is the host and the port of an address, the default port of its scheme included.
func hostPort(u *url.URL) string {
	port := u.Port()
	if port == "" && u.Scheme == "https" {
		port = "443"
	}
	if port == "" {
		port = "80"
	}
	return net.JoinHostPort(u.Hostname(), port)
}

// dialAddress is the host and the port to connect to. A host name that is not ASCII is
// converted by a transport, because nothing else in the standard library exposes that
// conversion.
func dialAddress(u *url.URL) string {
	written := hostPort(u)
	if !strings.ContainsFunc(written, func(r rune) bool { return r > 0x7f }) {
		return written
	}
	asked := &http.Transport{DialContext: func(_ context.Context, _, address string) (net.Conn, error) {
		written = address
		return nil, net.ErrClosed
	}}
	request := &http.Request{URL: &url.URL{Scheme: "http", Host: written, Path: "/"}, Header: http.Header{}}
	if response, err := asked.RoundTrip(request); err == nil {
		_ = response.Body.Close() // there was no connection that it could come from
	}
	return written
}
