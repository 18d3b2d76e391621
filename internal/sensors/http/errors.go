package http

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"resiltui/internal/sensors"
	"resiltui/internal/sensors/dial"
	"resiltui/internal/words"
)

// Redirects that nobody can follow. They are never changed.
var (
	errBadLocation   error = &sensors.ReadError{Text: "redirect to an address that cannot be read"}
	errForeignScheme error = &sensors.ReadError{Text: "redirect to an address that is not of HTTP"}
)

// readErrorf is sensors.ReadErrorf.
func readErrorf(format string, args ...any) *sensors.ReadError {
	return sensors.ReadErrorf(format, args...)
}

// foreignError makes a ReadError of a text that is not ours, without the secrets of
// the config, because a server may repeat what it was sent. Our own texts go through
// readErrorf, so that a secret that is an ordinary word, such as "close", does not
// change them. Secrets are searched before and after cleaning, because a character
// that cleaning removes may split one.
func (h *Sensor) foreignError(text string) *sensors.ReadError {
	hide := h.config.secrets.Hide
	return readErrorf("%s", hide(words.Clean(hide(text), maxForeignCells)))
}

// maxForeignCells is how many cells of a foreign text are searched.
const maxForeignCells = 1 << 12

// requestError turns an error of net/http into a few stable words. The error of
// the caller's context is returned unchanged: the caller decides whether the
// endpoint is to blame for it.
func (h *Sensor) requestError(ctx context.Context, err error, p *progress) error {
	if ended := ctx.Err(); ended != nil {
		return ended
	}
	if unprocessed(err) {
		p.undone()
	}
	if p.lacksCertificate(err) {
		return sensors.LastingError{Err: readErrorf("TLS: %s", dial.CertificateAsked)}
	}
	said := h.causeError(err)
	if dial.Lasting(err) {
		return sensors.LastingError{Err: said}
	}
	return said
}

// causeError puts an error into words, as requestError does, but says nothing about whether
// it will come again.
func (h *Sensor) causeError(err error) error {
	if known, ok := errors.AsType[sensors.LastingError](err); ok {
		return known
	}
	if known, ok := errors.AsType[*sensors.ReadError](err); ok {
		return known
	}
	// The outer error quotes the address.
	if outer, ok := errors.AsType[*url.Error](err); ok {
		err = outer.Err
	}
	if dial.TooManyFiles(err) {
		return sensors.LocalError{Said: readErrorf("%s", sensors.TextTooManyFiles)}
	}
	if strings.HasPrefix(err.Error(), "failed to parse Location header ") {
		return errBadLocation // err quotes the address, which may hold secrets
	}
	if badlyCompressed(err) {
		return errBadlyCompressed
	}
	by := ""
	if op, ok := errors.AsType[*net.OpError](err); ok && op.Op == "proxyconnect" {
		by, err = "proxy: ", op.Err
	}
	text, ours := h.causeText(err)
	text = by + text
	if ours {
		return readErrorf("%s", text)
	}
	return h.foreignError(text)
}

// causeText names the cause of a failed request, out of a closed list. ours says that no
// part of it comes from elsewhere.
func (h *Sensor) causeText(err error) (text string, ours bool) {
	if errors.Is(err, http.ErrSchemeMismatch) {
		err = tls.RecordHeaderError{}
	}
	if text, ours = dial.Cause(err); text != "" {
		return text, ours
	}
	if line, ok := foreignLine(err); ok {
		return h.foreignProtocol(line), false
	}
	if text = protocolText(err); text != "" {
		return text, true
	}
	return dial.Rest(err, h.config.secrets.Hide)
}

// foreignLine is the first line of an answer that is not HTTP, where net/http tells it, in
// the text of its error alone: only where the line is a single word.
func foreignLine(err error) (line string, ok bool) {
	_, quoted, ok := strings.Cut(err.Error(), "malformed HTTP response ")
	if !ok {
		return "", false
	}
	line, bad := strconv.Unquote(quoted)
	return line, bad == nil
}

// foreignProtocol says how a server that does not speak HTTP begins: with its first word,
// which is the same every time.
func (h *Sensor) foreignProtocol(line string) string {
	spoken := strings.Fields(words.Clean(h.config.secrets.Hide(line), maxForeignCells))
	if len(spoken) == 0 {
		return textForeign
	}
	return textForeign + ": " + words.Clean(spoken[0], maxBeginning)
}

// textForeign is the text of an answer that is not HTTP.
const textForeign = "HTTP was expected, the server spoke something else"

// maxBeginning is how many cells of another protocol are shown.
const maxBeginning = 24

// protocolText says which rule of HTTP an answer breaks. net/http does not export most of
// these errors, so they are recognized by the beginning of their texts.
func protocolText(err error) string {
	if reset, ok := errors.AsType[streamError](err); ok {
		return reset.Error()
	}
	text := err.Error()
	for _, known := range []struct{ part, name string }{
		{"malformed HTTP", textForeign},
		{"malformed MIME header", "header of the answer is not HTTP"},
		{"malformed chunked encoding", "body is not as HTTP has it"},
		{"invalid byte in chunk length", "body is not as HTTP has it"},
		{"bad Content-Length", "header of the answer is not HTTP"},
		{"server response headers exceeded", "header of the answer is larger than " + words.Size(maxHead)},
		{"response header list larger than", "header of the answer is larger than " + words.Size(maxHead)},
		{"GOAWAY", "HTTP/2: the server ended the connection (GOAWAY)"},
		{textNotEstablished, "HTTP/2: the connection was lost"},
		{"client connection lost", "HTTP/2: the connection was lost"},
		{"client connection force closed", "HTTP/2: the connection was lost"},
		{"connection error: ", "HTTP/2: the connection was ended by an error of the protocol"},
		{"server closed idle connection", "connection closed before the answer was complete"},
		{"transport closed before response", "connection closed before the answer was complete"},
	} {
		if strings.Contains(text, known.part) {
			return known.name
		}
	}
	return ""
}

// streamError is the error of a stream that was reset. net/http does not export its own, but
// copies it into any error type that has these fields.
type streamError struct {
	StreamID uint32
	Code     uint32
	Cause    error
}

// Error names the code, and not the stream, whose number changes.
func (e streamError) Error() string {
	if name := e.name(); name != "" {
		return "HTTP/2: the stream was reset (" + name + ")"
	}
	return "HTTP/2: the stream was reset"
}

// name is that of the code, or empty.
func (e streamError) name() string {
	names := []string{
		"NO_ERROR", "PROTOCOL_ERROR", "INTERNAL_ERROR", "FLOW_CONTROL_ERROR", "SETTINGS_TIMEOUT", "STREAM_CLOSED", "FRAME_SIZE_ERROR",
		"REFUSED_STREAM", "CANCEL", "COMPRESSION_ERROR", "CONNECT_ERROR", "ENHANCE_YOUR_CALM", "INADEQUATE_SECURITY", "HTTP_1_1_REQUIRED",
	}
	if int(e.Code) < len(names) {
		return names[e.Code]
	}
	return ""
}

// statusError names a status that was not expected, and what to look at. The server's
// own text is only used for statuses that have no name.
func (h *Sensor) statusError(status int, words string) *sensors.ReadError {
	after := remedy(status)
	if after != "" {
		after = ": " + after
	}
	if name := http.StatusText(status); name != "" {
		return readErrorf("%d %s%s", status, name, after)
	}
	return h.foreignError(words + after)
}
