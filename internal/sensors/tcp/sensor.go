package tcp

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"resiltui/internal/sensors"
	"resiltui/internal/sensors/dial"
	"resiltui/internal/words"
)

const (
	// maxAnswer is the most bytes of an answer that are looked into. It bounds the time
	// too: the expression is tried on all that came, whenever more comes.
	maxAnswer = 16 << 10
	// saidCells is how much of an answer that was not expected is told.
	saidCells = 40
)

// sensor is a port that is read by one connection. It is safe for concurrent use.
type sensor struct {
	config  config
	info    sensors.Info
	address string              // host and port
	hide    func(string) string // takes what is sent out of a text
	now     func() time.Duration
}

// Info describes the port.
func (s *sensor) Info() sensors.Info { return s.info }

// Read connects, sends what is to be sent, and waits for what is expected, or for the end
// of ctx. The value is how long that took, in milliseconds.
func (s *sensor) Read(ctx context.Context, _ sensors.Request) (sensors.Reading, error) {
	start := s.now()
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", s.address)
	if err != nil {
		return sensors.Reading{}, dial.Error(ctx, err)
	}
	defer func() { _ = conn.Close() }() // what came has been judged
	// The end of ctx ends what waits for the connection.
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
	if err := s.talk(conn); err != nil {
		return sensors.Reading{}, dial.Error(ctx, err)
	}
	end := s.now()
	return sensors.Reading{Value: sensors.Round6(float64(end-start) / float64(time.Millisecond)), At: end}, nil
}

// talk sends what is to be sent and waits for what is expected.
func (s *sensor) talk(conn io.ReadWriter) error {
	if len(s.config.send) > 0 {
		if _, err := conn.Write(s.config.send); err != nil {
			return err
		}
	}
	if s.config.expect == nil {
		return nil
	}
	answer := make([]byte, 0, 1<<10)
	for {
		if len(answer) == cap(answer) {
			answer = append(make([]byte, 0, min(2*cap(answer), maxAnswer)), answer...)
		}
		n, err := conn.Read(answer[len(answer):cap(answer)])
		answer = answer[:len(answer)+n]
		switch {
		case n > 0 && s.config.expect.Match(answer):
			return nil
		case len(answer) == maxAnswer:
			return sensors.ReadErrorf("nothing as expected in the first %s of the answer", words.Size(maxAnswer))
		case errors.Is(err, io.EOF) && len(answer) > 0:
			return s.unexpected(answer)
		case err != nil:
			return err
		}
	}
}

// unexpected tells of an answer that ended without what is expected how it begins, if
// that can be read, since it often says what is wrong. A server may repeat what it was
// sent, which is never shown.
func (s *sensor) unexpected(answer []byte) error {
	line, _, _ := strings.Cut(strings.TrimSpace(string(answer)), "\n")
	line = strings.TrimSpace(line)
	if !utf8.ValidString(line) || strings.ContainsFunc(line, unicode.IsControl) {
		line = ""
	}
	if line = words.Clean(dial.Steady(words.RedactText(s.hide(line))), saidCells); line == "" {
		return sensors.ReadErrorf("answer is not as expected")
	}
	return sensors.ReadErrorf("answer is not as expected: %s", line)
}
