package http

import (
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"resiltui/internal/sensors"
)

// lasts reports what a retry policy looks for, in whatever package it is.
func lasts(err error) bool {
	e, ok := errors.AsType[interface {
		error
		Permanent() bool
	}](err)
	return ok && e.Permanent()
}

func TestOnlyWhatCanMendIsRetried(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		status, _ := strconv.Atoi(strings.Trim(r.URL.Path, "/"))
		if status >= 300 && status < 400 {
			w.Header().Set("Location", "/elsewhere")
		}
		w.WriteHeader(status)
	})
	lasting := []int{400, 401, 402, 403, 404, 405, 406, 407, 409, 410, 411, 413, 414, 415, 421, 422, 428, 431, 451, 499, 501}
	passing := []int{302, 408, 425, 429, 500, 502, 503, 504, 505, 507, 520, 599}
	for _, of := range []struct {
		statuses []int
		method   string
		last     bool
	}{
		{lasting, "GET", true},
		{passing, "GET", false},
		{lasting, "PUT", true},
		{passing, "PUT", false},
		{passing, "DELETE", false},
		{passing, "HEAD", false},
		{passing, "OPTIONS", false},
		{[]int{429}, "POST", false},
		{[]int{302, 408, 425, 500, 502, 503, 504, 404}, "POST", true},
		{[]int{500}, "PATCH", true},
		{[]int{500}, "put-it", true}, // an unknown method may do anything
	} {
		for _, status := range of.statuses {
			h := endpoint(t, Config{URL: server.URL + "/" + strconv.Itoa(status), Method: of.method, Redirects: NoRedirects})
			_, err := h.Read(t.Context(), sensors.Request{})
			if err == nil || lasts(err) != of.last {
				t.Errorf("%s %d: %v, is it a lasting one: %v", of.method, status, err, lasts(err))
			}
			if _, ok := errors.AsType[*sensors.ReadError](err); !ok {
				t.Errorf("%s %d: %#v has no text of its own", of.method, status, err)
			}
		}
	}
}

func TestALastingStatusSaysWhatToLookAt(t *testing.T) {
	h := endpoint(t, Config{URL: "http://host.test", Header: http.Header{"Authorization": {"check the path"}}})
	for status, want := range map[int]string{
		404: "404 Not Found: check the path", // an own text, though the words are a secret
		401: "401 Unauthorized: check the login",
		501: "501 Not Implemented: check the method",
		422: "422 Unprocessable Entity: check the request",
		503: "503 Service Unavailable",
		499: "499 Client Closed: check the request",
	} {
		if got := h.statusError(status, strconv.Itoa(status)+" Client Closed").Text; got != want {
			t.Errorf("%d: %q, want %q", status, got, want)
		}
	}
}

// What cannot be told from a request that was carried out must not be sent again.
func TestARequestThatIsNotIdempotentIsRepeatedOnlyWhereNothingWasDone(t *testing.T) {
	refused, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = refused.Close() // nobody listens
	answers := func(text string) string { return rawServer(t, text) }
	loop := serve(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/", http.StatusTemporaryRedirect) })
	moved := serve(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://"+refused.Addr().String(), http.StatusTemporaryRedirect)
	})
	tired := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTooManyRequests) })
	movedToTired := serve(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, tired.URL, http.StatusSeeOther) })
	for name, c := range map[string]struct {
		url       string
		get, post bool // whether the failure is a lasting one
	}{
		"nobody listens":                  {"http://" + refused.Addr().String(), false, false},
		"no such host":                    {"http://nowhere.invalid", false, false},
		"no TLS":                          {strings.Replace(tired.URL, "http:", "https:", 1), false, false},
		"closed without an answer":        {answers(""), false, true},
		"another protocol":                {answers("-ERR unknown command\r\n"), false, true},
		"a head that ends too early":      {answers("HTTP/1.1 200 OK\r\nContent-"), false, true},
		"a loop":                          {loop.URL, true, true},
		"on to where nobody listens":      {moved.URL, false, true},
		"on to where there were too many": {movedToTired.URL, false, true},
		"too many":                        {tired.URL, false, false},
		"a redirect that cannot be followed at all": {answers("HTTP/1.1 307 Moved\r\nLocation: /%zz\r\nContent-Length: 0\r\n\r\n"), false, true},
	} {
		for method, want := range map[string]bool{"GET": c.get, "POST": c.post} {
			_, err := endpoint(t, Config{URL: c.url, Method: method}).Read(t.Context(), sensors.Request{})
			if err == nil || lasts(err) != want {
				t.Errorf("%s, %s: %v, is it a lasting one: %v", name, method, err, lasts(err))
			}
		}
	}
}

func TestAStreamThatWasRefusedMayBeSentAgain(t *testing.T) {
	var requests atomic.Int32
	for _, keep := range []bool{false, true} {
		h := refusedStreams(t, &requests, keep)
		h.config.method = "POST"
		if _, err := h.Read(t.Context(), sensors.Request{}); err == nil || lasts(err) {
			t.Errorf("kept %v: %v, is it a lasting one: %v", keep, err, lasts(err))
		}
	}
	for text, want := range map[string]bool{
		"http2: Transport received Server's graceful shutdown GOAWAY":                                               false,
		"http2: Transport received GOAWAY from server ErrCode:ENHANCE_YOUR_CALM":                                    false,
		"http2: server sent GOAWAY and closed the connection; LastStreamID=7, ErrCode=NO_ERROR, debug=\"received\"": true,
	} {
		client := &http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
			r.Context().Value(progressKey{}).(*progress).wrote(asked)
			return nil, errors.New(text)
		})}
		_, err := endpoint(t, Config{URL: "http://host.test", Method: "POST", Client: client}).Read(t.Context(), sensors.Request{})
		if lasts(err) != want || err.Error() != "HTTP/2: the server ended the connection (GOAWAY)" {
			t.Errorf("%s: %v, is it a lasting one: %v", text, err, lasts(err))
		}
	}
}

func TestWhatTheCertificateIsToBlameForIsNotRetried(t *testing.T) {
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.Config.ErrorLog = discardLog()
	server.TLS = &tls.Config{ClientAuth: tls.RequireAnyClientCert, MinVersion: tls.VersionTLS12}
	server.StartTLS()
	t.Cleanup(server.Close)
	transport := server.Client().Transport.(*http.Transport)
	for want, client := range map[string]*http.Client{
		"TLS: certificate is signed by an unknown authority: --ca FILE or --insecure": nil,
		"TLS: the server asks for a certificate: --cert FILE":                         {Transport: transport},
	} {
		_, err := endpoint(t, Config{URL: server.URL, Client: client}).Read(t.Context(), sensors.Request{})
		if !lasts(err) || textOf(err) != want {
			t.Errorf("%v, is it a lasting one: %v; want %q", err, lasts(err), want)
		}
	}
	for _, err := range []error{
		&net.OpError{Op: "remote error", Err: errors.New("tls: handshake failure")},
		tls.RecordHeaderError{Msg: "x"},
		io.EOF,
	} {
		client := &http.Client{Transport: roundTrip(func(*http.Request) (*http.Response, error) { return nil, err })}
		if _, got := endpoint(t, Config{URL: "https://host.test", Client: client}).Read(t.Context(), sensors.Request{}); lasts(got) {
			t.Errorf("%v is a lasting one", got)
		}
	}
}
