package http

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"resiltui/internal/sensors"
)

// lastingStatus reports whether the same request will get this status again: 501, and every
// 4xx except those that pass with time.
func lastingStatus(status int) bool {
	switch status {
	case http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests:
		return false
	case http.StatusNotImplemented:
		return true
	}
	return status >= 400 && status < 500
}

// remedy says what to look at where a status is a lasting one, or is empty.
func remedy(status int) string {
	switch status {
	case http.StatusUnauthorized:
		return "check the login"
	case http.StatusForbidden:
		return "check the rights of the login"
	case http.StatusNotFound, http.StatusGone:
		return "check the path"
	case http.StatusMethodNotAllowed, http.StatusNotImplemented:
		return "check the method"
	case http.StatusNotAcceptable:
		return "check the Accept header"
	case http.StatusProxyAuthRequired:
		return "check the proxy's login"
	}
	if lastingStatus(status) {
		return "check the request"
	}
	return ""
}

// idempotent reports whether a request may be sent again whatever became of it: it
// changes nothing, or has the same effect however often it is carried out (RFC 9110,
// section 9.2.2).
func idempotent(method string) bool {
	return slices.Contains([]string{
		http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodTrace, http.MethodPut, http.MethodDelete,
		"PROPFIND", "REPORT", "SEARCH", "QUERY",
	}, method)
}

// textNotEstablished is in the error of a connection over HTTP/2 that ended before a request
// was sent over it.
const textNotEstablished = "client conn could not be established"

// unprocessed reports whether the error says that a request was refused before anything
// was done with it. net/http exports none of these errors.
func unprocessed(err error) bool {
	if reset, ok := errors.AsType[streamError](err); ok {
		return reset.name() == "REFUSED_STREAM"
	}
	text := err.Error()
	return strings.Contains(text, textNotEstablished) ||
		strings.Contains(text, "Transport received") && strings.Contains(text, "GOAWAY")
}

// judged adds to the error of an attempt what a retry policy needs to know: how far the
// attempt came, and whether it must not be repeated.
func (h *Sensor) judged(err error, p *progress) error {
	err = p.late(err)
	if !idempotent(h.config.method) && p.mayHaveWorked() {
		return sensors.LastingError{Err: err}
	}
	return err
}
