package tcp

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"resiltui/internal/sensors"
)

// port is a port of this machine on which a server talks to whoever connects. Each
// connection is told. The server is over at the end of the test.
func port(t *testing.T, talk func(net.Conn)) (address string, connections chan struct{}) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	over := make(chan struct{})
	connections = make(chan struct{}, 100)
	go func() {
		defer close(over)
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			connections <- struct{}{}
			talk(conn)
			_ = conn.Close()
		}
	}()
	t.Cleanup(func() {
		_ = l.Close()
		<-over
	})
	return "tcp://" + l.Addr().String(), connections
}

// redis answers PING and nothing else.
func redis(conn net.Conn) {
	line, _ := bufio.NewReader(conn).ReadString('\n')
	if line == "PING\r\n" {
		_, _ = io.WriteString(conn, "+PO")
		_, _ = io.WriteString(conn, "NG\r\n")
	} else {
		_, _ = io.WriteString(conn, "-ERR unknown command 17, with args\r\nmore\r\n")
	}
}

// says is a server that says something, then waits until the other side has gone.
func says(text string) func(net.Conn) {
	return func(conn net.Conn) {
		_, _ = io.WriteString(conn, text)
		_, _ = io.Copy(io.Discard, conn)
	}
}

func opened(t *testing.T, address string, set sensors.Values) sensors.Sensor {
	t.Helper()
	var at time.Duration
	s, err := Kind().Open(address, set, sensors.Env{Now: func() time.Duration {
		at += 1500 * time.Microsecond
		return at
	}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestAPortIsReadByOneConnection(t *testing.T) {
	address, connections := port(t, redis)
	for name, set := range map[string]sensors.Values{
		"connection":           nil,
		"sent":                 {"send": {`PING\r\n`}},
		"sent and answered":    {"send": {`PING\r\n`}, "expect": {`^\+PONG`}},
		"answered in the long": {"send": {"PING\\x0d\\u000a"}, "expect": {`PONG\r\n$`}},
	} {
		s := opened(t, address, set)
		got, err := s.Read(t.Context(), sensors.Request{})
		if want := (sensors.Reading{Value: 1.5, At: 3 * time.Millisecond}); err != nil || got != want {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
		if info := s.Info(); info.Name != strings.TrimPrefix(address, "tcp://") || info.ID != info.Name || info.Unit != "ms" || !info.Real {
			t.Errorf("%s: it is %+v", name, info)
		}
		<-connections
	}
	conn, err := net.Dial("tcp", strings.TrimPrefix(address, "tcp://"))
	if err != nil {
		t.Fatal(err)
	}
	_ = conn.Close()
	if <-connections; len(connections) != 0 {
		t.Errorf("%d connections more than reads", len(connections))
	}
}

func TestWhatCameIsExpectedWhileTheServerSaysNoMore(t *testing.T) {
	address, _ := port(t, says("220 mail.example ESMTP\r\n"))
	for _, expect := range []string{"^220 ", `ESMTP\r\n$`, "(?i)esmtp"} {
		if _, err := opened(t, address, sensors.Values{"expect": {expect}}).Read(t.Context(), sensors.Request{}); err != nil {
			t.Errorf("%s: %v", expect, err)
		}
	}
}

func TestAPortThatFailsSaysWhyInFewWords(t *testing.T) {
	gone, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	refused := "tcp://" + gone.Addr().String()
	_ = gone.Close()
	answers, _ := port(t, redis)
	closes, _ := port(t, func(net.Conn) {})
	binary, _ := port(t, func(c net.Conn) { _, _ = io.WriteString(c, "J\x00\x00\x00\x0a8.0.36\x00salt") })
	secret, _ := port(t, func(c net.Conn) { _, _ = io.WriteString(c, "\n see http://me:hunter2@h/x?key=hunter2\r\n") })
	repeats, _ := port(t, func(c net.Conn) {
		line, _ := bufio.NewReader(c).ReadString('\n')
		_, _ = io.WriteString(c, "-ERR unknown command: "+line)
	})
	echoes, _ := port(t, func(c net.Conn) {
		_, _ = bufio.NewReader(c).ReadString('\n')
		_, _ = io.WriteString(c, "-ERR wrong password 'hunter2'\r\n")
	})
	long, _ := port(t, says(strings.Repeat("x", maxAnswer)))
	expect := sensors.Values{"expect": {"^ready"}}
	for _, c := range []struct {
		address string
		set     sensors.Values
		want    string
	}{
		{refused, nil, "connection refused"},
		{answers, sensors.Values{"send": {"PONG\\n"}, "expect": {"^ready"}}, "answer is not as expected: -ERR unknown command , with args"},
		{closes, expect, "connection closed before the answer was complete"},
		{binary, expect, "answer is not as expected"},
		{secret, expect, "answer is not as expected: see http://h/x"},
		{repeats, sensors.Values{"send": {`AUTH me hunter2\r\n`}, "expect": {"^ready"}}, "answer is not as expected: -ERR unknown command: ***"},
		{echoes, sensors.Values{"send": {`{"me":"hunter2"}\n`}, "expect": {"^ready"}}, "answer is not as expected: -ERR wrong password '***'"},
		{long, expect, "nothing as expected in the first 16 KiB of the answer"},
	} {
		_, err := opened(t, c.address, c.set).Read(t.Context(), sensors.Request{})
		if _, ok := errors.AsType[*sensors.ReadError](err); !ok || err.Error() != c.want {
			t.Errorf("%v: %v, want %s", c.set, err, c.want)
		}
	}
}

func TestTheEndOfTheAttemptEndsTheRead(t *testing.T) {
	address, _ := port(t, says("soon"))
	s := opened(t, address, sensors.Values{"expect": {"ready"}})
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := s.Read(ctx, sensors.Request{}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("in the midst of an answer: %v", err)
	}
	if _, err := s.Read(ctx, sensors.Request{}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("before it began: %v", err)
	}
}

func TestSettingsThatCannotBeAreRefusedWithTheRemedy(t *testing.T) {
	for want, set := range map[string]sensors.Values{
		`--send \q: holds an escape that is none of \r, \n, \t, \xFF and \\`:                            {"send": {`\q`}},
		`--expect (: is no regular expression of RE2: missing closing ) at "("`:                         {"expect": {"("}},
		`--expect a(?=b): is no regular expression of RE2: invalid or unsupported Perl syntax at "(?="`: {"expect": {"a(?=b)"}},
		`is longer than 4 KiB`: {"send": {strings.Repeat("x", maxText+1)}},
		`: is longer than 4 K`: {"expect": {strings.Repeat("x", maxText+1)}},
	} {
		if _, err := Kind().Open("tcp://h:1", set, sensors.Env{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	if _, err := Kind().Open("tcp://h", nil, sensors.Env{}); err == nil || err.Error() != `URL "tcp://h" has no port; write tcp://h:PORT` {
		t.Errorf("%v", err)
	}
}

func TestSettingsAreReadBackAsTheyWereWritten(t *testing.T) {
	var c config
	if err := sensors.Apply(&c, settings(), sensors.Values{"send": {`a\\\x00`}, "expect": {"^a+"}}); err != nil {
		t.Fatal(err)
	}
	if string(c.send) != "a\\\x00" {
		t.Errorf("it sends %q", c.send)
	}
	for i, want := range []string{"", "^a+"} { // what is sent may log in, so it is never shown

		if got := settings()[i].Get(c); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if got := settings()[1].Get(config{}); got != "" {
		t.Errorf("nothing is %q", got)
	}
}
