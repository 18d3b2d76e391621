package http

import (
	"crypto/tls"
	"encoding/binary"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"resiltui/internal/sensors"
)

// accepting calls serve for each connection of a listener, until the test's end.
func accepting(t *testing.T, listener net.Listener, serve func(net.Conn)) {
	var all sync.WaitGroup
	all.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			all.Go(func() {
				defer func() { _ = conn.Close() }() // the test is over
				serve(conn)
			})
		}
	})
	t.Cleanup(func() { _ = listener.Close(); all.Wait() })
}

// dropping answers the first request of each connection and drops the second one.
func dropping(requests *atomic.Int32) func(net.Conn) {
	return func(conn net.Conn) {
		for n := range 2 {
			if _, err := conn.Read(make([]byte, 4096)); err != nil {
				return
			}
			requests.Add(1)
			if n == 0 {
				_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
			}
		}
	}
}

// refusing speaks just so much of HTTP/2 that it refuses every stream, which says that
// nothing was done: a transport sends such a request again.
func refusing(requests *atomic.Int32) func(net.Conn) {
	return func(conn net.Conn) {
		frame := func(kind, flags byte, stream uint32, payload ...byte) {
			head := []byte{0, 0, byte(len(payload)), kind, flags, 0, 0, 0, 0}
			binary.BigEndian.PutUint32(head[5:], stream)
			_, _ = conn.Write(append(head, payload...))
		}
		const headers, reset, settings, ack, refusedStream = 1, 3, 4, 1, 7
		if _, err := io.ReadFull(conn, make([]byte, len("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"))); err != nil {
			return
		}
		frame(settings, 0, 0)
		for head := make([]byte, 9); ; {
			if _, err := io.ReadFull(conn, head); err != nil {
				return
			}
			if _, err := io.CopyN(io.Discard, conn, int64(binary.BigEndian.Uint32(head)>>8)); err != nil {
				return
			}
			switch {
			case head[3] == settings && head[4] != ack:
				frame(settings, ack, 0)
			case head[3] == headers:
				requests.Add(1)
				frame(reset, 0, binary.BigEndian.Uint32(head[5:]), 0, 0, 0, refusedStream)
			}
		}
	}
}

// refusedStreams is the sensor of an endpoint that refuses each stream of HTTP/2.
func refusedStreams(t *testing.T, requests *atomic.Int32, keep bool) *Sensor {
	t.Helper()
	secure := httptest.NewUnstartedServer(nil)
	secure.StartTLS() // for its certificate
	t.Cleanup(secure.Close)
	listener, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: secure.TLS.Certificates, NextProtos: []string{"h2"}, MinVersion: tls.VersionTLS12})
	if err != nil {
		t.Fatal(err)
	}
	accepting(t, listener, refusing(requests))
	transport := secure.Client().Transport.(*http.Transport).Clone()
	transport.ForceAttemptHTTP2 = true
	return endpoint(t, Config{URL: "https://" + listener.Addr().String(), KeepAlive: keep, Client: &http.Client{Transport: transport}})
}

func TestOneAttemptIsOneRequestOnTheWire(t *testing.T) {
	for _, keep := range []bool{false, true} {
		var requests atomic.Int32
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		accepting(t, listener, dropping(&requests))
		h := endpoint(t, Config{URL: "http://" + listener.Addr().String(), KeepAlive: keep})
		var failed int
		for range 6 {
			if _, err := h.Read(t.Context(), sensors.Request{}); err != nil {
				failed++
			}
		}
		if want := map[bool]int{false: 0, true: 3}[keep]; failed != want || requests.Load() != 6 {
			t.Errorf("kept %v: 6 attempts, of which %d failed (want %d), were %d requests", keep, failed, want, requests.Load())
		}

		requests.Store(0)
		h = refusedStreams(t, &requests, keep)
		for range 3 {
			if _, err := h.Read(t.Context(), sensors.Request{}); err == nil {
				t.Error("a stream that is refused is no failure")
			}
		}
		if requests.Load() != 3 {
			t.Errorf("kept %v: 3 attempts over HTTP/2 were %d requests", keep, requests.Load())
		}
		h.Close()
	}
}

func TestAFreshConnectionFindsWhatANewClientFinds(t *testing.T) {
	for keep, want := range map[bool]string{false: "connection refused", true: ""} {
		server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
		h := endpoint(t, Config{URL: server.URL, KeepAlive: keep})
		if _, err := h.Read(t.Context(), sensors.Request{}); err != nil {
			t.Fatal(err)
		}
		h.rest.left.Wait()
		_ = server.Listener.Close() // the connections live on
		if _, err := h.Read(t.Context(), sensors.Request{}); textOf(err) != want {
			t.Errorf("kept %v: error %v, want %q", keep, err, want)
		}
		h.Close()
		server.Close()
	}
}

// The other side may end a connection while nothing is sent over it.
func TestAKeptConnectionThatHasEndedIsNotUsed(t *testing.T) {
	server := serve(t, func(http.ResponseWriter, *http.Request) {})
	h := endpoint(t, Config{URL: server.URL, KeepAlive: true})
	for range 2 {
		if _, err := h.Read(t.Context(), sensors.Request{}); err != nil {
			t.Error(err)
		}
		h.rest.left.Wait()
		for _, conn := range h.wire.idle {
			_ = conn.Close()
		}
	}
}

func TestAProxyIsChosenByTheWholeAddress(t *testing.T) {
	var asked atomic.Value
	proxy := serve(t, func(_ http.ResponseWriter, r *http.Request) { asked.Store(r.RequestURI) })
	to, err := url.Parse(proxy.URL)
	if err != nil {
		t.Fatal(err)
	}
	var chosenFor atomic.Value
	transport := &http.Transport{Proxy: func(r *http.Request) (*url.URL, error) {
		chosenFor.Store(r.URL.String())
		return to, nil
	}}
	h := endpoint(t, Config{URL: "http://name.invalid:8080/health", Client: &http.Client{Transport: transport}})
	if _, err := h.Read(t.Context(), sensors.Request{}); err != nil {
		t.Fatal(err)
	}
	if chosenFor.Load() != "http://name.invalid:8080/health" || asked.Load() != "http://name.invalid:8080/health" {
		t.Errorf("the proxy is chosen for %v and asked for %v", chosenFor.Load(), asked.Load())
	}
}

func TestANameInAnotherScriptIsDialledAsItIsRegistered(t *testing.T) {
	for address, want := range map[string]string{
		"http://bücher.example/":       "xn--bcher-kva.example:80",
		"https://bücher.example/":      "xn--bcher-kva.example:443",
		"https://bücher.example:8443/": "xn--bcher-kva.example:8443",
		"https://example/":             "example:443",
		"http://[::1]/":                "[::1]:80",
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if got := dialAddress(u); got != want {
			t.Errorf("%s is dialled as %s, want %s", address, got, want)
		}
	}
}

func TestRedirectsToWhatIsNoHTTPSaySo(t *testing.T) {
	for location, want := range map[string]string{
		"ftp://host.example/x?token=s3cret": "redirect to an address that is not of HTTP",
		"http:///x?token=s3cret":            "redirect to an address that cannot be read",
		"/login%zz?token=s3cret7":           "redirect to an address that cannot be read",
	} {
		answer := "HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n"
		_, err := endpoint(t, Config{URL: rawServer(t, answer)}).Read(t.Context(), sensors.Request{})
		if err == nil || err.Error() != want || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%s: error %v, want %q", location, err, want)
		}
	}
}
