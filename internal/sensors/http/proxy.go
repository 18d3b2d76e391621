package http

import (
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"

	"resiltui/internal/sensors"
)

// proxyVariables are where the environment names proxies, as net/http looks for them.
func proxyVariables() []string {
	return []string{"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy"}
}

// proxySchemes are those of the proxies that a transport can use.
func proxySchemes() []string { return []string{"http", "https", "socks5", "socks5h"} }

// checkProxies looks for an address of a proxy that cannot be read: net/http would ignore it
// silently. The error names the variable and nothing of its value, because any part of the
// value may be a password.
func checkProxies() error {
	for _, name := range proxyVariables() {
		if value := os.Getenv(name); value != "" && proxyOf(value) == nil {
			return fmt.Errorf("the environment's %s is no address of a proxy; write %s=http://HOST:PORT, with %%25 for a %% in a password, or unset it", name, name)
		}
	}
	return nil
}

// proxyOf is the address that a variable has, with or without a scheme; nil is none
// that a proxy could have.
func proxyOf(value string) *url.URL {
	u, err := url.Parse(value)
	if err != nil || !slices.Contains(proxySchemes(), u.Scheme) || u.Host == "" {
		if strings.Contains(value, "://") {
			return nil
		}
		if u, err = url.Parse("http://" + value); err != nil {
			return nil
		}
	}
	if _, err := sensors.ParseURL(u.String(), proxySchemes()...); err != nil {
		return nil
	}
	return u
}
