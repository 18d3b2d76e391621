package dial

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"resiltui/internal/sensors"
	"resiltui/internal/sensors/sensorstest"
)

func TestTheSameCauseHasTheSameFewWords(t *testing.T) {
	op := func(err error) error {
		return &net.OpError{Op: "dial", Net: "tcp", Addr: &net.TCPAddr{Port: 5432}, Err: err}
	}
	for want, err := range map[string]error{
		"no such host nowhere.test":           op(&net.DNSError{Err: "x", Name: "nowhere.test", IsNotFound: true}),
		"name lookup failed for nowhere.test": op(&net.DNSError{Err: "server misbehaving", Name: "nowhere.test"}),
		"connection refused":                  op(os.NewSyscallError("connect", syscall.ECONNREFUSED)),
		"connection reset":                    op(syscall.EPIPE),
		"no route to host":                    op(syscall.ENETUNREACH),
		"timeout":                             op(os.ErrDeadlineExceeded),
		"connection closed before the answer was complete": fmt.Errorf("read: %w", io.ErrUnexpectedEOF),
		"permission denied":                       op(syscall.EACCES),
		"TLS: certificate is not valid":           x509.CertificateInvalidError{Reason: x509.TooManyIntermediates},
		"TLS: certificate cannot be verified":     &tls.CertificateVerificationError{Err: errors.New("x")},
		"TLS: the server does not speak TLS":      tls.RecordHeaderError{Msg: "x"},
		"TLS: the server says: handshake failure": &net.OpError{Op: "remote error", Err: tls.AlertError(40)},
		"lost packets from at http://h/x":         errors.New(`lost 17 packets from "10.0.0.7" at http://u:p@h/x?key=secret`),
		"already said":                            fmt.Errorf("%w", &sensors.ReadError{Text: "already said"}),
	} {
		got := Error(t.Context(), err)
		_, ok := errors.AsType[*sensors.ReadError](got)
		if said := strings.TrimPrefix(got.Error(), "read: "); !ok || said != want {
			t.Errorf("%v is told as %v, want %q", err, got, want)
		}
	}
}

func TestACertificateThatIsNotTakenSaysWhyAndIsNotTriedAgain(t *testing.T) {
	a := sensorstest.NewAuthority(t)
	past, future := time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2098, 1, 1, 0, 0, 0, 0, time.UTC)
	for want, change := range map[string]func(*x509.Certificate){
		"TLS: certificate has ended":                         func(c *x509.Certificate) { c.NotAfter = past },
		"TLS: certificate is not valid yet":                  func(c *x509.Certificate) { c.NotBefore = future },
		"TLS: certificate is not for localhost":              func(c *x509.Certificate) { c.DNSNames = []string{"other.test"} },
		"TLS: the server says: bad certificate":              nil,
		"TLS: certificate is signed by an unknown authority": nil,
	} {
		server := &tls.Config{Certificates: []tls.Certificate{a.Certificate(change)}}
		s := TLS{CA: a.File}
		switch {
		case strings.Contains(want, "unknown"):
			s.CA = ""
		case strings.Contains(want, "bad"):
			s.Cert, s.Key = a.Files(a.Certificate(nil))
			server.ClientAuth, server.ClientCAs = tls.RequireAndVerifyClientCert, sensorstest.NewAuthority(t).Pool()
			server.MaxVersion = tls.VersionTLS12
			want = "TLS: the server says: "
		}
		ours, _ := shake(t, s, server)
		err := Error(t.Context(), ours)
		if lasting, ok := errors.AsType[sensors.LastingError](err); !ok || !lasting.Permanent() || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%v is told as %v, want %q", ours, err, want)
		}
	}
}

func TestWhatIsNotTheEndpointsDoingIsToldApart(t *testing.T) {
	for _, err := range []error{
		&net.OpError{Op: "dial", Err: os.NewSyscallError("socket", syscall.EMFILE)},
		&net.OpError{Op: "dial", Err: os.NewSyscallError("socket", syscall.ENFILE)},
		&net.OpError{Op: "dial", Err: &net.DNSError{Err: "dial udp 127.0.0.1:53: socket: too many open files", Name: "host.test"}},
	} {
		if _, local := errors.AsType[sensors.LocalError](Error(t.Context(), err)); !local {
			t.Errorf("%v gives %v", err, Error(t.Context(), err))
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Error(ended, syscall.ECONNRESET); !errors.Is(err, context.Canceled) {
		t.Errorf("after the caller has gone: %v", err)
	}
}
