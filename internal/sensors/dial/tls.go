package dial

import (
	"cmp"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"

	"resiltui/internal/sensors"
	"resiltui/internal/setting"
)

// maxPEM is more than any file of certificates has, in bytes: those of all public
// authorities together are a quarter of it.
const maxPEM = 1 << 20

// NotChecked is the remark about an endpoint whose certificate is not checked.
const NotChecked = "certificate not checked"

// TLS says how connections are secured. The zero value trusts the authorities that this
// machine trusts, and has no certificate of its own.
type TLS struct {
	// CA is a file of certificates in PEM: the authorities that are trusted in place of
	// this machine's. Empty is this machine's.
	CA string
	// Insecure takes any certificate, whoever signed it, whatever its name and date.
	Insecure bool
	// Cert and Key are files in PEM: the certificate that is shown to servers that ask
	// for one, and its key, which may be in the same file. Empty is none.
	Cert, Key string
}

// TLSSettings are the settings of a TLS, for the table of a kind whose config holds one.
func TLSSettings[T any](at func(*T) *TLS) []setting.Of[T] {
	file := func(r setting.Row, field func(*TLS) *string) setting.Of[T] {
		r.Kind, r.Range = "text", "a file in PEM"
		return setting.Of[T]{
			Row: r,
			Get: func(t T) string { return *field(at(&t)) },
			Set: func(t *T, v string) error {
				*field(at(t)) = v
				return nil
			},
		}
	}
	return []setting.Of[T]{
		file(setting.Row{
			Name: "ca", Label: "authorities", Example: "~/ca.pem",
			Help: "file of the certificates that are trusted in place of this machine's",
		}, func(s *TLS) *string { return &s.CA }),
		setting.Switch(setting.Row{
			Name: "insecure", Label: "insecure", Default: "false", Example: "true",
			Help: "take any certificate, whoever signed it",
		}, func(t *T) *bool { return &at(t).Insecure }),
		file(setting.Row{
			Name: "cert", Label: "own certificate", Example: "~/me.pem",
			Help: "file of the certificate that is shown to servers that ask for one",
		}, func(s *TLS) *string { return &s.Cert }),
		file(setting.Row{
			Name: "key", Label: "own key", Example: "~/me.key",
			Help: "file of the key of --cert, if not in the same file",
		}, func(s *TLS) *string { return &s.Key }),
	}
}

// Config reads the files and returns a new configuration for clients; sessions are never
// resumed. The error names the setting, the file and the remedy, and nothing in the file.
func (s TLS) Config() (*tls.Config, error) {
	config := &tls.Config{InsecureSkipVerify: s.Insecure} // as it was asked for
	if s.CA != "" {
		text, err := sensors.SettingsFile(s.CA, maxPEM)
		if err != nil {
			return nil, fmt.Errorf("--ca: %w", err)
		}
		config.RootCAs = x509.NewCertPool()
		if !config.RootCAs.AppendCertsFromPEM(text) {
			return nil, fmt.Errorf("--ca: file %q holds no certificate in PEM", s.CA)
		}
	}
	if s.Cert == "" && s.Key != "" {
		return nil, errors.New("--key is of no use without --cert FILE")
	}
	if s.Cert != "" {
		own, err := s.own()
		if err != nil {
			return nil, err
		}
		config.Certificates = []tls.Certificate{own}
	}
	return config, nil
}

// own is the certificate with its key.
func (s TLS) own() (tls.Certificate, error) {
	cert, err := sensors.SettingsFile(s.Cert, maxPEM)
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("--cert: %w", err)
	}
	key, err := sensors.SettingsFile(cmp.Or(s.Key, s.Cert), maxPEM)
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("--key: %w", err)
	}
	own, err := tls.X509KeyPair(cert, key)
	if err != nil { // whose text is not shown: it may tell of what is in the key
		return tls.Certificate{}, fmt.Errorf("--cert %q and --key %q are no certificate in PEM with its key, without a passphrase", s.Cert, cmp.Or(s.Key, s.Cert))
	}
	return own, nil
}
