package http

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"resiltui/internal/sensors"
	"resiltui/internal/sensors/dial"
	"resiltui/internal/words"
)

// DefaultMaxBody is how many bytes of a body are read by default.
const DefaultMaxBody = 1 << 20

// Config is what an HTTP sensor is made from. Only URL and Now are needed.
type Config struct {
	// ID is short and unique in a run; empty means the name.
	ID string
	// Name is what the sensor is called; empty means the URL's host and path.
	Name string
	// URL is the endpoint's address, http or https. A user and a password in it
	// are sent as basic authentication and never shown.
	URL string
	// Method is the request's method; empty means GET.
	Method string
	// Header is added to the request; a Host in it replaces the URL's. Values
	// are never shown. They are not sent on after a redirect to another host.
	Header http.Header
	// Netrc is a file in the format of .netrc, in which the user and the password
	// of the URL's host are looked up where neither the URL nor Header has any;
	// empty is none.
	Netrc string
	// Expect are the statuses that count as success, as ParseExpect reads them;
	// empty means DefaultExpect. A redirect that is expected is not followed.
	Expect string
	// JQ is a jq expression that gives the value, one number, out of the JSON
	// body. Empty means that the value is the latency in milliseconds.
	JQ string
	// Protocol reads the body in place of JQ, for other kinds of sensors.
	Protocol Protocol
	// Query is added to the query of the URL. It is no secret.
	Query url.Values
	// Apart runs JQ in another process, which may crash or be killed without harm;
	// nil means in this one. A single step of an expression may need unlimited
	// memory or time, and only the end of its process stops that.
	Apart sensors.Apart
	// Unit comes after the value where JQ gives it.
	Unit string
	// MaxBody is the most bytes of a body that JQ reads, after decompression; a
	// longer body is an error. 0 means DefaultMaxBody; at most 1 GiB. Without JQ
	// the body is not used.
	MaxBody int64
	// Redirects is how many redirects of a chain are followed, up to 100; one more is
	// an error. 0 means DefaultRedirects. With NoRedirects none is followed, and the
	// status of the first answer counts, whatever it is.
	Redirects int
	// KeepAlive makes requests reuse the connection of the request before, if it is
	// still open. Otherwise each request opens a new connection, as a new client
	// would, and the time for that is part of the latency.
	KeepAlive bool
	// TLS says how connections to an address of https are secured.
	TLS dial.TLS
	// Client does the requests. Nil means a new one, with the proxy of the
	// environment. Of an [http.Transport] only the settings are used; any other
	// transport does the requests itself.
	Client *http.Client
	// Now is the time of the run's clock; it must not be nil. Start is the date at which
	// it was 0; zero where the run has none.
	Now   func() time.Duration
	Start time.Time
}

// Validate returns the first thing that is wrong, with the value and the
// remedy, or nil. It never names credentials.
func (c Config) Validate() error {
	_, err := c.compile()
	return err
}

// schemes are the allowed URL schemes; the first is the one to suggest.
func schemes() []string { return []string{"http", "https"} }

// compiled is a config whose texts have been parsed.
type compiled struct {
	url    *url.URL
	method string
	expect Expect
	// value takes the value out of a body; nil is none, and the value is the latency.
	value func(ctx context.Context, body []byte) (float64, error)
	// refused says why the body of an answer is a refusal; nil is what its status says.
	refused func(body []byte) string
	maxBody int64
	// redirects is how many are followed, from 0.
	redirects int
	tls       *tls.Config // nil where Config.TLS says nothing
	info      sensors.Info
	secrets   *words.Secrets
}

// secrets are the parts of the config that are never shown, not even when a
// server repeats them.
func (c Config) secrets(address *url.URL) *words.Secrets {
	s := &words.Secrets{}
	s.AddURL(c.URL)
	s.AddURL(address.String())
	for _, values := range c.Header {
		for _, v := range values {
			s.AddHeaderValue(v)
		}
	}
	if c.Client == nil {
		for _, name := range proxyVariables() {
			if u := proxyOf(os.Getenv(name)); u != nil {
				s.AddURL(u.String())
			}
		}
	}
	return s
}

func (c Config) compile() (compiled, error) {
	out := compiled{method: http.MethodGet, maxBody: DefaultMaxBody}
	var err error
	if out.url, err = sensors.ParseURL(c.URL, schemes()...); err != nil {
		return compiled{}, err
	}
	if out.expect, err = ParseExpect(c.Expect); err != nil {
		return compiled{}, err
	}
	if c.Method != "" {
		out.method = strings.ToUpper(c.Method)
	}
	if err := cmp.Or(checkMethod(out.method), checkHeader(c.Header)); err != nil {
		return compiled{}, err
	}
	if c.JQ != "" {
		if out.method == http.MethodHead {
			return compiled{}, errors.New("a HEAD request has no body that a jq expression could read; use GET")
		}
		jq, err := compileJQ(c.JQ, c.Apart)
		if err != nil {
			return compiled{}, err
		}
		out.value = jq.number
	}
	if c.Protocol.Value != nil {
		out.value, out.refused = c.Protocol.Value, c.Protocol.Refusal
	}
	if c.MaxBody != 0 {
		out.maxBody = c.MaxBody
	}
	if out.maxBody < 1 || out.maxBody > 1<<30 {
		return compiled{}, fmt.Errorf("maximum body of %d bytes is not between 1 byte and 1 GiB", out.maxBody)
	}
	if out.redirects = cmp.Or(c.Redirects, DefaultRedirects); out.redirects < NoRedirects || out.redirects > maxRedirects {
		return compiled{}, fmt.Errorf("%d redirects are not between 0 and %d", out.redirects, maxRedirects)
	}
	out.redirects = max(0, out.redirects)
	if c.TLS != (dial.TLS{}) {
		if out.tls, err = c.TLS.Config(); err != nil {
			return compiled{}, err
		}
	}
	if c.Now == nil {
		return compiled{}, errors.New("now is missing")
	}
	if c.Client == nil {
		if err := checkProxies(); err != nil {
			return compiled{}, err
		}
	}
	if out.url, err = c.withLogin(out.url); err != nil {
		return compiled{}, err
	}
	out.secrets = c.secrets(out.url)
	out.url = withQuery(out.url, c.Query)
	out.info = c.info(out)
	return out, out.info.Validate()
}

// info describes the sensor. Names that people give are cleaned, not refused.
func (c Config) info(parts compiled) sensors.Info {
	i := sensors.Info{ID: words.Clean(c.ID, sensors.MaxNameCells), Name: words.Clean(c.Name, sensors.MaxNameCells), Real: true}
	i.Name = cmp.Or(i.Name, displayName(parts.url))
	i.ID = cmp.Or(i.ID, i.Name)
	if c.TLS.Insecure && parts.url.Scheme == "https" {
		i.Remark = dial.NotChecked
	}
	if parts.value == nil {
		i.Unit, i.Decimals, i.Timed = "ms", 1, true
	} else {
		i.Unit, i.Decimals = words.Clean(c.Unit, sensors.MaxNameCells), words.MaxDecimals
	}
	return i
}

// withLogin returns the address with the login that Netrc has for its host.
func (c Config) withLogin(address *url.URL) (*url.URL, error) {
	if c.Netrc == "" || address.User != nil || c.Header.Get("Authorization") != "" {
		return address, nil
	}
	text, err := sensors.SettingsFile(c.Netrc, maxSecretFile)
	if err != nil {
		return nil, fmt.Errorf("--netrc: %w", err)
	}
	if user, ok := netrcLogin(string(text), address.Hostname()); ok {
		with := *address
		with.User = user
		return &with, nil
	}
	return address, nil
}

// withQuery is an address with more in its query, which stays as it is written.
func withQuery(address *url.URL, more url.Values) *url.URL {
	if len(more) == 0 {
		return address
	}
	with := *address
	with.RawQuery = strings.TrimPrefix(with.RawQuery+"&"+more.Encode(), "&")
	return &with
}

func checkMethod(method string) error {
	if isToken(method) {
		return nil
	}
	return fmt.Errorf("method %q is no HTTP method; use GET or HEAD", words.Clean(method, sensors.MaxNameCells))
}

// checkHeader refuses now what net/http would refuse at every read.
func checkHeader(header http.Header) error {
	for name, values := range header {
		if !isToken(name) {
			return fmt.Errorf("header name %q holds characters that header names cannot hold; write Name: value", words.Clean(name, sensors.MaxNameCells))
		}
		for _, value := range values {
			if strings.ContainsFunc(value, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }) {
				return fmt.Errorf("the value of header %s holds a control character", name)
			}
		}
	}
	return nil
}

// isToken reports whether s is a token of RFC 9110, section 5.6.2.
func isToken(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return r <= ' ' || r >= 0x7f || strings.ContainsRune("\"(),/:;<=>?@[\\]{}", r)
	})
}

// displayName is the host and path of an address.
func displayName(u *url.URL) string {
	return words.Clean(u.Host+strings.TrimSuffix(u.EscapedPath(), "/"), sensors.MaxNameCells)
}
