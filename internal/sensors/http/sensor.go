package http

import (
	"context"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"resiltui/internal/sensors"
)

// userAgent is what endpoints see, unless the config's header says otherwise.
const userAgent = "resiltui"

// Sensor is an endpoint that is read by one request. It is safe for concurrent
// use. Close it when the run is over.
//
// Every failed read gives a [*ReadError], except one that ctx ended: that gives
// ctx's error. Where the endpoint says when to come back (Retry-After), the error
// is a [sensors.LimitError] around it. A read lasts as long as ctx lets it.
type Sensor struct {
	config compiled
	header http.Header
	host   string // of the header, where it has one
	client *http.Client
	own    bool // client's connections belong to this sensor
	now    func() time.Duration
}

// New returns the sensor, or what Validate says. It sends nothing.
func New(c Config) (*Sensor, error) {
	parts, err := c.compile()
	if err != nil {
		return nil, err
	}
	h := &Sensor{config: parts, header: make(http.Header), own: c.Client == nil, now: c.Now}
	h.header.Set("User-Agent", userAgent)
	for name, values := range c.Header {
		key := http.CanonicalHeaderKey(name)
		h.header[key] = append([]string(nil), values...)
	}
	h.host = h.header.Get("Host")
	h.header.Del("Host")
	h.client = h.newClient(c.Client)
	return h, nil
}

// newClient returns a client with this sensor's rules for redirects. A client
// that came with rules keeps them.
func (h *Sensor) newClient(given *http.Client) *http.Client {
	client := &http.Client{}
	if given != nil {
		*client = *given
	} else {
		// The clone keeps the proxy of the environment and HTTP/2.
		transport := http.DefaultTransport.(*http.Transport).Clone()
		transport.MaxResponseHeaderBytes = 64 << 10
		client.Transport = transport
	}
	if client.CheckRedirect == nil {
		client.CheckRedirect = h.redirect
	}
	return client
}

// redirect decides whether a redirect is followed, and with what. Net/http
// takes Authorization and Cookie off a request to another host, but no header
// that it does not know to be secret, such as X-Api-Key.
func (h *Sensor) redirect(next *http.Request, past []*http.Request) error {
	if h.config.expect.Match(next.Response.StatusCode) {
		return http.ErrUseLastResponse
	}
	if len(past) > 10 {
		return errTooManyRedirects
	}
	next.Header.Del("Referer") // holds the query
	if foreign(append(past[:len(past):len(past)], next)) {
		for name := range h.header {
			if name != "User-Agent" {
				next.Header.Del(name)
			}
		}
	}
	return nil
}

// foreign reports whether one of a chain of requests goes elsewhere than the first.
// All after it are somebody else's, also one that comes back: who sent it chose
// where to.
func foreign(chain []*http.Request) bool {
	return slices.ContainsFunc(chain, func(r *http.Request) bool { return !sameOrigin(r, chain[0]) })
}

// sameOrigin reports whether two requests go to the same place, and the second
// no less safely.
func sameOrigin(a, b *http.Request) bool {
	return strings.EqualFold(a.URL.Host, b.URL.Host) && a.URL.Scheme == b.URL.Scheme
}

// Info describes the endpoint.
func (h *Sensor) Info() sensors.Info { return h.config.info }

// Close gives idle connections back. A read that is under way is not cut off.
// A client that was given keeps its connections. Close may be called more than
// once.
func (h *Sensor) Close() {
	if h.own {
		h.client.CloseIdleConnections()
	}
}

// Read sends one request and waits for the whole body, or for the end of ctx.
// The value is true at the time at which the body was complete.
func (h *Sensor) Read(ctx context.Context, _ sensors.Request) (sensors.Reading, error) {
	start := h.now()
	body, err := h.fetch(ctx)
	if err != nil {
		return sensors.Reading{}, err
	}
	end := h.now()
	value := sensors.Round6(float64(end-start) / float64(time.Millisecond))
	if h.config.jq != nil {
		if value, err = h.config.jq.number(ctx, body); err != nil {
			return sensors.Reading{}, err
		}
	}
	return sensors.Reading{Value: value, At: end}, nil
}

// fetch returns the body of an answer with an expected status.
func (h *Sensor) fetch(ctx context.Context) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, h.config.method, h.config.url.String(), nil)
	if err != nil {
		return nil, h.requestError(ctx, err)
	}
	request.Header = h.header.Clone()
	request.Host = h.host // empty means the URL's
	response, err := h.client.Do(request)
	if err != nil {
		return nil, h.requestError(ctx, err)
	}
	defer func() { _ = response.Body.Close() }() // what was read has been judged
	if !h.config.expect.Match(response.StatusCode) {
		// The body is left unread: it may never end, and the status has been
		// said. The price is a new connection for the next attempt.
		return nil, h.refusal(response)
	}
	return h.readBody(ctx, response.Body)
}

// readBody reads a body up to the cap. Where nobody looks into it, it is not
// kept.
func (h *Sensor) readBody(ctx context.Context, body io.Reader) ([]byte, error) {
	limited := &io.LimitedReader{R: body, N: h.config.maxBody + 1}
	var kept []byte
	var err error
	if h.config.jq == nil {
		_, err = io.Copy(io.Discard, limited)
	} else {
		kept, err = io.ReadAll(limited)
	}
	if err != nil {
		return nil, h.requestError(ctx, err)
	}
	if limited.N == 0 {
		return nil, readErrorf("body is larger than %s", sizeText(h.config.maxBody))
	}
	return kept, nil
}
