package http

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"resiltui/internal/sensors"
)

func TestACookieLivesAsLongAsItsChain(t *testing.T) {
	var hits atomic.Int32
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		hits.Add(1)
		if strings.Contains(r.Header.Get("Cookie"), "seen=1") {
			return
		}
		http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1", Path: "/"})
		http.Redirect(w, r, "/", http.StatusFound)
	})
	for _, header := range []http.Header{nil, {"Cookie": {"mine=2"}}} {
		hits.Store(0)
		h := endpoint(t, Config{URL: server.URL, Header: header})
		for range 2 {
			if _, err := h.Read(t.Context(), sensors.Request{}); err != nil {
				t.Error(err)
			}
		}
		if hits.Load() != 4 { // a second read is a new client
			t.Errorf("with %v: two chains were %d requests, want 4", header, hits.Load())
		}
	}
}

func TestTheLoginOfAnAddressStaysWithItsOrigin(t *testing.T) {
	var seen, location atomic.Value
	look := func(_ http.ResponseWriter, r *http.Request) {
		user, password, _ := r.BasicAuth()
		seen.Store(user + ":" + password)
	}
	other := serve(t, look)
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/end" {
			look(w, r)
			return
		}
		w.Header().Set("Location", location.Load().(string))
		w.WriteHeader(http.StatusFound)
	})
	_, port, _ := strings.Cut(strings.TrimPrefix(server.URL, "http://"), ":")
	h := endpoint(t, Config{URL: "http://alice:hunter22@localhost:" + port})
	for to, want := range map[string]string{
		"/end":                                "alice:hunter22",
		"end":                                 "alice:hunter22",
		"?" + "x=1#y":                         "", // is asked for again, until there are too many
		"//localhost:" + port + "/end":        "alice:hunter22",
		"http://localhost:" + port + "/end":   "alice:hunter22",
		"HTTP://LOCALHOST:" + port + "/end":   "alice:hunter22",
		"http://127.0.0.1:" + port + "/end":   ":", // perhaps somebody else
		other.URL:                             ":",
		"http://mallory:own@" + other.URL[7:]: "mallory:own",
	} {
		seen.Store("")
		location.Store(to)
		_, err := h.Read(t.Context(), sensors.Request{})
		if (err != nil) != (want == "") || seen.Load() != want {
			t.Errorf("%s: error %v, the end saw %q, want %q", to, err, seen.Load(), want)
		}
	}
}

func TestTheDefaultPortIsTheSameOrigin(t *testing.T) {
	for address, want := range map[string]string{
		"http://h/x": "http://h:80", "http://H:80": "http://h:80", "https://h": "https://h:443", "https://h:8443": "https://h:8443",
	} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := origin(request.URL); got != want {
			t.Errorf("%s is of %s, want %s", address, got, want)
		}
	}
}

func TestRedirectsCanBeRefused(t *testing.T) {
	var hits atomic.Int32
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		hits.Add(1)
		http.Redirect(w, r, "/login", http.StatusFound)
	})
	for said, want := range map[string]struct {
		text string
		hits int32
	}{
		"0": {"302 Found", 1}, "1": {"more than 1 redirect: check for a loop", 2}, "2": {"more than 2 redirects: check for a loop", 3}, "": {"more than 10 redirects: check for a loop", 11},
	} {
		hits.Store(0)
		set := sensors.Values{}
		if said != "" {
			set["redirects"] = []string{said}
		}
		s, err := Kind().Open(server.URL, set, sensors.Env{Now: stopped})
		if err != nil {
			t.Fatal(err)
		}
		wantReadError(t, s, want.text)
		s.(*Sensor).Close()
		if hits.Load() != want.hits {
			t.Errorf("--redirects %s: %d requests, want %d", said, hits.Load(), want.hits)
		}
	}
	for _, said := range []string{"-1", "101", "many"} {
		if _, err := Kind().Open(server.URL, sensors.Values{"redirects": {said}}, sensors.Env{Now: stopped}); err == nil || !strings.Contains(err.Error(), "--redirects "+said+": must be a whole number from 0 to 100") {
			t.Errorf("--redirects %s: error %v", said, err)
		}
	}
}
