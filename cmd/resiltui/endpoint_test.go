//go:build unix

package main

import (
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// serveAt serves HTTP at an address; empty takes a free port.
func serveAt(t *testing.T, address string, handler http.HandlerFunc) *httptest.Server {
	t.Helper()
	if address == "" {
		address = "127.0.0.1:0"
	}
	l, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewUnstartedServer(handler)
	_ = s.Listener.Close()
	s.Listener = l
	s.Start()
	return s
}

func well(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }

func TestAWatchSeesAServerGoAndComeBack(t *testing.T) {
	t.Parallel()
	server := serveAt(t, "", well)
	address := server.Listener.Addr().String()
	name := filepath.Join(t.TempDir(), "events")
	p := inTerminal(t, "resiltui", nil, "watch", "--interval", "100ms", "--log-file", name,
		"web=http://alice:hunter2@"+address+"/ready?token=hunter2")
	p.firstFrame()
	p.awaitLog(name, `"web".*"status":"live"`)
	server.Close()
	p.awaitLog(name, `"web".*"from":"CLOSED","to":"OPEN".*connection refused`)
	p.awaitText("connection refused")
	server = serveAt(t, address, well)
	defer server.Close()
	p.awaitLog(name, `"web".*"from":"HALF_OPEN","to":"CLOSED"`)
	p.press("q")
	if got := p.status(); got != exitOK {
		t.Errorf("exit status %d", got)
	}
	p.givenBack()
	p.awaitText("again: resiltui watch")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"hunter2", "alice"} {
		if strings.Contains(string(text), secret) || strings.Contains(p.written(), secret) {
			t.Errorf("the secret %q is shown", secret)
		}
	}
}

func TestASlowEndpointDoesNotHoldTheOthersUp(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	slow := serveAt(t, "", func(http.ResponseWriter, *http.Request) { <-release })
	defer slow.Close()
	defer close(release)
	fast := serveAt(t, "", well)
	defer fast.Close()
	name := filepath.Join(t.TempDir(), "events")
	p := inTerminal(t, "resiltui", nil, "watch", "--interval", "100ms", "--timeout", "5m", "--log-file", name,
		"slow="+slow.URL, "fast="+fast.URL)
	p.firstFrame()
	calls := func(endpoint string) int {
		text, _ := os.ReadFile(name)
		return len(regexp.MustCompile(`"`+endpoint+`","kind":"call"`).FindAll(text, -1))
	}
	p.await("ten calls of the fast endpoint", func() bool { return calls("fast") >= 10 })
	if n := calls("slow"); n != 0 {
		t.Errorf("%d calls of the slow endpoint have ended", n)
	}
	p.press("q") // with a call under way
	if got := p.status(); got != exitOK {
		t.Errorf("exit status %d", got)
	}
	p.givenBack()
}

func TestFaultKeysAreLockedOnRealEndpointsUntilUnlocked(t *testing.T) {
	t.Parallel()
	server := serveAt(t, "", well)
	defer server.Close()
	name := filepath.Join(t.TempDir(), "events")
	p := inTerminal(t, "resiltui", nil, "watch", "--interval", "100ms", "--log-file", name, "web="+server.URL)
	p.firstFrame()
	p.press("c")
	p.awaitText("fault keys are locked")
	p.press("!")
	p.press("c")
	p.awaitLog(name, `"web".*"fault-began"`)
	if text, _ := os.ReadFile(name); strings.Count(string(text), "fault-began") != 1 {
		t.Error("the locked key did something")
	}
	p.press("q")
	p.status()
}

func TestAnExpressionThatTakesAllMemoryHarmsNobodyElse(t *testing.T) {
	t.Parallel()
	server := serveAt(t, "", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(`{"n": 12.5}`)) })
	defer server.Close()
	for _, c := range []struct{ expression, says string }{
		{".n", `"value":12.5`},
		{`"a" * 2e9 | length`, `expression .* takes (too much memory|longer than 100 ms)`},
		{"reduce range(100) as $i (1; [., .]) | tojson | length", `expression .* takes (too much memory|longer than 100 ms)`},
	} {
		name := filepath.Join(t.TempDir(), "events")
		p := inTerminal(t, "resiltui", nil, "watch", "--interval", "100ms", "--log-file", name, "--jq", c.expression, server.URL)
		p.firstFrame()
		p.awaitLog(name, c.says)
		p.press("q")
		if got := p.status(); got != exitOK {
			t.Errorf("%s: exit status %d", c.expression, got)
		}
		p.givenBack()
	}
}
