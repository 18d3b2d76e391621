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
		"a date of C":              {429, "Mon Nov 23 22:30:05 2026", 5 * time.Second, true},
		"far off":                  {429, far, 24 * time.Hour, true},
		"too many seconds":         {429, "99999", 24 * time.Hour, true},
		"more than a number holds": {429, strings.Repeat("9", 400), 24 * time.Hour, true},
		"a whole fraction":         {503, "1.0", time.Second, true},
		"a fraction":               {429, "1.5", 1500 * time.Millisecond, true},
		"a long fraction":          {429, "0.1234567891" + strings.Repeat("9", 400), 123456789, true},
		"a point alone at the end": {429, "2.", 2 * time.Second, true},
		"a point alone":            {429, ".5", 0, false},
		"two points":               {429, "1.2.3", 0, false},
		"an exponent":              {429, "1e3", 0, false},
		"hexadecimal":              {429, "0x10", 0, false},
		"a sign":                   {429, "+5", 0, false},
		"seconds with a unit":      {429, "5s", 0, false},
		"not a number":             {429, "NaN", 0, false},
		"no header":                {429, "", 0, false},
		"negative":                 {429, "-5", 0, false},
		"words":                    {429, "soon", 0, false},
		"digits of another script": {429, "٣", 0, false},
		"any other error":          {500, "7", 7 * time.Second, true},
		"a bad gateway":            {502, "7", 7 * time.Second, true},
		"a timeout":                {408, "7", 7 * time.Second, true},
		"too early":                {425, "7", 7 * time.Second, true},
		"one that lasts":           {404, "7", 0, false},
		"a lasting one of servers": {501, "7", 0, false},
		"a redirect":               {304, "7", 0, false},
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
	const soon, late = "Mon, 23 Nov 2026 22:30:20 GMT", "Mon, 23 Nov 2026 22:29:40 GMT"
	here, err := http.ParseTime(late)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		date string
		here time.Time
		want time.Duration
		ok   bool
	}{
		{today, time.Time{}, 20 * time.Second, true},
		{today, here, 20 * time.Second, true}, // whatever the clock of this machine says
		{"yesterday", here, 40 * time.Second, true},
		{"", here, 40 * time.Second, true},
		{"", time.Time{}, 0, false},
	} {
		header := http.Header{"Retry-After": {soon}, "Date": {c.date}}
		if after, ok := retryAfter(header, c.here); after != c.want || ok != c.ok {
			t.Errorf("with the date %q here %v: %v, %v", c.date, c.here, after, ok)
		}
		header["Retry-After"] = []string{"20"}
		if after, ok := retryAfter(header, c.here); after != 20*time.Second || !ok {
			t.Errorf("seconds need no date: %v, %v", after, ok)
		}
	}
}

func TestOfSeveralTimesToComeBackTheLongestCounts(t *testing.T) {
	for _, values := range [][]string{{"3", "7"}, {"7", "3"}, {"soon", "7", "-8"}} {
		if after, ok := retryAfter(http.Header{"Retry-After": values}, time.Time{}); after != 7*time.Second || !ok {
			t.Errorf("%v: %v, %v", values, after, ok)
		}
	}
}

func TestTheTimeOfDayIsThatOfTheRunsClock(t *testing.T) {
	start := time.Date(2026, 11, 23, 22, 29, 0, 0, time.UTC)
	h := endpoint(t, Config{URL: "http://host.test", Start: start, Now: func() time.Duration { return time.Minute }})
	if got := h.date(); !got.Equal(start.Add(time.Minute)) {
		t.Errorf("it is %v", got)
	}
	if got := endpoint(t, Config{URL: "http://host.test"}).date(); !got.IsZero() {
		t.Errorf("without a date it is %v", got)
	}
}
