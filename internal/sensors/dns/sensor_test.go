package dns

import (
	"context"
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"resiltui/internal/sensors"
	"resiltui/internal/words"
)

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

func TestAQuestionIsAskedOnceAndItsAnswersAreTakenAsRecords(t *testing.T) {
	address, told := server(t, func(a asked) [][]byte {
		return reply(a, dnsmessage.RCodeSuccess, nil, zone()[a.message.Questions[0].Type]...)
	})
	for _, c := range []struct{ name, kind, expect, own string }{
		{"/www.example", "", "", "/www.example"},
		{"/www.example.", "a", "10.0.0.7", "/www.example."},
		{"/www.example", "A", "10.0.0.6", "/www.example"},
		{"/www.example", "AAAA", "2001:DB8:0:0::1", "/www.example AAAA"},
		{"/www.example", "cname", "web.example", "/www.example CNAME"},
		{"/example", "NS", "NS1.example.", "/example NS"},
		{"/7.0.0.10.in-addr.arpa", "PTR", "host.example", "/7.0.0.10.in-addr.arpa PTR"},
		{"/example", "MX", "10 mail.example.", "/example MX"},
		{"/_sip._udp.example", "SRV", "1 5 5060 sip.example", "/_sip._udp.example SRV"},
		{"/example", "TXT", "v=spf1 -all", "/example TXT"},
		{"/.", "SOA", "ns1.example root.example 7 3600 600 86400 60", "/. SOA"},
	} {
		full := address + c.name
		if c.kind != "" {
			full += "?type=" + c.kind
		}
		set := sensors.Values{}
		if c.expect != "" {
			set["expect"] = []string{c.expect}
		}
		s := opened(t, full, set)
		got, err := s.Read(t.Context(), sensors.Request{})
		if want := (sensors.Reading{Value: 1.5, At: 3 * time.Millisecond}); err != nil || got != want {
			t.Errorf("%s: %+v, %v", full, got, err)
		}
		q := <-told
		asks := q.message.Questions[0]
		if asks.Name.String() != strings.TrimSuffix(c.name[1:], ".")+"." || !q.message.RecursionDesired || q.network != "udp" || len(told) != 0 {
			t.Errorf("%s: the server is asked %+v, and %d times more", full, q, len(told))
		}
		if i := s.Info(); i.Name != words.Clean(strings.TrimPrefix(address, "dns://")+c.own, sensors.MaxNameCells) || i.Unit != "ms" || !i.Real {
			t.Errorf("%s: it is %+v", full, i)
		}
	}
}

// What a server sends byte by byte, so that both ends are not of the same library.
func TestAMessageIsReadAsItIsOnTheWire(t *testing.T) {
	address, told := server(t, func(a asked) [][]byte {
		return [][]byte{append([]byte{byte(a.message.ID >> 8), byte(a.message.ID)},
			"\x81\x80\x00\x01\x00\x01\x00\x00\x00\x00\x03www\x07example\x00\x00\x01\x00\x01"+
				"\xc0\x0c\x00\x01\x00\x01\x00\x00\x01\x2c\x00\x04\x0a\x00\x00\x07"...)}
	})
	if _, err := opened(t, address+"/www.example", sensors.Values{"expect": {"10.0.0.7"}}).Read(t.Context(), sensors.Request{}); err != nil {
		t.Error(err)
	}
	query, err := opened(t, address+"/www.example", nil).(*sensor).query(0x0102)
	if want := "\x01\x02\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x03www\x07example\x00\x00\x01\x00\x01"; err != nil || string(query) != want {
		t.Errorf("a question is %q, %v", query, err)
	}
	<-told
}

func TestAnAnswerThatDoesNotFitIsAskedForOverTCP(t *testing.T) {
	var many []dnsmessage.ResourceBody
	for k := range 100 {
		many = append(many, &dnsmessage.AResource{A: [4]byte{10, 0, 0, byte(k)}})
	}
	address, told := server(t, func(a asked) [][]byte {
		if a.network == "udp" {
			return reply(a, dnsmessage.RCodeSuccess, func(m *dnsmessage.Message) { m.Truncated = true })
		}
		return reply(a, dnsmessage.RCodeSuccess, nil, many...)
	})
	if _, err := opened(t, address+"/www.example", sensors.Values{"expect": {"10.0.0.99"}}).Read(t.Context(), sensors.Request{}); err != nil {
		t.Error(err)
	}
	if first, second := <-told, <-told; first.network != "udp" || second.network != "tcp" || first.message.ID != second.message.ID {
		t.Errorf("it asks %+v, then %+v", first, second)
	}
}

func TestAnAnswerToAnotherQuestionIsNotTaken(t *testing.T) {
	stranger := func(a asked) []byte {
		return reply(a, dnsmessage.RCodeNameError, func(m *dnsmessage.Message) { m.ID++ })[0]
	}
	address, _ := server(t, func(a asked) [][]byte {
		return append([][]byte{
			stranger(a),
			reply(a, dnsmessage.RCodeNameError, func(m *dnsmessage.Message) {
				m.Questions = []dnsmessage.Question{{Name: name("other.example."), Type: dnsmessage.TypeA, Class: dnsmessage.ClassINET}}
			})[0],
		}, reply(a, dnsmessage.RCodeSuccess, nil, zone()[dnsmessage.TypeA]...)...)
	})
	if _, err := opened(t, address+"/www.example", nil).Read(t.Context(), sensors.Request{}); err != nil {
		t.Errorf("with two strangers before the answer: %v", err)
	}
	address, _ = server(t, func(a asked) (all [][]byte) {
		for range maxStrangers {
			all = append(all, stranger(a))
		}
		return all
	})
	if _, err := opened(t, address+"/www.example", nil).Read(t.Context(), sensors.Request{}); err == nil || err.Error() != "answer is to another question" {
		t.Errorf("with strangers alone: %v", err)
	}
}

func TestAQuestionThatFailsSaysWhyInFewWords(t *testing.T) {
	code := func(c dnsmessage.RCode) func(asked) [][]byte {
		return func(a asked) [][]byte { return reply(a, c, nil) }
	}
	raw := func(text string) func(asked) [][]byte {
		return func(asked) [][]byte { return [][]byte{[]byte(text)} }
	}
	whole := func(a asked) []byte {
		return reply(a, dnsmessage.RCodeSuccess, nil, zone()[dnsmessage.TypeA]...)[0]
	}
	for _, c := range []struct {
		answers func(asked) [][]byte
		expect  string
		want    string
		lasting bool
	}{
		{code(dnsmessage.RCodeServerFailure), "", "SERVFAIL: the server failed", false},
		{code(dnsmessage.RCodeNameError), "", "NXDOMAIN: there is no such name", true},
		{code(dnsmessage.RCodeRefused), "", "REFUSED: the server does not answer this question", true},
		{code(dnsmessage.RCodeFormatError), "", "FORMERR: the server does not understand the question", true},
		{code(dnsmessage.RCodeNotImplemented), "", "NOTIMP: the server does not do this", true},
		{code(9), "", "code 9 of DNS, which is no success", false},
		{code(dnsmessage.RCodeSuccess), "", "no A record", true},
		{func(a asked) [][]byte { return [][]byte{whole(a)} }, "10.0.0.8", "no A record is 10.0.0.8", false},
		{func(a asked) [][]byte {
			return reply(a, dnsmessage.RCodeSuccess, nil, &dnsmessage.CNAMEResource{CNAME: name("x.example.")})
		}, "", "no A record", true},
		{func(a asked) [][]byte {
			return reply(a, dnsmessage.RCodeRefused, func(m *dnsmessage.Message) { m.Questions = nil })
		}, "", "REFUSED: the server does not answer this question", true},
		{raw("HTTP/1.1 400 Bad Request\r\n\r\n"), "", "answer is not DNS", false},
		{raw(""), "", "answer is not DNS", false},
		{func(a asked) [][]byte { return [][]byte{whole(a)[:40]} }, "", "answer is not DNS", false},
		{func(a asked) [][]byte {
			m, err := a.message.Pack() // an echo
			if err != nil {
				t.Error(err)
			}
			return [][]byte{m}
		}, "", "answer is not DNS", false},
		{func(a asked) [][]byte {
			if a.network == "udp" {
				return reply(a, 0, func(m *dnsmessage.Message) { m.Truncated = true })
			}
			return nil
		}, "", "connection closed before the answer was complete", false},
	} {
		address, _ := server(t, c.answers)
		set := sensors.Values{"expect": {c.expect}}
		_, err := opened(t, address+"/www.example", set).Read(t.Context(), sensors.Request{})
		_, lasting := errors.AsType[sensors.LastingError](err)
		if _, ok := errors.AsType[*sensors.ReadError](err); !ok || err.Error() != c.want || lasting != c.lasting {
			t.Errorf("%v (lasting %v), want %s", err, lasting, c.want)
		}
	}
	gone, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = gone.Close()
	if _, err := opened(t, "dns://"+gone.LocalAddr().String()+"/x", nil).Read(t.Context(), sensors.Request{}); err == nil || err.Error() != sensors.TextRefused {
		t.Errorf("where nobody listens: %v", err)
	}
}

func TestTheEndOfTheAttemptEndsTheRead(t *testing.T) {
	address, _ := server(t, func(asked) [][]byte { return nil })
	s := opened(t, address+"/www.example", nil)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	for range 2 { // in the midst of it, and before it began
		if _, err := s.Read(ctx, sensors.Request{}); !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
	}
}

func TestWhatNoQuestionCanBeIsToldBeforeTheRun(t *testing.T) {
	for address, want := range map[string]string{
		"dns://10.0.0.2":                              "has no name to ask for; write dns://SERVER/NAME?type=A",
		"dns://10.0.0.2/":                             "has no name to ask for",
		"dns://10.0.0.2/x?type=ANY":                   "has the type ANY, which is none of A, AAAA, CNAME, MX, NS, PTR, SOA, SRV, TXT",
		"dns://10.0.0.2/x?type=A&type=MX":             "has more than a server, a name and a type",
		"dns://10.0.0.2/x?class=CH":                   "has more than a server, a name and a type",
		"dns://me:secret@10.0.0.2/x":                  "has more than a server, a name and a type",
		"dns://10.0.0.2/b%C3%BCcher.example":          "there is an ASCII form (xn--…)",
		"dns://10.0.0.2/a/b":                          "letters that names of DNS cannot have",
		"dns://10.0.0.2/a..b":                         "has a name that cannot be",
		"dns://10.0.0.2/" + strings.Repeat("a", 64):   "longer than 63 letters",
		"dns://10.0.0.2/" + strings.Repeat("a.", 200): "has a name that is too long",
		"dns:///www.example":                          "has no host",
		"dns://10.0.0.2:0/x":                          "ports go from 1 to 65535",
	} {
		if _, err := Kind().Open(address, nil, sensors.Env{}); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v, want %s", address, err, want)
		}
	}
	if _, err := Kind().Open("dns://h/x", sensors.Values{"expect": {"a\nb"}}, sensors.Env{}); err == nil || !strings.Contains(err.Error(), "--expect a b: must be a text") {
		t.Errorf("%v", err)
	}
	s := opened(t, "dns://h/x", sensors.Values{"expect": {"A.example."}}).(*sensor)
	if got := settings()[0].Get(*s); got != "a.example" || s.server != "h:53" {
		t.Errorf("it expects %s of %s", got, s.server)
	}
}

func FuzzAMessageThatIsNoAnswerEndsNothing(f *testing.F) {
	s, err := Kind().Open("dns://h/www.example", nil, sensors.Env{})
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte("\x00\x00\x81\x80\x00\x01\x00\x01\x00\x00\x00\x00\x03www\x07example\x00\x00\x01\x00\x01\xc0\x0c\x00\x01\x00\x01\x00\x00\x01\x2c\x00\x04\x0a\x00\x00\x07"))
	f.Add([]byte("\x00\x00\x83"))
	f.Fuzz(func(t *testing.T, message []byte) {
		a, err := s.(*sensor).parse(0, message)
		if _, ok := errors.AsType[*sensors.ReadError](err); err != nil && !ok {
			t.Errorf("%v", err)
		}
		if len(a.records) > len(message) {
			t.Errorf("%d records in %d bytes", len(a.records), len(message))
		}
	})
}
