package http

import (
	"context"
	"crypto/tls"
	"net/http"
	"net/http/cookiejar"
	"time"

	"resiltui/internal/sensors"
)

// maxHead is the most bytes of an answer's head.
const maxHead = 64 << 10

// userAgent is what endpoints see, unless the config's header says otherwise.
const userAgent = "resiltui"

// Sensor is an endpoint that is read by one request, and by those to which it is
// redirected. It is safe for concurrent use. Close it when the run is over.
//
// Every failed read returns a [*sensors.ReadError], except one that ctx ended: that
// returns ctx's error, at a deadline in a [sensors.LateError]. Where the endpoint says when to come back
// (Retry-After), the error is a [sensors.LimitError] around it; where the same request
// must not be sent again, a [sensors.LastingError]. Only ctx limits the time of a read.
// Readings and errors tell the phases of the read ([sensors.PhasesOf]).
type Sensor struct {
	config compiled
	header http.Header
	host   string // of the header, where it has one
	client *http.Client
	wire   *wire // nil where a given client has its own transport
	rest   rest
	now    func() time.Duration
	start  time.Time // the date at which now was 0, or zero
}

// New returns the sensor, or the error of Validate. It sends nothing.
func New(c Config) (*Sensor, error) {
	parts, err := c.compile()
	if err != nil {
		return nil, err
	}
	h := &Sensor{config: parts, header: make(http.Header), now: c.Now, start: c.Start}
	h.header.Set("User-Agent", userAgent)
	for name, values := range c.Header {
		key := http.CanonicalHeaderKey(name)
		h.header[key] = append([]string(nil), values...)
	}
	h.host = h.header.Get("Host")
	h.header.Del("Host")
	h.login()
	if h.config.method != http.MethodHead && h.header.Get("Accept-Encoding") == "" {
		h.header.Set("Accept-Encoding", "gzip")
	}
	h.client = h.newClient(c)
	h.rest.begin()
	return h, nil
}

// login puts user and password of the address into the header, because an absolute
// address of a redirect does not contain them.
func (h *Sensor) login() {
	user := h.config.url.User
	if user == nil {
		return
	}
	bare := *h.config.url
	bare.User = nil
	h.config.url = &bare
	if h.header.Get("Authorization") == "" {
		password, _ := user.Password()
		request := &http.Request{Header: h.header}
		request.SetBasicAuth(user.Username(), password)
	}
}

// newClient returns a client with this sensor's rules for redirects, whose requests
// are each sent once. Of a given client's [http.Transport] only the settings are
// used; any other transport, and the client's own rules for redirects, are kept.
func (h *Sensor) newClient(c Config) *http.Client {
	client := &http.Client{}
	if c.Client != nil {
		*client = *c.Client
	}
	if client.CheckRedirect == nil {
		client.CheckRedirect = h.redirect
	}
	transport, ok := client.Transport.(*http.Transport)
	if client.Transport != nil && !ok {
		return client
	}
	if client.Transport == nil {
		// The clone keeps the proxy of the environment and HTTP/2.
		transport = http.DefaultTransport.(*http.Transport)
	}
	transport = transport.Clone()
	transport.MaxResponseHeaderBytes = maxHead
	transport.DisableCompression = true // see plain
	if h.config.tls != nil {
		transport.TLSClientConfig = h.config.tls
	}
	if transport.TLSClientConfig == nil {
		transport.TLSClientConfig = new(tls.Config)
	}
	if own := transport.TLSClientConfig; len(own.Certificates) == 0 && own.GetClientCertificate == nil {
		own.GetClientCertificate = noCertificate
	}
	h.wire = newWire(transport, c.KeepAlive)
	client.Transport = h.wire
	return client
}

// Info describes the endpoint.
func (h *Sensor) Info() sensors.Info { return h.config.info }

// Close closes the connections. It does not interrupt a read in progress. It may be
// called more than once.
func (h *Sensor) Close() {
	h.rest.end()
	if h.wire != nil {
		h.wire.Close()
	}
}

// Read sends one request and waits for the head of the answer, and with an expression
// for the whole body, or for the end of ctx. The reading's time is that at which all
// of this had arrived.
func (h *Sensor) Read(ctx context.Context, _ sensors.Request) (sensors.Reading, error) {
	p := progress{now: h.now}
	reading, err := h.read(ctx, &p)
	if err != nil {
		return sensors.Reading{}, sensors.WithPhases(h.judged(err, &p), p.end(h.now()))
	}
	return reading, nil
}

func (h *Sensor) read(ctx context.Context, p *progress) (sensors.Reading, error) {
	if h.wire != nil && h.wire.keep {
		h.rest.wait(ctx) // a retry may come before the connection is free again
	}
	start := h.now()
	// Not cancelled with ctx: the rest of a body is read after ctx has ended.
	sent, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, cancel)
	defer stop()
	response, err := h.send(p.follow(sent)) //nolint:bodyclose // rest.leave or readBody closes it
	if err != nil {
		cancel()
		return sensors.Reading{}, h.requestError(ctx, err, p)
	}
	if !h.config.expect.Match(response.StatusCode) {
		refused := h.refusal(response, p)
		if h.config.refused != nil {
			defer cancel()
			return sensors.Reading{}, h.explained(ctx, response, refused, p)
		}
		h.rest.leave(response.Body, cancel)
		return sensors.Reading{}, refused
	}
	if h.config.value == nil {
		end := h.now()
		h.rest.leave(response.Body, cancel)
		return sensors.Reading{Value: sensors.Round6(float64(end-start) / float64(time.Millisecond)), At: end, Phases: p.end(end)}, nil
	}
	defer cancel()
	p.enter(readingBody)
	body, err := h.readBody(ctx, response, p)
	if err != nil {
		return sensors.Reading{}, err
	}
	end := h.now()
	phases := p.end(end)
	value, err := h.config.value(ctx, body)
	if err != nil {
		return sensors.Reading{}, err
	}
	return sensors.Reading{Value: value, At: end, Phases: phases}, nil
}

// send returns the answer to the request, or to the last one of a chain of redirects.
// Cookies are kept only during the chain.
func (h *Sensor) send(ctx context.Context) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, h.config.method, h.config.url.String(), nil)
	if err != nil {
		return nil, err
	}
	request.Header = h.header.Clone()
	request.Host = h.host // empty means the URL's
	client := *h.client
	if client.Jar, err = cookiejar.New(nil); err != nil {
		return nil, err
	}
	return client.Do(request)
}
