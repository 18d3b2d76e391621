package dial

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"strings"
	"syscall"
)

// Lasting reports whether another attempt will fail in the same way: where a certificate
// is at fault, ours included.
func Lasting(err error) bool {
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return true
	}
	for _, known := range []any{new(x509.HostnameError), new(x509.UnknownAuthorityError), new(x509.CertificateInvalidError)} {
		if errors.As(err, known) {
			return true
		}
	}
	return strings.Contains(serverAlert(err), "certificate")
}

// CertificateAsked is the text for a server that takes no connection without a certificate
// of the client.
const CertificateAsked = "the server asks for a certificate: --cert FILE"

// EndedByServer reports whether the server ended the connection. That is all that some
// servers tell a client without a certificate: with TLS 1.3 they refuse it while the first
// request is on its way, so that the alert may be lost in the reset of the connection, and
// with TLS 1.2 the alert may be one for all failures of a handshake.
func EndedByServer(err error) bool {
	switch serverAlert(err) {
	case "handshake failure", "bad certificate", "certificate required":
		return true
	}
	for _, end := range []error{syscall.ECONNRESET, syscall.EPIPE, io.EOF, io.ErrUnexpectedEOF} {
		if errors.Is(err, end) {
			return true
		}
	}
	return false
}

// serverAlert is why a server ended a TLS connection, in the words that crypto/tls has
// for its alert, or empty: crypto/tls keeps the alerts themselves for QUIC.
func serverAlert(err error) string {
	if op, ok := errors.AsType[*net.OpError](err); ok && op.Op == "remote error" {
		return strings.TrimPrefix(op.Err.Error(), "tls: ")
	}
	return ""
}

// tlsText names what is wrong with a TLS connection, or returns "" where the
// error is of another kind.
func tlsText(err error) string {
	if name, ok := errors.AsType[x509.HostnameError](err); ok {
		return "certificate is not for " + name.Host
	}
	if _, ok := errors.AsType[x509.UnknownAuthorityError](err); ok {
		return "certificate is signed by an unknown authority: --ca FILE or --insecure"
	}
	if invalid, ok := errors.AsType[x509.CertificateInvalidError](err); ok {
		return invalidText(invalid)
	}
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return "certificate cannot be verified"
	}
	if _, ok := errors.AsType[tls.RecordHeaderError](err); ok {
		return "the server does not speak TLS"
	}
	switch alert := serverAlert(err); alert {
	case "":
	case "certificate required":
		return CertificateAsked
	default:
		return "the server says: " + alert
	}
	return ""
}

func invalidText(err x509.CertificateInvalidError) string {
	switch {
	case err.Reason != x509.Expired:
		return "certificate is not valid"
	case strings.Contains(err.Detail, " is before "): // the one word that says which
		return "certificate is not valid yet"
	}
	return "certificate has ended"
}
