package http

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"resiltui/internal/sensors"
)

// step is by how much a stepping clock goes on each time it is read.
const step = time.Millisecond

// stepping is a clock that goes on by a step each time it is read.
func stepping() func() time.Duration {
	var now atomic.Int64
	return func() time.Duration { return time.Duration(now.Add(int64(step))) }
}

// wantPhases checks what a reading or an error tells of the phases of a read.
func wantPhases(t *testing.T, what string, got *sensors.Phases, want sensors.Phases) {
	t.Helper()
	if got == nil || *got != want {
		t.Errorf("%s: phases %+v, want %+v", what, got, want)
	}
}

// answering is a server that answers with a number, /moved with a redirect to it and /gone
// with an error.
func answering(t *testing.T, start func(*httptest.Server)) *httptest.Server {
	t.Helper()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/moved":
			http.Redirect(w, r, "/", http.StatusFound)
		case "/gone":
			w.WriteHeader(http.StatusGone)
		}
		_, _ = io.WriteString(w, "7")
	}))
	server.Config.ErrorLog = discardLog()
	start(server)
	t.Cleanup(server.Close)
	return server
}

func TestAReadTellsHowLongEachOfItsPhasesTook(t *testing.T) {
	bare := answering(t, (*httptest.Server).Start)
	secured := answering(t, (*httptest.Server).StartTLS)
	named := strings.Replace(bare.URL, "127.0.0.1", "localhost", 1)
	for _, c := range []struct {
		address, jq string
		want        sensors.Phases
	}{
		{bare.URL, "", sensors.Phases{Connect: step, FirstByte: step, Body: step}},
		{bare.URL, ".", sensors.Phases{Connect: step, FirstByte: step, Body: 2 * step}},
		{secured.URL, "", sensors.Phases{Connect: step, TLS: step, FirstByte: step, Body: step}},
		{named, "", sensors.Phases{DNS: step, Connect: step, FirstByte: step, Body: step}},
		{bare.URL + "/moved", "", sensors.Phases{Connect: 2 * step, FirstByte: 2 * step, Body: 2 * step}},
	} {
		h := endpoint(t, Config{URL: c.address, JQ: c.jq, Client: secured.Client(), Now: stepping()})
		reading, err := h.Read(t.Context(), sensors.Request{})
		if err != nil {
			t.Fatalf("%s: %v", c.address, err)
		}
		wantPhases(t, c.address+" "+c.jq, reading.Phases, c.want)
	}
}

func TestAConnectionThatIsUsedAgainIsNoPhase(t *testing.T) {
	secured := answering(t, (*httptest.Server).StartTLS)
	h := endpoint(t, Config{URL: secured.URL, Client: secured.Client(), KeepAlive: true, Now: stepping()})
	for _, want := range []sensors.Phases{
		{Connect: step, TLS: step, FirstByte: step, Body: step}, {FirstByte: step, Body: step},
	} {
		reading, err := h.Read(t.Context(), sensors.Request{})
		if err != nil {
			t.Fatal(err)
		}
		wantPhases(t, "of one connection", reading.Phases, want)
	}
}

func TestTheErrorOfAReadTellsItsPhases(t *testing.T) {
	bare := answering(t, (*httptest.Server).Start)
	_, err := endpoint(t, Config{URL: bare.URL + "/gone", Now: stepping()}).Read(t.Context(), sensors.Request{})
	if !lasts(err) {
		t.Errorf("error %v is no lasting one any more", err)
	}
	wantPhases(t, "410", sensors.PhasesOf(err), sensors.Phases{Connect: step, FirstByte: step, Body: step})

	_, err = endpoint(t, Config{URL: bare.URL, JQ: ".a", Now: stepping()}).Read(t.Context(), sensors.Request{})
	wantPhases(t, "no number in the body", sensors.PhasesOf(err), sensors.Phases{Connect: step, FirstByte: step, Body: 2 * step})
}

func TestADeadlineTellsThePhaseInWhichItCame(t *testing.T) {
	ctx := newDeadline(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	accepting(t, listener, func(conn net.Conn) {
		_, _ = conn.Read(make([]byte, 4096))
		ctx.come()
		_, _ = conn.Read(make([]byte, 4096)) // to its end
	})
	_, err = endpoint(t, Config{URL: "https://" + listener.Addr().String(), Now: stepping()}).Read(ctx, sensors.Request{})
	wantLate(t, err, "connected, but TLS not set up")
	wantPhases(t, "TLS", sensors.PhasesOf(err), sensors.Phases{Connect: step, TLS: step})
}

func TestAReadWithoutAnyPhaseTellsNone(t *testing.T) {
	client := &http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: http.StatusOK, Request: r, Body: http.NoBody}, nil
	})}
	reading, err := endpoint(t, Config{URL: "http://host.test", Client: client, Now: stepping()}).Read(t.Context(), sensors.Request{})
	if err != nil || reading.Phases != nil {
		t.Errorf("phases %+v, error %v", reading.Phases, err)
	}
}

// What comes before the first stage belongs to none, a connection that is tried beside
// the one that was made neither, and a proxy with TLS has two handshakes.
func TestEveryStageCountsForItsOwnPhaseAlone(t *testing.T) {
	var now time.Duration
	p := progress{now: func() time.Duration { return now }}
	for _, s := range []struct {
		stage stage
		lasts time.Duration
	}{
		{starting, 1},
		{lookingUp, 10},
		{connecting, 100},
		{lookingUp, 200},
		{securing, 1000},
		{asked, 10_000},
		{securing, 2000},
		{asked, 20_000},
		{connecting, 30_000},
		{readingHead, 100_000},
		{readingBody, 200_000},
	} {
		p.enter(s.stage)
		now += s.lasts
	}
	want := sensors.Phases{DNS: 10, Connect: 300, TLS: 3000, FirstByte: 60_000, Body: 300_000}
	wantPhases(t, "at its end", p.end(now), want)
	now += time.Hour
	p.enter(readingBody)
	wantPhases(t, "afterwards", p.end(now), want)
}
