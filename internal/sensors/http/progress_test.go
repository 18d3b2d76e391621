package http

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"sync"
	"testing"

	"resiltui/internal/sensors"
)

// deadline is a context whose deadline comes when a test says so.
type deadline struct {
	context.Context
	done chan struct{}
	once sync.Once
}

func newDeadline(t *testing.T) *deadline {
	return &deadline{Context: t.Context(), done: make(chan struct{})}
}

func (d *deadline) come()                 { d.once.Do(func() { close(d.done) }) }
func (d *deadline) Done() <-chan struct{} { return d.done }

func (d *deadline) Err() error {
	select {
	case <-d.done:
		return context.DeadlineExceeded
	default:
		return nil
	}
}

// wantLate checks how far a read came.
func wantLate(t *testing.T, err error, want string) {
	t.Helper()
	late, ok := errors.AsType[sensors.LateError](err)
	if !ok || late.Reached != want || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v, want %q", err, want)
	}
}

func TestADeadlineSaysHowFarTheAnswerCame(t *testing.T) {
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
	_, err = endpoint(t, Config{URL: "https://" + listener.Addr().String()}).Read(ctx, sensors.Request{})
	wantLate(t, err, "connected, but TLS not set up")

	for _, method := range []string{"GET", "POST"} {
		ctx = newDeadline(t)
		_, err = endpoint(t, Config{URL: "http://" + listener.Addr().String(), Method: method}).Read(ctx, sensors.Request{})
		wantLate(t, err, "connected, but no answer")
		if lasts(err) != (method == "POST") {
			t.Errorf("%s: is it a lasting one: %v", method, lasts(err))
		}
	}
}

func TestEveryStageOfAnAttemptHasItsWords(t *testing.T) {
	for _, c := range []struct {
		stage stage
		want  string
	}{
		{starting, "no answer"},
		{lookingUp, "name lookup not answered"},
		{connecting, "no connection"},
		{securing, "connected, but TLS not set up"},
		{asked, "connected, but no answer"},
		{readingHead, "answered, but the head is not complete"},
	} {
		ctx := newDeadline(t)
		client := &http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
			p := r.Context().Value(progressKey{}).(*progress)
			p.enter(c.stage)
			p.enter(starting) // another connection is tried meanwhile
			ctx.come()
			<-r.Context().Done()
			return nil, r.Context().Err()
		})}
		_, err := endpoint(t, Config{URL: "http://host.test", Client: client}).Read(ctx, sensors.Request{})
		wantLate(t, err, c.want)
	}
}

// stalling is a body that does not end before the deadline.
type stalling struct {
	ctx  context.Context
	come func()
}

func (s stalling) Read([]byte) (int, error) {
	s.come()
	<-s.ctx.Done()
	return 0, s.ctx.Err()
}

func TestABodyThatDoesNotEndIsToldFromNoAnswer(t *testing.T) {
	ctx := newDeadline(t)
	client := &http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: http.StatusOK, Request: r, Body: io.NopCloser(stalling{r.Context(), ctx.come})}, nil
	})}
	_, err := endpoint(t, Config{URL: "http://host.test", JQ: ".", Client: client}).Read(ctx, sensors.Request{})
	wantLate(t, err, "answered, but the body is not complete")
}

func TestARedirectBeginsTheStagesAgain(t *testing.T) {
	ctx := newDeadline(t)
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	accepting(t, silent, func(conn net.Conn) {
		_, _ = conn.Read(make([]byte, 4096))
		ctx.come()
		_, _ = conn.Read(make([]byte, 4096)) // to its end
	})
	moved := serve(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "https://"+silent.Addr().String(), http.StatusFound)
	})
	_, err = endpoint(t, Config{URL: moved.URL}).Read(ctx, sensors.Request{})
	wantLate(t, err, "connected, but TLS not set up")
}

func TestACancelIsNoDeadline(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := endpoint(t, Config{URL: "http://host.test"}).Read(ctx, sensors.Request{})
	if _, late := errors.AsType[sensors.LateError](err); late || !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}
