package http

import (
	"net/http"
	"strings"
	"time"

	"resiltui/internal/sensors"
)

// maxRetryAfter is the longest wait that is accepted from an endpoint: an hour. A
// retry policy has its own limit too.
const maxRetryAfter = time.Hour

// refusal is the error of an answer whose status was not expected. Where the
// status means "not now" and the answer says when to come back, the error is a
// LimitError with that time.
func (h *Sensor) refusal(response *http.Response, p *progress) error {
	said := h.statusError(response.StatusCode, response.Status)
	if lastingStatus(response.StatusCode) {
		return sensors.LastingError{Err: said}
	}
	switch response.StatusCode {
	case http.StatusTooManyRequests:
		p.undone()
		fallthrough
	case http.StatusServiceUnavailable:
		if after, ok := retryAfter(response.Header); ok {
			return sensors.LimitError{After: after, Said: said}
		}
	}
	return said
}

// retryAfter reads the Retry-After of an answer (RFC 9110, section 10.2.3): whole
// seconds, or a date. The result is from 0 to maxRetryAfter. A date is compared with
// the Date of the answer, so that the clock of this machine does not matter. ok is
// false where the value is neither, or where it is a date and the answer has no
// Date.
func retryAfter(header http.Header) (after time.Duration, ok bool) {
	value := strings.Trim(header.Get("Retry-After"), " \t")
	if value == "" {
		return 0, false
	}
	if strings.Trim(value, "0123456789") == "" {
		return wholeSeconds(value), true
	}
	date, err := http.ParseTime(value)
	now, nowErr := http.ParseTime(header.Get("Date"))
	if err != nil || nowErr != nil {
		return 0, false
	}
	return min(max(date.Sub(now), 0), maxRetryAfter), true
}

// wholeSeconds is the duration of so many seconds in decimal digits, at most
// maxRetryAfter, however many digits there are.
func wholeSeconds(digits string) time.Duration {
	var d time.Duration
	for _, c := range digits {
		d = min(10*d+time.Duration(c-'0')*time.Second, maxRetryAfter)
	}
	return d
}
