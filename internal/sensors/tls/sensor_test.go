package tls

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"resiltui/internal/sensors"
	"resiltui/internal/sensors/sensorstest"
)

// today is when the tests begin, and soon is what runs out after it.
func today() time.Time { return time.Date(2026, 12, 1, 6, 0, 0, 0, time.UTC) }

// server is a port of this machine on which TLS is spoken, and what its handshakes came
// to. It is over at the end of the test.
func server(t *testing.T, config *tls.Config) (address string, handshakes chan error) {
	t.Helper()
	return served(t, func(conn net.Conn) error {
		secured := tls.Server(conn, config)
		err := secured.Handshake()
		if err == nil {
			_, _ = io.Copy(io.Discard, secured) // until the other side has gone
		}
		return err
	})
}

func served(t *testing.T, talk func(net.Conn) error) (address string, told chan error) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	told = make(chan error, 100)
	over := make(chan struct{})
	go func() {
		defer close(over)
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			told <- talk(conn)
			_ = conn.Close()
		}
	}()
	t.Cleanup(func() {
		_ = l.Close()
		<-over
	})
	return "tls://" + l.Addr().String(), told
}

func opened(t *testing.T, address string, set sensors.Values) sensors.Sensor {
	t.Helper()
	s, err := Kind().Open(address, set, sensors.Env{Start: today(), Now: func() time.Duration { return 6 * time.Hour }})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestTheValueIsTheDaysUntilTheCertificateEnds(t *testing.T) {
	a := sensorstest.NewAuthority(t)
	until := func(end time.Time) tls.Certificate {
		return a.Certificate(func(c *x509.Certificate) { c.NotAfter = end })
	}
	for name, c := range map[string]struct {
		certificate tls.Certificate
		set         sensors.Values
		want        float64
	}{
		"verified":              {until(today().AddDate(40, 0, 0)), sensors.Values{"ca": {a.File}}, 14609.75},
		"not verified":          {until(today().AddDate(40, 0, 0)), sensors.Values{"insecure": {"true"}}, 14609.75},
		"ended, and not judged": {until(today().AddDate(0, 0, -10)), sensors.Values{"insecure": {"true"}}, -10.25},
		"the authority's first": {until(today().AddDate(100, 0, 0)), sensors.Values{"ca": {a.File}}, 26328.5},
	} {
		address, handshakes := server(t, &tls.Config{Certificates: []tls.Certificate{c.certificate}})
		s := opened(t, address, c.set)
		got, err := s.Read(t.Context(), sensors.Request{})
		if want := (sensors.Reading{Value: c.want, At: 6 * time.Hour}); err != nil || got != want {
			t.Errorf("%s: %+v, %v; want %+v", name, got, err, want)
		}
		if err := <-handshakes; err != nil || len(handshakes) != 0 {
			t.Errorf("%s: the server says %v, and saw %d connections more", name, err, len(handshakes))
		}
		if info := s.Info(); info.Name != strings.TrimPrefix(address, "tls://") || info.Unit != "days" || !info.Real {
			t.Errorf("%s: it is %+v", name, info)
		}
	}
}

func TestAConnectionThatCannotBeSecuredSaysWhyInFewWords(t *testing.T) {
	a := sensorstest.NewAuthority(t)
	secured := func(change func(*x509.Certificate), also func(*tls.Config)) string {
		c := &tls.Config{Certificates: []tls.Certificate{a.Certificate(change)}}
		if also != nil {
			also(c)
		}
		address, _ := server(t, c)
		return address
	}
	plain, _ := served(t, func(conn net.Conn) error {
		_, err := io.WriteString(conn, "HTTP/1.1 400 Bad Request\r\n\r\n")
		_, _ = io.Copy(io.Discard, conn)
		return err
	})
	closes, _ := served(t, func(conn net.Conn) error {
		_, err := conn.Read(make([]byte, 1<<12))
		return err
	})
	trusted := sensors.Values{"ca": {a.File}}
	for _, c := range []struct {
		address string
		set     sensors.Values
		want    string
		lasting bool
	}{
		{"tls://127.0.0.1:1", trusted, "connection refused", false},
		{plain, trusted, "TLS: the server does not speak TLS", false},
		{closes, trusted, "connection closed before the answer was complete", false},
		{secured(nil, nil), nil, "TLS: certificate is signed by an unknown authority: --ca FILE or --insecure", true},
		{secured(func(c *x509.Certificate) { c.NotAfter = time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC) }, nil), trusted, "TLS: certificate has ended", true},
		{secured(func(c *x509.Certificate) { c.NotBefore = time.Date(2098, 1, 1, 0, 0, 0, 0, time.UTC) }, nil), trusted, "TLS: certificate is not valid yet", true},
		{secured(func(c *x509.Certificate) { c.IPAddresses = nil }, nil), trusted, "TLS: certificate is not for 127.0.0.1", true},
		{secured(nil, func(c *tls.Config) { c.MinVersion, c.MaxVersion = tls.VersionTLS10, tls.VersionTLS11 }), trusted, "TLS: the server says: protocol version not supported", false},
		{secured(nil, func(c *tls.Config) {
			c.MaxVersion, c.ClientAuth = tls.VersionTLS12, tls.RequireAnyClientCert
		}), trusted, "TLS: the server says: handshake failure", false},
	} {
		_, err := opened(t, c.address, c.set).Read(t.Context(), sensors.Request{})
		_, lasting := errors.AsType[sensors.LastingError](err)
		if _, ok := errors.AsType[*sensors.ReadError](err); !ok || err.Error() != c.want || lasting != c.lasting {
			t.Errorf("%v (lasting %v), want %s", err, lasting, c.want)
		}
	}
}

func TestAServerThatAsksForACertificateGetsOurs(t *testing.T) {
	a := sensorstest.NewAuthority(t)
	address, handshakes := server(t, &tls.Config{
		Certificates: []tls.Certificate{a.Certificate(nil)}, ClientCAs: a.Pool(), ClientAuth: tls.RequireAndVerifyClientCert,
	})
	cert, key := a.Files(a.Certificate(nil))
	s := opened(t, address, sensors.Values{"ca": {a.File}, "cert": {cert}, "key": {key}})
	if _, err := s.Read(t.Context(), sensors.Request{}); err != nil {
		t.Error(err)
	}
	if err := <-handshakes; err != nil {
		t.Errorf("the server says %v", err)
	}
}

func TestTheEndOfTheAttemptEndsTheHandshake(t *testing.T) {
	address, _ := served(t, func(conn net.Conn) error {
		_, err := io.Copy(io.Discard, conn) // and says nothing
		return err
	})
	s := opened(t, address, nil)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	for range 2 { // in the midst of it, and before it began
		if _, err := s.Read(ctx, sensors.Request{}); !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
	}
}

func TestAnAddressHasThePortOfHTTPSByItself(t *testing.T) {
	s := opened(t, "tls://www.example", nil)
	if got := s.Info(); got.Name != "www.example:443" {
		t.Errorf("it is %+v", got)
	}
	for want, set := range map[string]sensors.Values{
		"--ca: file": {"ca": {"none.pem"}}, "without --cert": {"key": {"none.pem"}},
	} {
		if _, err := Kind().Open("tls://h", set, sensors.Env{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	if _, err := Kind().Open("tls://h/x", nil, sensors.Env{}); err == nil {
		t.Error("a path is taken")
	}
}
