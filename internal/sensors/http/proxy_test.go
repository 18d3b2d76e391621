package http

import (
	"net/http"
	"strings"
	"testing"

	"resiltui/internal/sensors"
)

// noProxies empties the variables until the test's end.
func noProxies(t *testing.T) {
	t.Helper()
	for _, name := range proxyVariables() {
		t.Setenv(name, "")
	}
}

func TestAProxyThatCannotBeReadIsRefusedWithoutItsPassword(t *testing.T) {
	noProxies(t)
	for _, name := range proxyVariables() {
		for _, value := range []string{
			"me:s3cr%t@127.0.0.1:9", "http://me:s3cr%t@127.0.0.1:9", "http://me:s3cret@127.0.0.1:99999", "http://me:s3c ret@127.0.0.1:9",
			"http://[::1", "ftp://me:s3cret@127.0.0.1:9", "http://", "http://me:s3c/ret@127.0.0.1:9",
		} {
			t.Setenv(name, value)
			err := Config{URL: "http://h", Now: stopped}.Validate()
			if err == nil || !strings.Contains(err.Error(), "environment's "+name+" is no address of a proxy; write "+name+"=http://HOST:PORT") || strings.Contains(err.Error(), "s3c") {
				t.Errorf("%s=%s: error %v", name, value, err)
			}
			if err := (Config{URL: "http://h", Now: stopped, Client: &http.Client{}}).Validate(); err != nil {
				t.Errorf("a client that came with a way of its own asks the environment: %v", err)
			}
		}
		for _, value := range []string{"http://me:s3cret@127.0.0.1:9", "127.0.0.1:9", "me:s3cret@proxy", "https://proxy", "socks5://proxy:1080", "socks5h://proxy", "proxy"} {
			t.Setenv(name, value)
			if err := (Config{URL: "http://h", Now: stopped}).Validate(); err != nil {
				t.Errorf("%s=%s: error %v", name, value, err)
			}
		}
		t.Setenv(name, "")
	}
}

func TestThePasswordOfAProxyIsNeverShown(t *testing.T) {
	noProxies(t)
	t.Setenv("HTTP_PROXY", "http://me:s3cret@127.0.0.1:9")
	if got := Kind().Secrets("http://h", sensors.Values{}).Hide("refused me:s3cret"); strings.Contains(got, "s3cret") {
		t.Errorf("%q", got)
	}
}
