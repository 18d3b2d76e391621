package dns

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"strings"

	"golang.org/x/net/dns/dnsmessage"

	"resiltui/internal/sensors"
)

const (
	// maxDatagram is more than a server sends unasked in one datagram, in bytes.
	maxDatagram = 4 << 10
	// maxStrangers is how many datagrams may come that answer another question.
	maxStrangers = 16
)

// answer is what is judged of a message.
type answer struct {
	header  dnsmessage.Header
	records []string // those of the type that was asked for
}

var (
	// errNotDNS is an answer that is no message of DNS. It is never changed.
	errNotDNS error = &sensors.ReadError{Text: "answer is not DNS"}
	// errStranger is a message that answers another question. It is never changed.
	errStranger error = &sensors.ReadError{Text: "answer is to another question"}
)

// exchange sends a query over a connection of its own, and returns the answer to it.
func (s *sensor) exchange(ctx context.Context, network string, id uint16, query []byte) (answer, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, network, s.server)
	if err != nil {
		return answer{}, err
	}
	defer func() { _ = conn.Close() }() // what came has been judged
	// The end of ctx ends what waits for the connection.
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
	if network == "tcp" {
		return s.overTCP(conn, id, query)
	}
	if _, err := conn.Write(query); err != nil {
		return answer{}, err
	}
	message := make([]byte, maxDatagram)
	for range maxStrangers {
		n, err := conn.Read(message)
		if err != nil {
			return answer{}, err
		}
		a, err := s.parse(id, message[:n])
		if !errors.Is(err, errStranger) { // anybody can send a datagram
			return a, err
		}
	}
	return answer{}, errStranger
}

// overTCP is an exchange in which the length stands before each message (RFC 1035,
// section 4.2.2).
func (s *sensor) overTCP(conn io.ReadWriter, id uint16, query []byte) (answer, error) {
	if _, err := conn.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(query))), query...)); err != nil {
		return answer{}, err
	}
	var length [2]byte
	if _, err := io.ReadFull(conn, length[:]); err != nil {
		return answer{}, err
	}
	message := make([]byte, binary.BigEndian.Uint16(length[:]))
	if _, err := io.ReadFull(conn, message); err != nil {
		return answer{}, err
	}
	return s.parse(id, message)
}

// parse reads a message. What is behind the answers is not looked into.
func (s *sensor) parse(id uint16, message []byte) (answer, error) {
	var p dnsmessage.Parser
	header, err := p.Start(message)
	if err != nil {
		return answer{}, errNotDNS
	}
	questions, err := p.AllQuestions()
	switch {
	case err != nil || !header.Response:
		return answer{}, errNotDNS
	case header.ID != id || len(questions) > 1 || len(questions) == 1 && !s.same(questions[0]):
		return answer{}, errStranger
	}
	a := answer{header: header}
	for !header.Truncated { // otherwise the answers are cut off anywhere
		h, err := p.AnswerHeader()
		if errors.Is(err, dnsmessage.ErrSectionDone) {
			break
		}
		if err != nil {
			return answer{}, errNotDNS
		}
		if h.Type != s.question.Type {
			if err := p.SkipAnswer(); err != nil {
				return answer{}, errNotDNS
			}
			continue
		}
		record, err := p.Answer()
		if err != nil {
			return answer{}, errNotDNS
		}
		a.records = append(a.records, text(record.Body))
	}
	return a, nil
}

// same reports whether a server repeats the question. Some servers leave it out where
// they refuse it.
func (s *sensor) same(q dnsmessage.Question) bool {
	return q.Type == s.question.Type && q.Class == s.question.Class && strings.EqualFold(q.Name.String(), s.question.Name.String())
}
