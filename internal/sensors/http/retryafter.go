package http

import (
	"net/http"
	"strings"
	"time"

	"resiltui/internal/sensors"
)

// maxRetryAfter is the longest wait that is accepted from an endpoint: a day. A slip in
// a header must not be the end of watching it.
const maxRetryAfter = 24 * time.Hour

// refusal is the error of an answer whose status was not expected. Where the same
// request may get another answer later, and this one says when, the error is a
// LimitError with that time.
func (h *Sensor) refusal(response *http.Response, p *progress) error {
	said := h.statusError(response.StatusCode, response.Status)
	if lastingStatus(response.StatusCode) {
		return sensors.LastingError{Err: said}
	}
	if response.StatusCode == http.StatusTooManyRequests {
		p.undone()
	}
	if after, ok := retryAfter(response.Header, h.date()); ok && response.StatusCode >= 400 {
		return sensors.LimitError{After: after, Said: said}
	}
	return said
}

// date is the time of day, zero where the run has none.
func (h *Sensor) date() time.Time {
	if h.start.IsZero() {
		return h.start
	}
	return h.start.Add(h.now())
}

// retryAfter reads the Retry-After of an answer (RFC 9110, section 10.2.3): seconds,
// with a fraction where a server writes one, or a date. Of several the longest counts.
// The result is from 0 to maxRetryAfter. A date is compared with the Date of the answer,
// so that the clock of this machine does not matter; where the answer has none, with
// now, which may be zero for unknown. ok is false where no value can be read.
func retryAfter(header http.Header, now time.Time) (after time.Duration, ok bool) {
	if date, err := http.ParseTime(header.Get("Date")); err == nil {
		now = date
	}
	for _, value := range header.Values("Retry-After") {
		value = strings.Trim(value, " \t")
		wait, read := seconds(value)
		if !read && !now.IsZero() {
			date, err := http.ParseTime(value)
			wait, read = min(max(date.Sub(now), 0), maxRetryAfter), err == nil
		}
		if read {
			after, ok = max(after, wait), true
		}
	}
	return after, ok
}

// seconds is the duration of so many seconds, in decimal digits with or without a
// fraction, at most maxRetryAfter, however many digits there are.
func seconds(text string) (d time.Duration, ok bool) {
	whole, fraction, _ := strings.Cut(text, ".")
	if whole == "" || strings.Trim(whole+fraction, "0123456789") != "" {
		return 0, false
	}
	for _, c := range whole {
		d = min(10*d+time.Duration(c-'0')*time.Second, maxRetryAfter)
	}
	unit := time.Second
	for _, c := range fraction {
		unit /= 10
		d += time.Duration(c-'0') * unit
	}
	return min(d, maxRetryAfter), true
}
