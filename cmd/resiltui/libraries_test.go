//go:build unix

package main

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// An answer longer than it says is a line of the log of net/http, with bytes that the
// server chose.
func TestNothingButTheRendererWritesToTheTerminal(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer func() { _ = conn.Close() }()
				r := bufio.NewReader(conn)
				for {
					request, err := http.ReadRequest(r)
					if err != nil {
						return
					}
					_, _ = fmt.Fprintf(conn, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok\x1b]0;owned\x07 you sent %s %s",
						request.Header.Get("Authorization"), request.Header.Get("X-Api-Key"))
				}
			}()
		}
	}()
	name := filepath.Join(t.TempDir(), "events")
	p := inTerminal(t, "resiltui", nil, "watch", "--interval", "100ms", "--log-file", name, "--header", "X-Api-Key: key-4711",
		"web=http://alice:hunter22@"+listener.Addr().String()+"/")
	p.firstFrame()
	p.awaitLog(name, `library: Unsolicited response`)
	p.press("q")
	if got := p.status(); got != exitOK {
		t.Errorf("exit status %d", got)
	}
	p.givenBack()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"hunter22", "YWxpY2U6aHVudGVyMjI", "key-4711"} {
		if strings.Contains(string(text), secret) || strings.Contains(p.written(), secret) {
			t.Errorf("the secret %q is shown", secret)
		}
	}
	if found := regexp.MustCompile(`\d{4}/\d\d/\d\d \d\d:\d\d:\d\d.*`).FindString(p.written()); found != "" {
		t.Errorf("a line of a log is on the terminal: %q", found)
	}
	if strings.Contains(p.written(), "\x1b]0;owned") {
		t.Error("the server's bytes are on the terminal")
	}
}
