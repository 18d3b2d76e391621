package http

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"resiltui/internal/sensors"
)

func TestABodyThatNobodyReadsIsJudgedByItsHead(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/large":
			_, _ = io.WriteString(w, strings.Repeat("x", 2<<20))
		case "/endless":
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		case "/squeezed":
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = io.WriteString(w, "not what gzip makes")
		}
	})
	for _, address := range []string{
		server.URL + "/large", server.URL + "/endless", server.URL + "/squeezed",
		rawServer(t, "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort"),
	} {
		if _, err := endpoint(t, Config{URL: address}).Read(t.Context(), sensors.Request{}); err != nil {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// eachProtocol calls back with a server and a transport for each version of HTTP, and
// with a count of the connections that were made.
func eachProtocol(t *testing.T, handler http.HandlerFunc, try func(t *testing.T, address string, transport *http.Transport, connections *atomic.Int32)) {
	for _, version := range []string{"HTTP/1.1", "HTTP/2.0"} {
		t.Run(version, func(t *testing.T) {
			connections := new(atomic.Int32)
			server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Proto != version {
					t.Errorf("asked by %s", r.Proto)
				}
				handler(w, r)
			}))
			server.EnableHTTP2 = version == "HTTP/2.0"
			server.Config.ErrorLog = discardLog()
			server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
				if state == http.StateNew {
					connections.Add(1)
				}
			}
			server.StartTLS()
			t.Cleanup(server.Close)
			try(t, server.URL, server.Client().Transport.(*http.Transport), connections)
		})
	}
}

func TestARefusalCostsNoKeptConnection(t *testing.T) {
	refuse := func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, `{"error":"overloaded"}`, http.StatusServiceUnavailable)
	}
	eachProtocol(t, refuse, func(t *testing.T, address string, transport *http.Transport, connections *atomic.Int32) {
		for keep, want := range map[bool]int32{true: 1, false: 3} {
			connections.Store(0)
			h := endpoint(t, Config{URL: address, KeepAlive: keep, Client: &http.Client{Transport: transport}})
			for range 3 {
				wantReadError(t, h, "503 Service Unavailable")
			}
			if got := connections.Load(); got != want {
				t.Errorf("kept %v: 3 attempts made %d connections, want %d", keep, got, want)
			}
		}
	})
}

// The handlers end only when the client gives up: without bounds this test would hang.
func TestWhatIsLeftOfAnAnswerIsReadWithinBounds(t *testing.T) {
	done := make(chan struct{}, 1)
	flood := func(w http.ResponseWriter, r *http.Request) {
		for block := make([]byte, 32<<10); r.Context().Err() == nil; {
			if _, err := w.Write(block); err != nil {
				break
			}
		}
		done <- struct{}{}
	}
	stall := func(w http.ResponseWriter, r *http.Request) {
		w.(http.Flusher).Flush()
		<-r.Context().Done()
		done <- struct{}{}
	}
	for name, handler := range map[string]http.HandlerFunc{"much": flood, "nothing": stall} {
		t.Run(name, func(t *testing.T) {
			eachProtocol(t, handler, func(t *testing.T, address string, transport *http.Transport, _ *atomic.Int32) {
				h := endpoint(t, Config{URL: address, KeepAlive: true, Client: &http.Client{Transport: transport}})
				if _, err := h.Read(t.Context(), sensors.Request{}); err != nil {
					t.Error(err)
				}
				<-done
			})
		})
	}
}

func TestCloseCutsOffWhatIsLeftOfAnAnswer(t *testing.T) {
	var left atomic.Bool
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	})
	h := endpoint(t, Config{URL: server.URL})
	h.rest.leave(closing{func() { left.Store(true) }}, func() {})
	h.Close()
	if !left.Load() {
		t.Error("a body is still open after Close")
	}
	// Nobody would wait for a body that is left now.
	left.Store(false)
	h.rest.leave(closing{func() { left.Store(true) }}, func() {})
	if !left.Load() {
		t.Error("a body that is left after Close is not closed")
	}
}

// closing is an empty body that tells that it is closed.
type closing struct{ tell func() }

func (closing) Read([]byte) (int, error) { return 0, io.EOF }
func (c closing) Close() error           { c.tell(); return nil }
