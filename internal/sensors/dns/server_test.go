package dns

import (
	"encoding/binary"
	"io"
	"net"
	"testing"

	"golang.org/x/net/dns/dnsmessage"
)

// asked is a question that reached a server, and how.
type asked struct {
	network string
	message dnsmessage.Message
}

// server answers questions at a port of this machine, by datagrams and over TCP: what
// answers returns is sent, each a message. It tells what it was asked, and is over at the
// end of the test.
func server(t *testing.T, answers func(asked) [][]byte) (address string, told chan asked) {
	t.Helper()
	stream, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	datagrams, err := net.ListenPacket("udp", stream.Addr().String())
	if err != nil {
		_ = stream.Close()
		t.Skipf("the port is taken for datagrams: %v", err)
	}
	told = make(chan asked, 100)
	read := func(network string, message []byte) [][]byte {
		a := asked{network: network}
		if err := a.message.Unpack(message); err != nil {
			t.Errorf("no message of DNS over %s: %v", network, err)
			return nil
		}
		told <- a
		return answers(a)
	}
	done := make(chan struct{}, 2)
	go func() {
		defer func() { done <- struct{}{} }()
		message := make([]byte, 1<<16)
		for {
			n, from, err := datagrams.ReadFrom(message)
			if err != nil {
				return
			}
			for _, a := range read("udp", message[:n]) {
				_, _ = datagrams.WriteTo(a, from)
			}
		}
	}()
	go func() {
		defer func() { done <- struct{}{} }()
		for {
			conn, err := stream.Accept()
			if err != nil {
				return
			}
			var length [2]byte
			_, _ = io.ReadFull(conn, length[:])
			message := make([]byte, binary.BigEndian.Uint16(length[:]))
			_, _ = io.ReadFull(conn, message)
			for _, a := range read("tcp", message) {
				_, _ = conn.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(a))), a...))
			}
			_ = conn.Close()
		}
	}()
	t.Cleanup(func() {
		_, _ = stream.Close(), datagrams.Close()
		<-done
		<-done
	})
	return "dns://" + stream.Addr().String(), told
}

// reply is an answer to a question with these records, of the names that are asked for.
func reply(a asked, code dnsmessage.RCode, change func(*dnsmessage.Message), bodies ...dnsmessage.ResourceBody) [][]byte {
	m := dnsmessage.Message{
		Header:    dnsmessage.Header{ID: a.message.ID, Response: true, RCode: code, RecursionAvailable: true},
		Questions: a.message.Questions,
	}
	for _, body := range bodies {
		m.Answers = append(m.Answers, dnsmessage.Resource{
			Header: dnsmessage.ResourceHeader{Name: a.message.Questions[0].Name, Class: dnsmessage.ClassINET, TTL: 60}, Body: body,
		})
	}
	if change != nil {
		change(&m)
	}
	packed, err := m.Pack()
	if err != nil {
		panic(err) // a test that is written wrongly
	}
	return [][]byte{packed}
}

// name is a name in a record.
func name(text string) dnsmessage.Name { return dnsmessage.MustNewName(text) }

// zone is what the server of a test knows, by type.
func zone() map[dnsmessage.Type][]dnsmessage.ResourceBody {
	return map[dnsmessage.Type][]dnsmessage.ResourceBody{
		dnsmessage.TypeA: {
			&dnsmessage.CNAMEResource{CNAME: name("web.example.")},
			&dnsmessage.AResource{A: [4]byte{10, 0, 0, 6}}, &dnsmessage.AResource{A: [4]byte{10, 0, 0, 7}},
		},
		dnsmessage.TypeAAAA:  {&dnsmessage.AAAAResource{AAAA: [16]byte{0x20, 0x01, 0x0d, 0xb8, 15: 1}}},
		dnsmessage.TypeCNAME: {&dnsmessage.CNAMEResource{CNAME: name("Web.example.")}},
		dnsmessage.TypeNS:    {&dnsmessage.NSResource{NS: name("ns1.example.")}},
		dnsmessage.TypePTR:   {&dnsmessage.PTRResource{PTR: name("host.example.")}},
		dnsmessage.TypeMX:    {&dnsmessage.MXResource{Pref: 10, MX: name("mail.example.")}},
		dnsmessage.TypeSRV:   {&dnsmessage.SRVResource{Priority: 1, Weight: 5, Port: 5060, Target: name("sip.example.")}},
		dnsmessage.TypeTXT:   {&dnsmessage.TXTResource{TXT: []string{"v=spf1 ", "-all"}}},
		dnsmessage.TypeSOA: {&dnsmessage.SOAResource{
			NS: name("ns1.example."), MBox: name("root.example."), Serial: 7, Refresh: 3600, Retry: 600, Expire: 86400, MinTTL: 60,
		}},
	}
}
