package kinds_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"resiltui/internal/sensors"
	"resiltui/internal/sensors/kinds"
	"resiltui/internal/sensors/sensorstest"
	"resiltui/internal/setting"
)

// Names and schemes are in files and on command lines: rows are added, and never
// changed.
func TestKindsOfSensorsKeepTheirNamesSchemesAndSettings(t *testing.T) {
	rows := []struct{ name, schemes, settings string }{
		{"simulated", "", "fail latency latencySigma noise"},
		{"http", "http https", "method header header-env netrc expect jq unit redirects keep-alive ca insecure cert key"},
		{"tcp", "tcp", "send expect"},
		{"tls", "tls", "ca insecure cert key"},
		{"dns", "dns", "expect"},
		{"promql", "promql+http promql+https", "query header header-env netrc unit redirects keep-alive ca insecure cert key"},
		{"exec", "", "exec expect unit"},
	}
	if len(rows) != len(kinds.All()) {
		t.Fatalf("%d rows for %d kinds", len(rows), len(kinds.All()))
	}
	for i, k := range kinds.All() {
		var settings []string
		for _, s := range k.Settings {
			settings = append(settings, s.Name)
		}
		got := rows[i]
		got.name, got.schemes, got.settings = k.Name, strings.Join(k.Schemes, " "), strings.Join(settings, " ")
		if got != rows[i] {
			t.Errorf("%+v, want %+v", got, rows[i])
		}
	}
}

func TestEveryKindSaysWhatItIsAndOpensASensor(t *testing.T) {
	// What the examples of settings name.
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	t.Setenv("API_KEY", "x")
	a := sensorstest.NewAuthority(t)
	cert, key := a.Files(a.Certificate(nil))
	for name, from := range map[string]string{"ca.pem": a.File, "me.pem": cert, "me.key": key, ".netrc": os.DevNull} {
		text, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(home, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	schemes := map[string]string{}
	for _, k := range kinds.All() {
		if k.Title == "" || !strings.HasSuffix(k.Help, ".") || k.Schemes != nil && k.Examples == nil {
			t.Errorf("%s has no words: %+v", k.Name, k)
		}
		address := regexp.MustCompile(`[\w+]+://[^\s'"]+`).FindString(strings.Join(k.Examples, " "))
		for _, s := range k.Schemes {
			if other, ok := schemes[s]; ok || s != strings.ToLower(s) {
				t.Errorf("%s:// is of %s and of %s", s, k.Name, other)
			}
			schemes[s] = k.Name
		}
		set := sensors.Values{"a setting of another kind": {"x"}}
		for _, s := range k.Settings {
			if s.Label == "" || s.Help == "" || s.Kind == "" || s.Range == "" || s.Example == "" {
				t.Errorf("%s %s has no words: %+v", k.Name, s.Name, s)
			}
			if s.Name != "method" { // HEAD has no body for jq
				set[s.Name] = []string{s.Example}
			}
		}
		clock := &sensorstest.Clock{}
		s, err := k.Open(address, set, sensors.Env{ID: "S1", Name: "one", Seed: 7, Now: clock.Now, Sleep: clock.Sleep})
		if err != nil {
			t.Fatalf("%s: %v", k.Name, err)
		}
		if c, ok := s.(interface{ Close() }); ok {
			c.Close()
		}
		if i := s.Info(); i.ID != "S1" || i.Name != "one" || i.Real != (k.Name != "simulated") {
			t.Errorf("%s: %+v", k.Name, i)
		}
	}
}

func TestWhatAKindCannotOpenIsAnError(t *testing.T) {
	for _, k := range kinds.All() {
		if s, err := k.Open("", sensors.Values{"fail": {"2"}}, sensors.Env{ID: "S1"}); err == nil || s != nil {
			t.Errorf("%s opens %v", k.Name, s)
		}
	}
}

// An address is copied from anywhere, so none may run anything.
func TestNoAddressAndNoFlagRunsACommand(t *testing.T) {
	for _, k := range kinds.Addressed() {
		if k.Name == "exec" || slices.ContainsFunc(k.Settings, func(s setting.Row) bool { return s.Name == "exec" }) {
			t.Errorf("a command is in reach of addresses by %s", k.Name)
		}
	}
	for _, address := range []string{"exec:///bin/true", "exec://true", "/bin/true", "exec:true"} {
		if k, err := sensors.Find(kinds.Addressed(), address); err == nil {
			t.Errorf("%s is of %s", address, k.Name)
		}
	}
}

func TestAnAddressFindsItsKindByTheScheme(t *testing.T) {
	list := []sensors.Kind{{Name: "silent"}, {Name: "http", Schemes: []string{"http", "https"}}, {Name: "tcp", Schemes: []string{"tcp"}}}
	for address, want := range map[string]string{
		"http://h/": "http", "https://h/": "http", " HTTPS://h/ ": "http", "tcp://h:1": "tcp",
	} {
		if k, err := sensors.Find(list, address); err != nil || k.Name != want {
			t.Errorf("%q is of %q, %v", address, k.Name, err)
		}
	}
	for address, want := range map[string]string{
		"ftp://u:secret@h/x": `URL "ftp://h/x" does not begin with http:// or https:// or tcp://; write http://h/x`,
		"h/x":                "write http://h/x",
		"ftp://h/%zz":        `URL "ftp://h/%zz" has a % that begins no escape; write http://HOST:PORT/PATH`,
		"http:":              "has no host",
		"silent://x":         "does not begin with",
		"":                   "does not begin with",
	} {
		if k, err := sensors.Find(list, address); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%q is of %q, %v", address, k.Name, err)
		}
	}
	if _, err := sensors.Find(nil, "http://u:secret@h/"); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("no kinds: %v", err)
	}
}

func TestASettingThatCannotBeIsNamedAsAFlag(t *testing.T) {
	clock := &sensorstest.Clock{}
	env := sensors.Env{ID: "S1", Now: clock.Now, Sleep: clock.Sleep}
	for _, c := range []struct {
		kind, name string
		values     []string
		want       string
	}{
		{"http", "header", []string{"A: b", ": secret"}, `--header number 2 has no name and colon; write --header "Name: value"`},
		{"http", "expect", []string{"9xx"}, `"9xx"`},
		{"simulated", "fail", []string{"2"}, "--fail 2: must be"},
		{"simulated", "latency", []string{"x\x1b[2J"}, "--latency x: must be"},
	} {
		for _, k := range kinds.All() {
			if k.Name != c.kind {
				continue
			}
			_, err := k.Open("http://h/", sensors.Values{c.name: c.values}, env)
			if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "secret") {
				t.Errorf("%s %q: %v", c.name, c.values, err)
			}
		}
	}
}

func TestASimulatedSensorIsOpenedAsItIsSet(t *testing.T) {
	clock := &sensorstest.Clock{}
	s, err := kinds.All()[0].Open("", sensors.Values{"latency": {"80ms"}, "fail": {"1"}}, sensors.Env{ID: "S1", Seed: 7, Sleep: clock.Sleep})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Read(t.Context(), sensors.Request{Call: 1, Attempt: 1}); err == nil || clock.Now() != 80*time.Millisecond {
		t.Errorf("%v after %v", err, clock.Now())
	}
}
