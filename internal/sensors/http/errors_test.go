package http

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"resiltui/internal/sensors"
)

// A server counts on: what it says differs from answer to answer, its cause does not.
func TestTheSameCauseHasTheSameWords(t *testing.T) {
	for answer, want := range map[string]string{
		"220 mail.example ready at 12:00:0%d\r\n":                           "HTTP was expected, the server spoke something else",
		"-ERR unknown command %d\r\n":                                       "HTTP was expected, the server spoke something else",
		"SSH-2.0-OpenSSH_9.6\r\nline %d\r\n":                                "HTTP was expected, the server spoke something else: SSH-2.0-OpenSSH_9.6",
		"HTTP/1.1 2%d0x OK\r\n\r\n":                                         textForeign,
		"HTTP/1.1 200 OK\r\nno header %d\r\n\r\n":                           "header of the answer is not HTTP",
		"HTTP/1.1 200 OK\r\nContent-Length: %dx\r\n\r\n":                    "header of the answer is not HTTP",
		"HTTP/1.1 200 OK\r\nX: " + strings.Repeat("x", maxHead) + "%d":      "header of the answer is larger than 64 KiB",
		"HTTP/1.1 302 Found\r\nLocation: /%%zz?token=s3cret%d\r\n\r\n":      "redirect to an address that cannot be read",
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nz%d\r\nx\r\n": "body is not as HTTP has it",
	} {
		for n := range 2 {
			wantReadError(t, endpoint(t, Config{URL: rawServer(t, fmt.Sprintf(answer, n)), JQ: "."}), want)
		}
	}
}

func TestAStreamThatIsResetIsNamedWithoutItsNumber(t *testing.T) {
	var requests atomic.Int32
	h := refusedStreams(t, &requests, true)
	for range 2 {
		wantReadError(t, h, "HTTP/2: the stream was reset (REFUSED_STREAM)")
	}
	if text := (streamError{Code: 99}).Error(); text != "HTTP/2: the stream was reset" {
		t.Errorf("a code without a name: %q", text)
	}
}

func TestWordsOfOthersLoseWhatChanges(t *testing.T) {
	for want, err := range map[string]error{
		"HTTP/2: the server ended the connection (GOAWAY)": errors.New(`http2: server sent GOAWAY and closed the connection; LastStreamID=7, ErrCode=NO_ERROR, debug="s3cret"`),
		"permission denied":      &net.OpError{Op: "dial", Net: "tcp", Addr: &net.TCPAddr{Port: 4711}, Err: syscall.EACCES},
		"proxy: says about port": &net.OpError{Op: "proxyconnect", Err: errors.New(`says "s3cret" about port 4711`)},
	} {
		client := &http.Client{Transport: roundTrip(func(*http.Request) (*http.Response, error) { return nil, err })}
		_, got := endpoint(t, Config{URL: "http://host.test/x", Client: client}).Read(t.Context(), sensors.Request{})
		if textOf(got) != want {
			t.Errorf("%v gives %v, want %q", err, got, want)
		}
	}
}
