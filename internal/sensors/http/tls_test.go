package http

import (
	"crypto/tls"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"resiltui/internal/sensors"
	"resiltui/internal/sensors/dial"
	"resiltui/internal/sensors/sensorstest"
)

func TestTheSettingsOfTLSHoldForEveryRequest(t *testing.T) {
	for name, version := range map[string]uint16{"TLS 1.2": tls.VersionTLS12, "TLS 1.3": tls.VersionTLS13} {
		t.Run(name, func(t *testing.T) { settingsOfTLSHold(t, version) })
	}
}

// settingsOfTLSHold reads a server that speaks one version of TLS. With 1.3 it refuses a
// client without a certificate after the handshake, while the request is on its way.
func settingsOfTLSHold(t *testing.T, version uint16) {
	authority := sensorstest.NewAuthority(t)
	var spoken atomic.Value
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		spoken.Store(r.Proto)
		if r.URL.Path == "/moved" {
			http.Redirect(w, r, "/", http.StatusFound)
		}
	}))
	server.Config.ErrorLog = discardLog()
	server.EnableHTTP2 = true
	server.TLS = &tls.Config{Certificates: []tls.Certificate{authority.Certificate(nil)}, ClientAuth: tls.RequireAnyClientCert, MinVersion: version, MaxVersion: version}
	server.StartTLS()
	t.Cleanup(server.Close)
	cert, key := authority.Files(authority.Certificate(nil))
	for name, c := range map[string]struct {
		set    sensors.Values
		err    string
		remark string
	}{
		"nothing":                 {sensors.Values{}, "TLS: certificate is signed by an unknown authority: --ca FILE or --insecure", ""},
		"the authority alone":     {sensors.Values{"ca": {authority.File}}, "TLS: the server asks for a certificate: --cert FILE", ""},
		"both":                    {sensors.Values{"ca": {authority.File}, "cert": {cert}, "key": {key}}, "", ""},
		"ours, theirs not looked": {sensors.Values{"insecure": {"true"}, "cert": {cert}, "key": {key}}, "", dial.NotChecked},
		"insecure alone":          {sensors.Values{"insecure": {"true"}}, "TLS: the server asks for a certificate: --cert FILE", dial.NotChecked},
	} {
		for _, path := range []string{"/", "/moved"} {
			s, err := Kind().Open(server.URL+path, c.set, sensors.Env{Now: stopped})
			if err != nil {
				t.Fatal(err)
			}
			spoken.Store("")
			_, err = s.Read(t.Context(), sensors.Request{})
			if textOf(err) != c.err || err != nil && !lasts(err) || s.Info().Remark != c.remark {
				t.Errorf("%s, %s: error %v, remark %q", name, path, err, s.Info().Remark)
			}
			if err == nil && spoken.Load() != "HTTP/2.0" {
				t.Errorf("%s, %s: spoke %v", name, path, spoken.Load())
			}
			s.(*Sensor).Close()
		}
	}
}

func TestAnAddressWithoutTLSHasNoCertificateToCheck(t *testing.T) {
	h := endpoint(t, Config{URL: "http://host.test", TLS: dial.TLS{Insecure: true}})
	if h.Info().Remark != "" {
		t.Errorf("remark %q", h.Info().Remark)
	}
}

func TestFilesOfCertificatesThatCannotBeReadAreNamedAtOnce(t *testing.T) {
	for setting, set := range map[string]sensors.Values{
		"--ca":   {"ca": {"nowhere.pem"}},
		"--cert": {"cert": {"nowhere.pem"}},
		"--key":  {"key": {"nowhere.pem"}},
	} {
		_, err := Kind().Open("https://host.test", set, sensors.Env{Now: stopped})
		if err == nil || !strings.HasPrefix(err.Error(), setting) {
			t.Errorf("%s: error %v", setting, err)
		}
	}
}
