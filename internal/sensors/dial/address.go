package dial

import (
	"cmp"
	"fmt"
	"net"

	"resiltui/internal/sensors"
	"resiltui/internal/words"
)

// Address reads the address of an endpoint that is a host and a port and nothing else,
// SCHEME://HOST:PORT. port is the one where the address has none; empty means that it must
// have one. The error names the address without what could be secret in it, and the
// remedy.
func Address(text, scheme, port string) (host, hostPort string, err error) {
	u, err := sensors.ParseURL(text, scheme)
	if err != nil {
		return "", "", err
	}
	shown := words.RedactURL(text)
	if port = cmp.Or(u.Port(), port); port == "" {
		return "", "", fmt.Errorf("URL %q has no port; write %s://%s:PORT", shown, scheme, u.Host)
	}
	hostPort = net.JoinHostPort(u.Hostname(), port)
	if u.User != nil || u.Path != "" && u.Path != "/" || u.RawQuery != "" || u.Fragment != "" {
		return "", "", fmt.Errorf("URL %q has more than a host and a port; write %s://%s", shown, scheme, hostPort)
	}
	return u.Hostname(), hostPort, nil
}
