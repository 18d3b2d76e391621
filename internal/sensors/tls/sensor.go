package tls

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"time"

	"resiltui/internal/sensors"
	"resiltui/internal/sensors/dial"
)

// sensor is a server that is read by one connection. It is safe for concurrent use.
type sensor struct {
	info    sensors.Info
	address string // host and port
	tls     *tls.Config
	now     func() time.Duration
	start   time.Time // the date at which now was 0
}

// Info describes the server.
func (s *sensor) Info() sensors.Info { return s.info }

// Read connects and shakes hands, or waits for the end of ctx.
func (s *sensor) Read(ctx context.Context, _ sensors.Request) (sensors.Reading, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", s.address)
	if err != nil {
		return sensors.Reading{}, dial.Error(ctx, err)
	}
	defer func() { _ = conn.Close() }() // nothing was sent over it
	secured := tls.Client(conn, s.tls)
	if err := secured.HandshakeContext(ctx); err != nil {
		return sensors.Reading{}, dial.Error(ctx, err)
	}
	at := s.now()
	left := end(secured.ConnectionState()).Sub(s.start.Add(at))
	return sensors.Reading{Value: sensors.Round6(left.Hours() / 24), At: at}, nil
}

// end is when the certificate of a connection ceases to be good: the first end in the
// chain that it was verified by; of several chains the one that lasts longest, since one is
// enough. Where nothing was verified it is the end of the certificate itself.
func end(state tls.ConnectionState) time.Time {
	last := state.PeerCertificates[0].NotAfter // a server always has one
	for k, chain := range state.VerifiedChains {
		if of := endOfChain(chain); k == 0 || of.After(last) {
			last = of
		}
	}
	return last
}

func endOfChain(chain []*x509.Certificate) time.Time {
	first := chain[0].NotAfter
	for _, c := range chain[1:] {
		if c.NotAfter.Before(first) {
			first = c.NotAfter
		}
	}
	return first
}
