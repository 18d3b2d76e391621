package dial

import (
	"crypto/tls"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"resiltui/internal/sensors"
	"resiltui/internal/sensors/sensorstest"
)

// config is the config of a kind.
type config struct{ tls TLS }

// kind opens nothing but the configuration.
func kind() sensors.Kind {
	return sensors.Kind{Open: func(_ string, set sensors.Values, _ sensors.Env) (sensors.Sensor, error) {
		var c config
		if err := sensors.Apply(&c, TLSSettings(func(c *config) *TLS { return &c.tls }), set); err != nil {
			return nil, err
		}
		_, err := c.tls.Config()
		return nil, err
	}}
}

// shake shakes hands with a server, and returns the error of each side.
func shake(t *testing.T, s TLS, server *tls.Config) (ours, theirs error) {
	t.Helper()
	c, err := s.Config()
	if err != nil {
		t.Fatal(err)
	}
	c.ServerName = "localhost"
	l, err := tls.Listen("tcp", "127.0.0.1:0", server)
	if err != nil {
		t.Fatal(err)
	}
	over := make(chan error, 1)
	go func() {
		conn, err := l.Accept()
		if err == nil {
			err = conn.(*tls.Conn).Handshake()
			_ = conn.Close()
		}
		over <- err
	}()
	conn, ours := tls.Dial("tcp", l.Addr().String(), c)
	if ours == nil {
		_, ours = conn.Read(make([]byte, 1)) // TLS 1.3 tells only now what became of our certificate
		_ = conn.Close()
	}
	theirs = <-over
	_ = l.Close()
	return ours, theirs
}

func TestOnlyAnAuthorityThatIsTrustedIsTaken(t *testing.T) {
	a := sensorstest.NewAuthority(t)
	server := &tls.Config{Certificates: []tls.Certificate{a.Certificate(nil)}}
	for name, c := range map[string]struct {
		tls  TLS
		well bool
	}{
		"this machine's":        {TLS{}, false},
		"the server's":          {TLS{CA: a.File}, true},
		"another one":           {TLS{CA: sensorstest.NewAuthority(t).File}, false},
		"none that is asked":    {TLS{Insecure: true}, true},
		"another, but insecure": {TLS{CA: sensorstest.NewAuthority(t).File, Insecure: true}, true},
	} {
		err, _ := shake(t, c.tls, server)
		if well := err != nil && err.Error() == "EOF"; well != c.well {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAServerThatAsksForACertificateGetsOurs(t *testing.T) {
	a := sensorstest.NewAuthority(t)
	server := &tls.Config{
		Certificates: []tls.Certificate{a.Certificate(nil)}, ClientCAs: a.Pool(), ClientAuth: tls.RequireAndVerifyClientCert,
	}
	if _, err := shake(t, TLS{CA: a.File}, server); err == nil {
		t.Error("it needs none")
	}
	cert, key := a.Files(a.Certificate(nil))
	if _, err := shake(t, TLS{CA: a.File, Cert: cert, Key: key}, server); err != nil {
		t.Errorf("it does not take ours: %v", err)
	}
	both := filepath.Join(t.TempDir(), "both.pem")
	var text []byte
	for _, name := range []string{cert, key} {
		part, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		text = append(text, part...)
	}
	if err := os.WriteFile(both, text, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := shake(t, TLS{CA: a.File, Cert: both}, server); err != nil {
		t.Errorf("it does not take that with its key in the same file: %v", err)
	}
}

func TestFilesThatCannotBeOfTLSAreNamedWithTheirSetting(t *testing.T) {
	a := sensorstest.NewAuthority(t)
	cert, key := a.Files(a.Certificate(nil))
	_, foreign := sensorstest.NewAuthority(t).Files(a.Certificate(nil))
	none := filepath.Join(t.TempDir(), "none")
	for want, set := range map[string]sensors.Values{
		`--ca: file "` + none + `" cannot be read: no such file or directory`: {"ca": {none}},
		`--ca: file "` + key + `" holds no certificate in PEM`:                {"ca": {key}},
		"is no ordinary file":                      {"ca": {t.TempDir()}},
		"--insecure maybe: must be true or false":  {"insecure": {"maybe"}},
		"--key is of no use without --cert FILE":   {"key": {key}},
		`--cert: file "` + none + `" cannot be`:    {"cert": {none}, "key": {key}},
		`--key: file "` + none + `" cannot be`:     {"cert": {cert}, "key": {none}},
		`are no certificate in PEM with its key`:   {"cert": {cert}, "key": {foreign}},
		`--cert "` + cert + `" and --key "` + cert: {"cert": {cert}},
	} {
		if _, err := kind().Open("", set, sensors.Env{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v, want %q", set, err, want)
		}
	}
	if _, err := kind().Open("", sensors.Values{"ca": {a.File}, "cert": {cert}, "key": {key}, "insecure": {"true"}}, sensors.Env{}); err != nil {
		t.Error(err)
	}
}
