package http

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"resiltui/internal/sensors"
)

// today is the time of day of the endpoints in these tests.
const today = "Mon, 23 Nov 2026 22:30:00 GMT"

// hinted is what a retry policy looks for, in whatever package it is.
type hinted interface {
	error
	RetryAfter() time.Duration
}

// refusedBy reads an endpoint that answers with a status, a Retry-After and a Date.
func refusedBy(t *testing.T, status int, header, date string) error {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if header != "" {
			w.Header().Set("Retry-After", header)
		}
		w.Header()["Date"] = []string{date}
		w.WriteHeader(status)
	}))
	defer server.Close()
	h, err := New(Config{URL: server.URL, Now: func() time.Duration { return 0 }})
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	_, err = h.Read(t.Context(), sensors.Request{Call: 1, Attempt: 1})
	if err == nil {
		t.Fatal("no error")
	}
	return err
}

func TestAnEndpointThatSaysWhenToComeBackIsBelieved(t *testing.T) {
	const far = "Tue, 01 Jan 2030 00:00:00 GMT"
	for name, tt := range map[string]struct {
		status int
		header string
		want   time.Duration
		hint   bool
	}{
		"seconds":                  {429, "7", 7 * time.Second, true},
		"seconds, unavailable":     {503, "120", 2 * time.Minute, true},
		"at once":                  {429, "0", 0, true},
		"blanks around":            {429, " 3\t", 3 * time.Second, true},
		"a date":                   {503, "Mon, 23 Nov 2026 22:30:20 GMT", 20 * time.Second, true},
		"a date of the old kind":   {429, "Monday, 23-Nov-26 22:31:00 GMT", time.Minute, true},
		"a date that is past":      {429, "Mon, 23 Nov 2026 22:29:00 GMT", 0, true},
		"far off":                  {429, far, time.Hour, true},
		"too many seconds":         {429, "99999", time.Hour, true},
		"more than a number holds": {429, strings.Repeat("9", 400), time.Hour, true},
		"no header":                {429, "", 0, false},
		"negative":                 {429, "-5", 0, false},
		"a fraction":               {429, "1.5", 0, false},
		"words":                    {429, "soon", 0, false},
		"digits of another script": {429, "٣", 0, false},
		"another status":           {500, "7", 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			err := refusedBy(t, tt.status, tt.header, today)
			h, ok := errors.AsType[hinted](err)
			if ok != tt.hint || ok && h.RetryAfter() != tt.want {
				t.Errorf("%v: a hint %v, %v", err, ok, h)
			}
			// It stays what it was to everybody else.
			read, isRead := errors.AsType[*sensors.ReadError](err)
			want := new(Sensor).statusError(tt.status, "").Text
			if !isRead || read.Text != want || err.Error() != want {
				t.Errorf("%v is not %q", err, want)
			}
		})
	}
}

func TestADateIsHeldAgainstTheEndpointsOwn(t *testing.T) {
	for date, want := range map[string]bool{today: true, "yesterday": false, "": false} {
		err := refusedBy(t, 429, "Mon, 23 Nov 2026 22:30:20 GMT", date)
		if h, ok := errors.AsType[hinted](err); ok != want || ok && h.RetryAfter() != 20*time.Second {
			t.Errorf("with the date %q: a hint %v, %v", date, ok, h)
		}
		if h, ok := errors.AsType[hinted](refusedBy(t, 429, "20", date)); !ok || h.RetryAfter() != 20*time.Second {
			t.Errorf("seconds need no date: a hint %v, %v", ok, h)
		}
	}
}
