package http

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"resiltui/internal/sensors"
	"resiltui/internal/words"
)

func stopped() time.Duration { return 0 }

// endpoint makes a sensor, and closes it at the test's end.
func endpoint(t testing.TB, c Config) *Sensor {
	t.Helper()
	if c.Now == nil {
		c.Now = stopped
	}
	h, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.Close)
	return h
}

// serve starts a server, and closes it at the test's end, after its clients.
func serve(t testing.TB, handler http.HandlerFunc) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server
}

// wantReadError checks that a read gave a ReadError with this text.
func wantReadError(t testing.TB, h sensors.Sensor, want string) {
	t.Helper()
	reading, err := h.Read(context.Background(), sensors.Request{Call: 1, Attempt: 1})
	if _, ok := errors.AsType[*sensors.ReadError](err); !ok || err.Error() != want || reading != (sensors.Reading{}) {
		t.Errorf("%v, error %v; want the error %q", reading, err, want)
	}
}

func TestWithoutAnExpressionTheValueIsTheLatency(t *testing.T) {
	var agent, method, key atomic.Value
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		agent.Store(r.UserAgent())
		method.Store(r.Method)
		key.Store(r.Header.Get("X-Api-Key") + " " + r.Host)
		w.WriteHeader(http.StatusNoContent)
	})
	var now atomic.Int64 // read before the request, at its connection, header and first byte, and after it
	h := endpoint(t, Config{
		URL: server.URL + "/health/?token=secret", Header: http.Header{"x-api-key": {"k"}, "Host": {"other.example"}},
		Now: func() time.Duration { return time.Duration(now.Add(12345678)) },
	})
	got, err := h.Read(context.Background(), sensors.Request{Call: 1, Attempt: 1})
	got.Phases = nil
	if want := (sensors.Reading{Value: 61.72839, At: 6 * 12345678}); err != nil || got != want {
		t.Errorf("%v, %v; want %v", got, err, want)
	}
	if agent.Load() != "resiltui" || method.Load() != "GET" || key.Load() != "k other.example" {
		t.Errorf("the server saw %v, %v, %v", agent.Load(), method.Load(), key.Load())
	}
	name := strings.TrimPrefix(server.URL, "http://") + "/health"
	if want := (sensors.Info{ID: name, Name: name, Unit: "ms", Decimals: 1, Real: true, Timed: true}); h.Info() != want {
		t.Errorf("info %+v, want %+v", h.Info(), want)
	}
}

func TestAnExpressionTakesANumberOutOfTheBody(t *testing.T) {
	for _, c := range []struct {
		body, jq string
		want     float64
		err      string
	}{
		{`{"a":{"b":1.5}}`, ".a.b", 1.5, ""},
		{`[1,2,3]`, "add", 6, ""},
		{`3`, ".", 3, ""},
		{`1.23456789`, ".", 1.23456789, ""},
		{`0.0000004`, ".", 4e-7, ""},
		{`1e-300`, ".", 1e-300, ""},
		{`1700000000123456789`, ".", 1700000000123456789, ""},
		{`-18446744073709551615`, ".", -18446744073709551615, ""},
		{"\ufeff7", ".", 7, ""},
		{"\xfe\xff\x007", ".", 0, "body is not JSON: it is UTF-16, by its byte order mark; JSON is UTF-8"},
		{"\xff\xfe7\x00", ".", 0, "body is not JSON: it is UTF-16, by its byte order mark; JSON is UTF-8"},
		{`123456789012345`, ".", 123456789012345, ""},
		{`-1e3`, ".", -1000, ""},
		{`{"a":{}}`, ".a.b", 0, "expression .a.b gave null, not a number"},
		{`"5"`, ".", 0, "expression . gave a string, not a number"},
		{`true`, ".", 0, "expression . gave true, not a number"},
		{`[]`, ".", 0, "expression . gave an array, not a number"},
		{`{}`, ".", 0, "expression . gave an object, not a number"},
		{`[]`, ".[]", 0, "expression .[] gave nothing, not a number"},
		{`[1,2]`, ".[]", 0, "expression .[] gave more than one value"},
		{`[1,2]`, ".[0], error(\"no\")", 0, `expression .[0], error("no") does not fit the body`},
		{`1`, "nan", 0, "expression nan gave NaN, not a number"},
		{`1`, "infinite", 0, "expression infinite gave a number beyond ±1e21"},
		{`1e999`, ".", 0, "expression . gave a number beyond ±1e21"},
		{`123456789012345678901234567890`, ".", 0, "expression . gave a number beyond ±1e21"},
		{`"x\u001b[31my"`, "error(.)", 0, "expression error(.) does not fit the body"},
		{`[1]`, ".a", 0, `expression .a does not fit the body: expected an object but got: array`},
		{`<html>`, ".", 0, "body is not JSON: invalid character '<' looking for beginning of value"},
		{``, ".", 0, "body is not JSON: it is empty"},
		{`{"a":`, ".", 0, "body is not JSON: it ends too early"},
		{`1 2`, ".", 0, "body is not JSON: something follows the first value"},
		{"\x1b[2J", ".", 0, `body is not JSON: invalid character '\x1b' looking for beginning of value`},
		{`{"e":1}`, "$ENV|length", 0, ""}, // the environment is not seen
	} {
		server := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, c.body) })
		h := endpoint(t, Config{URL: server.URL, JQ: c.jq, Unit: "bar", Now: func() time.Duration { return 7 }})
		if c.err != "" {
			wantReadError(t, h, c.err)
			continue
		}
		got, err := h.Read(context.Background(), sensors.Request{Call: 1, Attempt: 1})
		if err != nil || got != (sensors.Reading{Value: c.want, At: 7}) {
			t.Errorf("%s of %s: %v, %v; want %v", c.jq, c.body, got, err, c.want)
		}
		if h.Info().Unit != "bar" || h.Info().Decimals != words.MaxDecimals {
			t.Errorf("info %+v", h.Info())
		}
	}
}

// An expression that does not end would fill the memory long before the attempt's
// own limit comes.
func TestAnExpressionThatDoesNotEndIsStoppedAndNamed(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte("1"))
	}))
	defer server.Close()
	h, err := New(Config{URL: server.URL, JQ: "def f: f; f", Now: func() time.Duration { return 0 }})
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	if _, err := h.Read(t.Context(), sensors.Request{}); err == nil || err.Error() != "expression def f: f; f takes longer than 100 ms" {
		t.Errorf("error %v", err)
	}
}

// Whoever answers 503 may leave the body open, or never come to its end.
func TestAnErrorWhoseBodyNeverEndsIsStillNamed(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusServiceUnavailable)
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	}))
	defer server.Close()
	h, err := New(Config{URL: server.URL, Now: func() time.Duration { return 0 }})
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	if _, err := h.Read(t.Context(), sensors.Request{}); err == nil || err.Error() != "503 Service Unavailable" {
		t.Errorf("error %v", err)
	}
}

func TestAnUnexpectedStatusIsNamedInOurWords(t *testing.T) {
	for _, c := range []struct {
		line, expect, want string
	}{
		{"503 \x1b[31mGo away", "", "503 Service Unavailable"},
		{"204 No Content", "200", "204 No Content"},
		{"599 \x1b]0;owned\x07Odd \x1b[31mthing", "", "599 Odd thing"},
	} {
		h := endpoint(t, Config{URL: rawServer(t, "HTTP/1.1 "+c.line+"\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"), Expect: c.expect})
		wantReadError(t, h, c.want)
	}
}

func TestAServerThatRepeatsASecretIsNotQuoted(t *testing.T) {
	for _, answer := range []string{
		"HTTP/1.1 599 you sent %s\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 no %s\r\n\r\n", "%s\r\n\r\n",
		"HTTP/1.1 200 OK\r\n%s\r\n\r\n", "HTTP/1.1 302 Found\r\nLocation: ://%s\r\nContent-Length: 0\r\n\r\n",
	} {
		for _, secret := range []string{
			"hunter22", "hun\x1b[mter22", "YWxpY2U6aHVudGVyMjI=", "Bearer tok-123", "tok-123", "to\u200bk-123", "k%65y", "hunter22 " + strings.Repeat("x", 3000),
		} {
			raw := rawServer(t, fmt.Sprintf(answer, secret))
			h := endpoint(t, Config{
				URL: strings.Replace(raw, "//", "//alice:hunter22@", 1) + "/?k=k%65y", Header: http.Header{"X-Auth": {"Bearer tok-123"}},
			})
			_, err := h.Read(t.Context(), sensors.Request{})
			if err == nil {
				t.Fatalf("%q: no error", answer)
			}
			for _, part := range []string{"hunter22", "YWxp", "tok-", "k%65y"} {
				if strings.Contains(err.Error(), part) {
					t.Errorf("%q with %q: error %q", answer, secret, err)
				}
			}
		}
	}
}

// rawServer answers every connection with the same bytes and closes it.
func rawServer(t testing.TB, answer string) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			_, _ = conn.Read(make([]byte, 4096))
			_, _ = io.WriteString(conn, answer)
			_ = conn.Close()
		}
	}()
	t.Cleanup(func() { _ = listener.Close(); <-done })
	return "http://" + listener.Addr().String()
}

func TestAnswersThatAreNoHTTPAreShortErrors(t *testing.T) {
	wantReadError(t, endpoint(t, Config{URL: rawServer(t, "")}), "connection closed before the answer was complete")
	wantReadError(t, endpoint(t, Config{URL: rawServer(t, "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort"), JQ: "."}),
		"connection closed before the answer was complete")
	h := endpoint(t, Config{URL: rawServer(t, "SSH-2.0 \x1b[31mhello\r\n\r\n")})
	_, err := h.Read(context.Background(), sensors.Request{})
	if err == nil || strings.ContainsRune(err.Error(), 0x1b) || err.Error() != "HTTP was expected, the server spoke something else" {
		t.Errorf("error %q", err)
	}
}

func TestARefusedConnectionSaysSo(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	wantReadError(t, endpoint(t, Config{URL: server.URL}), "connection refused")
	wantReadError(t, endpoint(t, Config{URL: strings.Replace(server.URL, "http:", "https:", 1)}), "connection refused")
}

func TestABodyWithoutEndIsCutOff(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/bad" {
			w.WriteHeader(http.StatusInternalServerError)
		}
		for block := []byte(strings.Repeat("x", 32<<10)); r.Context().Err() == nil; {
			if _, err := w.Write(block); err != nil {
				return
			}
		}
	})
	wantReadError(t, endpoint(t, Config{URL: server.URL, JQ: "."}), "body is larger than 1 MiB")
	wantReadError(t, endpoint(t, Config{URL: server.URL, JQ: ".", MaxBody: 64 << 10}), "body is larger than 64 KiB")
	wantReadError(t, endpoint(t, Config{URL: server.URL, JQ: ".", MaxBody: 100}), "body is larger than 100 bytes")
	wantReadError(t, endpoint(t, Config{URL: server.URL + "/bad"}), "500 Internal Server Error")
}

func TestABodyOfExactlyTheCapIsRead(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "12345") })
	got, err := endpoint(t, Config{URL: server.URL, JQ: ".", MaxBody: 5}).Read(context.Background(), sensors.Request{})
	if err != nil || got.Value != 12345 {
		t.Errorf("%v, %v", got, err)
	}
}

func TestEveryWaitEndsWithTheContext(t *testing.T) {
	reached := make(chan struct{}, 1)
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/body" {
			_, _ = io.WriteString(w, "1")
			_ = http.NewResponseController(w).Flush()
		}
		reached <- struct{}{}
		<-r.Context().Done()
	})
	for path, jq := range map[string]string{"/header": "", "/body": "."} {
		ctx, cancel := context.WithCancel(context.Background())
		go func() { <-reached; cancel() }()
		h := endpoint(t, Config{URL: server.URL + path, JQ: jq})
		if _, err := h.Read(ctx, sensors.Request{}); err != context.Canceled {
			t.Errorf("%s with %q: error %v", path, jq, err)
		}
	}
}

func TestAnEndlessExpressionEndsWithTheContext(t *testing.T) {
	for _, expression := range []string{"def f: f; f", "1, (def f: f; f)"} {
		q, err := compileJQ(expression, nil)
		if err != nil {
			t.Fatal(err)
		}
		// Ended once the body has been read: what is left is the expression.
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		if _, err := q.number(ctx, []byte("1")); err != context.Canceled {
			t.Errorf("%s: error %v", expression, err)
		}
	}
}

func TestTLSFailuresNameTheCertificate(t *testing.T) {
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.Config.ErrorLog = discardLog()
	server.StartTLS()
	t.Cleanup(server.Close)
	wantReadError(t, endpoint(t, Config{URL: server.URL}), "TLS: certificate is signed by an unknown authority: --ca FILE or --insecure")

	pool := x509.NewCertPool()
	pool.AddCert(server.Certificate())
	read := func(change func(*tls.Config)) *Sensor {
		config := &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
		change(config)
		transport := &http.Transport{TLSClientConfig: config}
		t.Cleanup(transport.CloseIdleConnections)
		return endpoint(t, Config{URL: server.URL, Client: &http.Client{Transport: transport}})
	}
	wantReadError(t, read(func(c *tls.Config) { c.ServerName = "other.test" }), "TLS: certificate is not for other.test")
	wantReadError(t, read(func(c *tls.Config) { c.Time = func() time.Time { return time.Unix(1<<40, 0) } }),
		"TLS: certificate has ended")
	wantReadError(t, read(func(*tls.Config) {}), "404 Not Found: check the path")

	plain := serve(t, func(http.ResponseWriter, *http.Request) {})
	wantReadError(t, endpoint(t, Config{URL: strings.Replace(plain.URL, "http:", "https:", 1)}), "TLS: the server does not speak TLS")
}

// roundTrip is a transport that fails as told.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// timeoutError is a net.Error that is a timeout.
type timeoutError struct{}

func (timeoutError) Error() string   { return "i/o timeout" }
func (timeoutError) Timeout() bool   { return true }
func (timeoutError) Temporary() bool { return true }

func TestFailuresOfTheNetworkHaveStableTexts(t *testing.T) {
	dial := func(err error) error { return &net.OpError{Op: "dial", Net: "tcp", Err: err} }
	for want, err := range map[string]error{
		"no such host nowhere.test":                        dial(&net.DNSError{Err: "x", Name: "nowhere.test", IsNotFound: true}),
		"name lookup failed for nowhere.test":              dial(&net.DNSError{Err: "server misbehaving", Name: "nowhere.test"}),
		"connection reset":                                 dial(syscall.ECONNRESET),
		"no route to host":                                 dial(syscall.EHOSTUNREACH),
		"timeout":                                          dial(timeoutError{}),
		"proxy: connection refused":                        &net.OpError{Op: "proxyconnect", Err: syscall.ECONNREFUSED},
		"TLS: certificate is not valid":                    x509.CertificateInvalidError{Reason: x509.TooManyIntermediates},
		"TLS: certificate cannot be verified":              &tls.CertificateVerificationError{Err: errors.New("x")},
		"TLS: the server does not speak TLS":               tls.RecordHeaderError{Msg: "x"},
		"TLS: the server says: handshake failure":          &net.OpError{Op: "remote error", Err: tls.AlertError(40)},
		"bad Location http://host/x and more":              errors.New("bad Location http://u:p@ss@host/x and \x1b[31mmore"),
		"lost *** times":                                   errors.New("lost pass123 17 times"),
		sensors.TextTooManyFiles:                           &net.OpError{Op: "proxyconnect", Err: os.NewSyscallError("socket", syscall.EMFILE)},
		"connection closed before the answer was complete": fmt.Errorf("read: %w", io.ErrUnexpectedEOF),
	} {
		client := &http.Client{Transport: roundTrip(func(*http.Request) (*http.Response, error) { return nil, err })}
		wantReadError(t, endpoint(t, Config{URL: "http://user:pass123@host.test/x", Client: client}), want)
	}
}

func TestThatFilesAreLackingIsNotTheEndpointsDoing(t *testing.T) {
	for _, err := range []error{
		&net.OpError{Op: "dial", Err: os.NewSyscallError("socket", syscall.EMFILE)},
		&net.OpError{Op: "dial", Err: os.NewSyscallError("socket", syscall.ENFILE)},
		&net.OpError{Op: "dial", Err: &net.DNSError{Err: "dial udp 127.0.0.1:53: socket: too many open files", Name: "host.test"}},
	} {
		client := &http.Client{Transport: roundTrip(func(*http.Request) (*http.Response, error) { return nil, err })}
		_, got := endpoint(t, Config{URL: "http://host.test/x", Client: client}).Read(t.Context(), sensors.Request{})
		if _, local := errors.AsType[sensors.LocalError](got); !local {
			t.Errorf("%v gives %v", err, got)
		}
	}
}

func TestRedirectsAreFollowedTenTimesAndLeaveSecretsBehind(t *testing.T) {
	var seen atomic.Value
	other := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		seen.Store(r.Header.Get("X-Api-Key") + "|" + r.Header.Get("Authorization") + "|" + r.Referer() + "|" + r.UserAgent())
	})
	var hops atomic.Int32
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/loop":
			hops.Add(1)
			http.Redirect(w, r, "/loop", http.StatusFound)
		case "/same":
			http.Redirect(w, r, "/end", http.StatusFound)
		case "/other":
			http.Redirect(w, r, other.URL, http.StatusFound)
		default:
			seen.Store(r.Header.Get("X-Api-Key"))
		}
	})
	header := http.Header{"X-Api-Key": {"key"}, "Authorization": {"Bearer b"}}
	read := func(path, expect string) *Sensor {
		return endpoint(t, Config{URL: server.URL + path, Header: header, Expect: expect})
	}
	wantReadError(t, read("/loop", ""), "more than 10 redirects: check for a loop")
	if hops.Load() != 11 {
		t.Errorf("%d requests, want the first and ten more", hops.Load())
	}
	for path, want := range map[string]string{"/same": "key", "/other?token=t": "|||resiltui"} {
		if _, err := read(path, "").Read(context.Background(), sensors.Request{}); err != nil || seen.Load() != want {
			t.Errorf("%s: error %v, the end saw %q, want %q", path, err, seen.Load(), want)
		}
	}
	if _, err := read("/loop", "3xx").Read(context.Background(), sensors.Request{}); err != nil || hops.Load() != 12 {
		t.Errorf("error %v, %d requests: a redirect that is expected was followed", err, hops.Load())
	}
}

func TestSecretsComeFromFilesAndVariablesToo(t *testing.T) {
	var seen atomic.Value
	server := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		user, password, _ := r.BasicAuth()
		seen.Store(r.Header.Get("X-File") + "|" + r.Header.Get("X-Env") + "|" + user + "|" + password)
	})
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	t.Setenv("API_KEY", "from-env")
	headers := write("headers", "# mine\n\nX-File: from-file\n")
	netrc := write("netrc", "machine other login a password b\nmachine 127.0.0.1\n login alice\n password hunter22\nmachine z login c password d")
	set := sensors.Values{"header": {"@" + headers}, "header-env": {"X-Env: API_KEY"}, "netrc": {netrc}}
	for address, want := range map[string]string{
		server.URL: "from-file|from-env|alice|hunter22",
		strings.Replace(server.URL, "//", "//bob:own-password@", 1): "from-file|from-env|bob|own-password",
	} {
		s, err := Kind().Open(address, set, sensors.Env{Now: stopped})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Read(t.Context(), sensors.Request{}); err != nil || seen.Load() != want {
			t.Errorf("error %v, the server saw %q, want %q", err, seen.Load(), want)
		}
		s.(*Sensor).Close()
		if got := Kind().Secrets(address, set).Hide("hunter22 own-password"); strings.Contains(got, "hunter22") == strings.Contains(got, "own-") {
			t.Errorf("%q", got)
		}
		if got := Kind().Secrets(address, set).Hide("from-file from-env"); got != "*** ***" {
			t.Errorf("%q", got)
		}
	}
	for want, set := range map[string]sensors.Values{
		"which is not set":   {"header-env": {"X: RESILTUI_NOT_SET"}},
		"write --header-env": {"header-env": {"X"}},
		"write --header":     {"header": {"@" + write("bad", "secret\n")}},
		"cannot be read":     {"header": {"@" + dir + "/none"}},
		"no ordinary file":   {"netrc": {dir}},
		"longer than 64 KiB": {"header": {"@" + write("long", strings.Repeat("#\n", 1<<16))}},
	} {
		if _, err := Kind().Open(server.URL, set, sensors.Env{Now: stopped}); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}

// Once it was elsewhere a request is somebody else's: who sends it back chose its path.
func TestARedirectThatComesBackBringsNoSecrets(t *testing.T) {
	var seen, host atomic.Value
	var home string
	other := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/stay" {
			host.Store(r.Host)
			http.Redirect(w, r, home+"/end", http.StatusFound)
			return
		}
		http.Redirect(w, r, "/stay", http.StatusFound)
	})
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/end" {
			seen.Store(r.Header.Get("X-Api-Key") + "|" + r.Header.Get("Authorization") + "|" + r.Header.Get("Cookie"))
			return
		}
		http.Redirect(w, r, other.URL, http.StatusFound)
	})
	home = server.URL
	header := http.Header{"X-Api-Key": {"key"}, "Authorization": {"Bearer b"}, "Cookie": {"a=b"}, "Host": {"inner.example"}}
	h := endpoint(t, Config{URL: server.URL, Header: header})
	if _, err := h.Read(t.Context(), sensors.Request{}); err != nil || seen.Load() != "||" {
		t.Errorf("error %v, the end saw %q", err, seen.Load())
	}
	if host.Load() != strings.TrimPrefix(other.URL, "http://") {
		t.Errorf("the other one is asked as %q", host.Load())
	}
}

func TestABadAddressIsRefusedWithoutItsSecrets(t *testing.T) {
	for text, want := range map[string]string{
		"":                                "does not begin with http:// or https://",
		"example.com/health":              "write http://example.com/health",
		"localhost:8080":                  "write http://localhost:8080",
		"ftp://user:secret@h/x":           `URL "ftp://h/x" does not begin with http:// or https://; write http://h/x`,
		"http://":                         "has no host; write http://HOST/PATH",
		"https:///path?secret":            `URL "https:///path" has no host`,
		"http://user:se/cret@host/":       `URL "http://host/" has a port that is no number`,
		"http://h:99999/":                 "has port 99999; ports go from 1 to 65535",
		"http://h:0/":                     "has port 0; ports",
		"http://h/%zz?secret":             `URL "http://h/%zz" has a % that begins no escape`,
		"http://h/\x1b[31m":               `URL "http://h/" holds a control character`,
		"http://u:secret@[::1":            `URL "http://[::1" is not a URL`,
		"http://u:sec@ret@bad host/x":     "is not a URL; write http://HOST:PORT/PATH",
		"user:secret@host":                `URL "host"`,
		"http://u:secret@h\u202e:1x/path": "has a port that is no number",
	} {
		err := Config{URL: text, Now: stopped}.Validate()
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %q", text, err, want)
		}
		if err != nil && (strings.Contains(err.Error(), "sec") || strings.ContainsAny(err.Error(), "\x1b\u202e")) {
			t.Errorf("%q: error %q shows a secret or an escape", text, err)
		}
	}
}

func TestABadHTTPConfigNamesTheValueAndTheRemedy(t *testing.T) {
	for want, change := range map[string]func(*Config){
		`expect "20x"`:                  func(c *Config) { c.Expect = "20x" },
		`method "GE T" is no`:           func(c *Config) { c.Method = "ge t" },
		`header name "X Y" holds`:       func(c *Config) { c.Header = http.Header{"X Y": {"v"}} },
		"the value of header X-Y holds": func(c *Config) { c.Header = http.Header{"X-Y": {"secret\r\nEvil: 1"}} },
		`jq expression ".a["`:           func(c *Config) { c.JQ = ".a[" },
		`jq expression "nothing"`:       func(c *Config) { c.JQ = "nothing" },
		"use GET":                       func(c *Config) { c.Method, c.JQ = "head", "." },
		"maximum body of -1 bytes":      func(c *Config) { c.MaxBody = -1 },
		"maximum body of 2147483648":    func(c *Config) { c.MaxBody = 2 << 30 },
		"now is missing":                func(c *Config) { c.Now = nil },
	} {
		c := Config{URL: "http://h", Now: stopped}
		change(&c)
		_, err := New(c)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}

func TestNamesAreCleanAndHoldNoCredentials(t *testing.T) {
	for _, c := range []struct {
		config Config
		want   sensors.Info
	}{
		{Config{URL: "https://user:pass@h.test:8443/a/b/?q=1#f"}, sensors.Info{ID: "h.test:8443/a/b", Name: "h.test:8443/a/b"}},
		{Config{URL: "http://h", Name: "\x1b[31mshop\n api"}, sensors.Info{ID: "shop api", Name: "shop api"}},
		{Config{URL: "http://h", ID: "E1", Name: "shop"}, sensors.Info{ID: "E1", Name: "shop"}},
		{Config{URL: "http://h/%1b%5b31m"}, sensors.Info{ID: "h/%1b%5b31m", Name: "h/%1b%5b31m"}},
	} {
		got := endpoint(t, c.config).Info()
		if got.ID != c.want.ID || got.Name != c.want.Name || !got.Real {
			t.Errorf("%s: %+v, want %+v", c.config.URL, got, c.want)
		}
	}
}

// discardLog is a log that nobody reads.
func discardLog() *log.Logger { return log.New(io.Discard, "", 0) }

func TestANetrcIsReadAsOthersReadIt(t *testing.T) {
	for text, want := range map[string]string{
		"machine h login a password b":                          "a:b",
		"machine x login a password b default login c password": "c:",
		"machine x login a password b":                          "none",
		"default login d password e machine h login a":          "d:e",
		"machine H\n\tlogin a\n\taccount login\n\tpassword b":   "a:b",
		"machine h": ":",
		"machine":   "none",
		"":          "none",
	} {
		got := "none"
		if user, ok := netrcLogin(text, "h"); ok {
			password, _ := user.Password()
			got = user.Username() + ":" + password
		}
		if got != want {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
}
