package dns

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"resiltui/internal/sensors"
	"resiltui/internal/sensors/dial"
)

// sensor is a question to a server. It is safe for concurrent use.
type sensor struct {
	info     sensors.Info
	server   string // host and port
	question dnsmessage.Question
	short    string // the name of the question's type
	expect   string // as normal makes it; empty is any record
	now      func() time.Duration
}

// Info describes the question.
func (s *sensor) Info() sensors.Info { return s.info }

// Read asks by a datagram and waits for the answer, or for the end of ctx. An answer that
// does not fit into a datagram is asked for over TCP, as DNS has it. The value is how long
// that took, in milliseconds.
func (s *sensor) Read(ctx context.Context, _ sensors.Request) (sensors.Reading, error) {
	start := s.now()
	var random [2]byte
	_, _ = rand.Read(random[:]) // it never fails
	id := binary.BigEndian.Uint16(random[:])
	query, err := s.query(id)
	if err != nil {
		return sensors.Reading{}, dial.Error(ctx, err)
	}
	answer, err := s.exchange(ctx, "udp", id, query)
	if err == nil && answer.header.Truncated {
		answer, err = s.exchange(ctx, "tcp", id, query)
	}
	if err == nil {
		err = s.judge(answer)
	}
	if err != nil {
		return sensors.Reading{}, dial.Error(ctx, err)
	}
	end := s.now()
	return sensors.Reading{Value: sensors.Round6(float64(end-start) / float64(time.Millisecond)), At: end}, nil
}

// query is the question as a message.
func (s *sensor) query(id uint16) ([]byte, error) {
	m := dnsmessage.Message{
		Header:    dnsmessage.Header{ID: id, RecursionDesired: true},
		Questions: []dnsmessage.Question{s.question},
	}
	return m.Pack()
}

// judge is what is wrong with an answer, or nil.
func (s *sensor) judge(a answer) error {
	if a.header.RCode != dnsmessage.RCodeSuccess {
		return refusal(a.header.RCode)
	}
	if len(a.records) == 0 {
		return sensors.LastingError{Err: sensors.ReadErrorf("no %s record", s.short)}
	}
	if s.expect == "" {
		return nil
	}
	for _, record := range a.records {
		if normal(record) == s.expect {
			return nil
		}
	}
	return sensors.ReadErrorf("no %s record is %s", s.short, s.expect)
}

// refusal names the code of an answer that is none. Another attempt gets the same one,
// unless the server failed itself.
func refusal(code dnsmessage.RCode) error {
	switch code {
	case dnsmessage.RCodeServerFailure:
		return sensors.ReadErrorf("SERVFAIL: the server failed")
	case dnsmessage.RCodeNameError:
		return sensors.LastingError{Err: sensors.ReadErrorf("NXDOMAIN: there is no such name")}
	case dnsmessage.RCodeRefused:
		return sensors.LastingError{Err: sensors.ReadErrorf("REFUSED: the server does not answer this question")}
	case dnsmessage.RCodeFormatError:
		return sensors.LastingError{Err: sensors.ReadErrorf("FORMERR: the server does not understand the question")}
	case dnsmessage.RCodeNotImplemented:
		return sensors.LastingError{Err: sensors.ReadErrorf("NOTIMP: the server does not do this")}
	}
	return sensors.ReadErrorf("code %d of DNS, which is no success", code)
}
