package dns

import (
	"cmp"
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/dns/dnsmessage"

	"resiltui/internal/sensors"
	"resiltui/internal/setting"
	"resiltui/internal/words"
)

const (
	scheme = "dns"
	remedy = "; write dns://SERVER/NAME?type=A"
)

// Kind returns the kind of sensor for questions to name servers.
func Kind() sensors.Kind {
	return sensors.Kind{
		Name: "dns", Title: "DNS",
		Schemes: []string{scheme},
		Help:    "That of a question to a name server is the time until its answer.",
		Examples: []string{
			"dns://127.0.0.1/example.com",
			`"mx=dns://127.0.0.1/example.com?type=MX" --expect "10 mail.example.com"`,
		},
		Settings: setting.Rows(settings()),
		Open:     open,
	}
}

// settings are the settings of a question.
func settings() []setting.Of[sensor] {
	return []setting.Of[sensor]{{
		Row: setting.Row{
			Name: "expect", Label: "success is", Kind: "text", Range: "a record of the type that is asked for", Example: "10.0.0.7",
			Help: "record that must be among the answers, e.g. 10.0.0.7",
		},
		Get: func(s sensor) string { return s.expect },
		Set: func(s *sensor, v string) error {
			if words.Clean(v, sensors.MaxErrorCells) != v {
				return fmt.Errorf("must be a text of up to %d letters", sensors.MaxErrorCells)
			}
			s.expect = normal(v)
			return nil
		},
	}}
}

// recordTypes are the types that can be asked for, the one that is meant first.
func recordTypes() []string {
	return []string{"A", "AAAA", "CNAME", "MX", "NS", "PTR", "SOA", "SRV", "TXT"}
}

// typeOf is the type of that name, as a word of either case; empty is A.
func typeOf(name string) (t dnsmessage.Type, short string, ok bool) {
	short = strings.ToUpper(cmp.Or(name, recordTypes()[0]))
	types := []dnsmessage.Type{
		dnsmessage.TypeA, dnsmessage.TypeAAAA, dnsmessage.TypeCNAME, dnsmessage.TypeMX, dnsmessage.TypeNS,
		dnsmessage.TypePTR, dnsmessage.TypeSOA, dnsmessage.TypeSRV, dnsmessage.TypeTXT,
	}
	if k := slices.Index(recordTypes(), short); k >= 0 {
		return types[k], short, true
	}
	return 0, short, false
}

// open makes the sensor of an address.
func open(address string, set sensors.Values, env sensors.Env) (sensors.Sensor, error) {
	s := &sensor{now: env.Now}
	u, err := sensors.ParseURL(address, scheme)
	if err != nil {
		return nil, err
	}
	if err := s.ask(u); err != nil {
		return nil, fmt.Errorf("URL %q %w"+remedy, words.RedactURL(address), err)
	}
	if err := sensors.Apply(s, settings(), set); err != nil {
		return nil, err
	}
	own := u.Host + u.Path
	if s.short != recordTypes()[0] {
		own += " " + s.short
	}
	name := words.Clean(cmp.Or(env.Name, own), sensors.MaxNameCells)
	s.info = sensors.Info{ID: cmp.Or(env.ID, name), Name: name, Unit: "ms", Decimals: 2, Real: true, Timed: true}
	return s, s.info.Validate()
}

// ask sets the server and the question as an address has them.
func (s *sensor) ask(u *url.URL) error {
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil || u.User != nil || u.Fragment != "" || len(query) > 1 || len(query) == 1 && len(query["type"]) != 1 {
		return errors.New("has more than a server, a name and a type")
	}
	t, short, ok := typeOf(query.Get("type"))
	if !ok {
		return fmt.Errorf("has the type %s, which is none of %s", words.Clean(short, 10), strings.Join(recordTypes(), ", "))
	}
	written := strings.TrimPrefix(u.Path, "/")
	if written == "" {
		return errors.New("has no name to ask for")
	}
	if strings.ContainsFunc(written, func(r rune) bool { return r <= ' ' || r > '~' || r == '/' }) {
		return errors.New("has a name with letters that names of DNS cannot have: of others there is an ASCII form (xn--…)")
	}
	name, err := dnsmessage.NewName(strings.TrimSuffix(written, ".") + ".")
	if err != nil {
		return errors.New("has a name that is too long")
	}
	s.server = net.JoinHostPort(u.Hostname(), cmp.Or(u.Port(), "53"))
	s.short, s.question = short, dnsmessage.Question{Name: name, Type: t, Class: dnsmessage.ClassINET}
	if _, err := s.query(0); err != nil {
		return errors.New("has a name that cannot be: a part of it is empty or longer than 63 letters")
	}
	return nil
}
