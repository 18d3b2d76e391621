package dial

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"syscall"

	"resiltui/internal/sensors"
	"resiltui/internal/words"
)

// Error turns an error of the network into one of a read: a [sensors.ReadError] of a few
// stable words, a [sensors.LocalError] around it where this machine is at fault, or a
// [sensors.LastingError] where a certificate is. The error of the caller's context is
// returned unchanged, because the caller decides whether the endpoint is to blame for it,
// and so is one that is a ReadError already.
func Error(ctx context.Context, err error) error {
	if ended := ctx.Err(); ended != nil {
		return ended
	}
	if _, ok := errors.AsType[*sensors.ReadError](err); ok {
		return err
	}
	if TooManyFiles(err) {
		return sensors.LocalError{Said: sensors.ReadErrorf("%s", sensors.TextTooManyFiles)}
	}
	text, _ := Cause(err)
	if text == "" {
		text, _ = Rest(err, words.RedactText)
	}
	said := sensors.ReadErrorf("%s", text)
	if Lasting(err) {
		return sensors.LastingError{Err: said}
	}
	return said
}

// TooManyFiles reports whether the limit of open files, of this process or of
// the machine, was reached. Of a name lookup only the text of the cause is
// known.
func TooManyFiles(err error) bool {
	if errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.ENFILE) {
		return true
	}
	dns, ok := errors.AsType[*net.DNSError](err)
	return ok && strings.Contains(dns.Err, "too many open files")
}

// Cause names the cause of a connection that failed, out of a closed list: the same cause
// has the same words, whatever numbers, times and addresses its own words hold. It is
// empty where the cause is none of them. ours says that no part of it comes from
// elsewhere.
func Cause(err error) (text string, ours bool) {
	if dns, ok := errors.AsType[*net.DNSError](err); ok {
		return dnsText(dns), false
	}
	if text := tlsText(err); text != "" {
		return "TLS: " + text, false
	}
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		return sensors.TextRefused, true
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return "connection reset", true
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return "no route to host", true
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "connection closed before the answer was complete", true
	}
	if timeout, ok := errors.AsType[net.Error](err); ok && timeout.Timeout() {
		return "timeout", true
	}
	return "", true
}

// Rest is the text of an error that Cause does not know, as stable as it can be made. hide
// takes out secrets while they are whole. ours says that no part of it comes from
// elsewhere.
func Rest(err error, hide func(string) string) (text string, ours bool) {
	if number, ok := errors.AsType[syscall.Errno](err); ok {
		return number.Error(), true // as the system has it, without the address
	}
	return Steady(hide(err.Error())), false
}

// Steady is a text without what is quoted in it and without its numbers, which change
// though the cause is the same.
func Steady(text string) string {
	var kept []string
	for k, part := range strings.Split(text, `"`) {
		if k%2 == 0 {
			kept = append(kept, part)
		}
	}
	return strings.Join(strings.FieldsFunc(strings.Join(kept, " "), func(r rune) bool { return r == ' ' || r >= '0' && r <= '9' }), " ")
}

func dnsText(err *net.DNSError) string {
	if err.IsNotFound {
		return "no such host " + err.Name
	}
	return "name lookup failed for " + err.Name
}
