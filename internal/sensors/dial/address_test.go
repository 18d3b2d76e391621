package dial

import "testing"

func TestAnAddressIsAHostAndAPort(t *testing.T) {
	for address, want := range map[string][2]string{
		"tcp://db:5432":      {"db", "db:5432"},
		" tcp://db ":         {"db", "db:443"},
		"tcp://[::1]:22/":    {"::1", "[::1]:22"},
		"TCP://10.0.0.2:065": {"10.0.0.2", "10.0.0.2:065"},
	} {
		if host, hostPort, err := Address(address, "tcp", "443"); err != nil || host != want[0] || hostPort != want[1] {
			t.Errorf("%s is %s, %s, %v", address, host, hostPort, err)
		}
	}
	for address, want := range map[string]string{
		"tcp://db":               `URL "tcp://db" has no port; write tcp://db:PORT`,
		"tcp://[::1]":            `URL "tcp://[::1]" has no port; write tcp://[::1]:PORT`,
		"tcp://me:secret@db:1":   `URL "tcp://db:1" has more than a host and a port; write tcp://db:1`,
		"tcp://db:1/x":           `URL "tcp://db:1/x" has more than a host and a port; write tcp://db:1`,
		"tcp://db:1?token=x":     `URL "tcp://db:1" has more than a host and a port; write tcp://db:1`,
		"tcp://db:99999":         `URL "tcp://db:99999" has port 99999; ports go from 1 to 65535`,
		"tcp://:5432":            `URL "tcp://:5432" has no host; write tcp://HOST/PATH`,
		"udp://db:1":             `URL "udp://db:1" does not begin with tcp://; write tcp://db:1`,
		"tcp:":                   `URL "tcp:" has no host; write tcp://HOST/PATH`,
		"tcp://db:5432#fragment": `URL "tcp://db:5432" has more than a host and a port; write tcp://db:5432`,
	} {
		if _, _, err := Address(address, "tcp", ""); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", address, err, want)
		}
	}
}
