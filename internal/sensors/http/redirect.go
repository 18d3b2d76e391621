package http

import (
	"net/http"
	"slices"

	"resiltui/internal/sensors"
	"resiltui/internal/words"
)

// The bounds of a chain of redirects.
const (
	// DefaultRedirects is how many redirects are followed by default.
	DefaultRedirects = 10
	// NoRedirects as a number of redirects follows none.
	NoRedirects = -1

	maxRedirects = 100
)

// redirect decides whether a redirect is followed, and with which headers.
// net/http removes Authorization and Cookie from a request to another host, but
// not other headers with secrets, such as X-Api-Key.
func (h *Sensor) redirect(next *http.Request, past []*http.Request) error {
	if h.config.redirects == 0 || h.config.expect.Match(next.Response.StatusCode) {
		return http.ErrUseLastResponse
	}
	if len(past) > h.config.redirects {
		return sensors.LastingError{Err: readErrorf("more than %s: check for a loop", words.Counted(h.config.redirects, "redirect"))}
	}
	next.Header.Del("Referer") // holds the query
	if foreign(append(past[:len(past):len(past)], next)) {
		for name := range h.header {
			if name != "User-Agent" {
				next.Header.Del(name)
			}
		}
	} else if login := h.header["Authorization"]; login != nil {
		next.Header["Authorization"] = slices.Clone(login) // net/http takes LOCALHOST for another host than localhost
	}
	return nil
}

// foreign reports whether one of a chain of requests goes to another origin than
// the first. Then no later request gets the headers, not even one that goes back to
// the first origin: the other origin chose its address.
func foreign(chain []*http.Request) bool {
	return slices.ContainsFunc(chain, func(r *http.Request) bool { return origin(r.URL) != origin(chain[0].URL) })
}
