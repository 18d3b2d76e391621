package http

import (
	"net/http"
	"slices"

	"resiltui/internal/words"
)

// The bounds of a chain of redirects.
const (
	// DefaultRedirects is how many redirects are followed where nothing is said.
	DefaultRedirects = 10
	// NoRedirects as a number of redirects follows none.
	NoRedirects = -1

	maxRedirects = 100
)

// redirect decides whether a redirect is followed, and with what. Net/http
// takes Authorization and Cookie off a request to another host, but no header
// that it does not know to be secret, such as X-Api-Key.
func (h *Sensor) redirect(next *http.Request, past []*http.Request) error {
	if h.config.redirects == 0 || h.config.expect.Match(next.Response.StatusCode) {
		return http.ErrUseLastResponse
	}
	if len(past) > h.config.redirects {
		return readErrorf("more than %s", words.Counted(h.config.redirects, "redirect"))
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

// foreign reports whether one of a chain of requests goes elsewhere than the first.
// All after it are somebody else's, also one that comes back: who sent it chose
// where to.
func foreign(chain []*http.Request) bool {
	return slices.ContainsFunc(chain, func(r *http.Request) bool { return origin(r.URL) != origin(chain[0].URL) })
}
