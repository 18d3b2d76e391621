package http

import (
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"resiltui/internal/sensors"
)

// What an endpoint does has the same outcome by either version of HTTP, and one attempt is
// one request at the server.
func TestEachVersionOfHTTPGivesTheSameOutcome(t *testing.T) {
	endless := func(w http.ResponseWriter, r *http.Request) {
		for block := []byte(strings.Repeat("x", 32<<10)); r.Context().Err() == nil; {
			if _, err := w.Write(block); err != nil {
				return
			}
		}
	}
	cut := squeezed(t, `{"n":7}`, func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) })
	for name, c := range map[string]struct {
		method, jq string
		handler    http.HandlerFunc
		want       string
		lasts      bool
		after      time.Duration
	}{
		"an endless body that is read": {"GET", ".", endless, "body is larger than 1 MiB", false, 0},
		"a large body that nobody reads": {"GET", "", func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, strings.Repeat("x", 2<<20))
		}, "", false, 0},
		"too many": {"POST", "", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "7")
			w.WriteHeader(http.StatusTooManyRequests)
		}, "429 Too Many Requests", false, 7 * time.Second},
		"a POST that failed": {"POST", "", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusServiceUnavailable)
		}, "503 Service Unavailable", true, 0},
		"nothing, where a number is expected": {"GET", ".n", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusNoContent)
		}, "body is not JSON: it is empty", false, 0},
		"a hint before the answer": {"GET", ".n", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusEarlyHints)
			_, _ = io.WriteString(w, `{"n":7}`)
		}, "", false, 0},
		"gzip that is cut off": {"GET", ".n", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = io.WriteString(w, cut[:len(cut)-9])
		}, "connection closed before the answer was complete", false, 0},
	} {
		t.Run(name, func(t *testing.T) {
			requests := new(atomic.Int32)
			counted := func(w http.ResponseWriter, r *http.Request) { requests.Add(1); c.handler(w, r) }
			eachProtocol(t, counted, func(t *testing.T, address string, transport *http.Transport, _ *atomic.Int32) {
				for _, keep := range []bool{false, true} {
					requests.Store(0)
					h := endpoint(t, Config{URL: address, Method: c.method, JQ: c.jq, KeepAlive: keep, Client: &http.Client{Transport: transport}})
					for range 2 {
						_, err := h.Read(t.Context(), sensors.Request{})
						var after time.Duration
						if hint, ok := err.(hinted); ok {
							after = hint.RetryAfter()
						}
						if textOf(err) != c.want || lasts(err) != c.lasts || after != c.after {
							t.Errorf("kept %v: %v, is it a lasting one: %v, wait %v; want %q", keep, err, lasts(err), after, c.want)
						}
					}
					if requests.Load() != 2 {
						t.Errorf("kept %v: 2 attempts were %d requests", keep, requests.Load())
					}
				}
			})
		})
	}
}

// A connection that is lost after the request was written may have done its work; only what
// is idempotent may be sent again.
func TestAConnectionThatIsLostInAnAttemptIsOneRequest(t *testing.T) {
	drop := func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }
	for method, last := range map[string]bool{"GET": false, "PUT": false, "DELETE": false, "POST": true, "PATCH": true} {
		requests := new(atomic.Int32)
		counted := func(w http.ResponseWriter, r *http.Request) { requests.Add(1); drop(w, r) }
		eachProtocol(t, counted, func(t *testing.T, address string, transport *http.Transport, _ *atomic.Int32) {
			for _, keep := range []bool{false, true} {
				requests.Store(0)
				h := endpoint(t, Config{URL: address, Method: method, KeepAlive: keep, Client: &http.Client{Transport: transport}})
				for range 2 {
					if _, err := h.Read(t.Context(), sensors.Request{}); err == nil || lasts(err) != last {
						t.Errorf("%s, kept %v: %v, is it a lasting one: %v", method, keep, err, lasts(err))
					}
				}
				if requests.Load() != 2 {
					t.Errorf("%s, kept %v: 2 attempts were %d requests", method, keep, requests.Load())
				}
			}
		})
	}
}
