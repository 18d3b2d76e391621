package scenario

import (
	"io"
	nethttp "net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/policy"
	"resiltui/internal/export"
	"resiltui/internal/sensors"
	"resiltui/internal/sensors/http"
	"resiltui/internal/stats"
)

func watching(targets ...string) WatchOptions {
	return WatchOptions{Targets: targets, Interval: 2 * time.Second, Timeout: time.Second, Kinds: []sensors.Kind{http.Kind()}}
}

// through is the kind of endpoints that are read by a client.
func through(web nethttp.RoundTripper) []sensors.Kind {
	k := http.Kind()
	k.Open = func(address string, set sensors.Values, env sensors.Env) (sensors.Sensor, error) {
		c := http.Config{ID: env.ID, Name: env.Name, URL: address, Client: &nethttp.Client{Transport: web}, Now: env.Now}
		if err := sensors.Apply(&c, http.Settings(), set); err != nil {
			return nil, err
		}
		return http.New(c)
	}
	return []sensors.Kind{k}
}

// idsOf are the members' ids, as the configuration and as the sensors say them.
func idsOf(t *testing.T, config engine.Config) (ids []string) {
	t.Helper()
	for _, m := range config.Members {
		s, err := m.New(1, nowhere{})
		if err != nil {
			t.Fatal(err)
		}
		if s.Info().ID != m.Info.ID || s.Info().Name != m.Info.ID {
			t.Errorf("the member %q is a sensor %+v", m.Info.ID, s.Info())
		}
		if c, ok := s.(interface{ Close() }); ok {
			c.Close()
		}
		ids = append(ids, m.Info.ID)
	}
	return ids
}

func TestEndpointsAreCalledByTheirNameOrTheirAddress(t *testing.T) {
	tests := map[string]struct {
		targets []string
		want    []string
	}{
		"address":              {[]string{"http://localhost:8080/health"}, []string{"localhost:8080/health"}},
		"name":                 {[]string{"api=http://localhost:8080/health"}, []string{"api"}},
		"name with blanks":     {[]string{"the api=http://localhost/"}, []string{"the api"}},
		"= in the address":     {[]string{"http://localhost/q?a=b&c=d"}, []string{"localhost/q"}},
		"= in both":            {[]string{"api=http://localhost/q?a=b"}, []string{"api"}},
		"secrets are not told": {[]string{"https://me:secret@localhost/x"}, []string{"localhost/x"}},
		"an empty name":        {[]string{"=http://localhost/x"}, []string{"localhost/x"}},
		"one name thrice": {
			[]string{"a=http://localhost/1", "a=http://localhost/2", "b=http://localhost/3", "a=http://localhost/4"},
			[]string{"a", "a (2)", "b", "a (3)"},
		},
		"a number that is taken": {
			[]string{"a (2)=http://localhost/1", "a=http://localhost/2", "a=http://localhost/3"},
			[]string{"a (2)", "a", "a (3)"},
		},
		"a number that comes later": {
			[]string{"a=http://localhost/1", "a=http://localhost/2", "a (2)=http://localhost/3"},
			[]string{"a", "a (2)", "a (2) (2)"},
		},
		"one address twice": {
			[]string{"http://localhost/x", "http://localhost/x"},
			[]string{"localhost/x", "localhost/x (2)"},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			config, err := Watch(watching(tt.targets...))
			if err != nil {
				t.Fatal(err)
			}
			if got := idsOf(t, config); !slices.Equal(got, tt.want) {
				t.Errorf("%q", got)
			}
		})
	}
}

// A name that is as long as names may be leaves no room for a number.
func TestLongNamesCanBeGivenTwice(t *testing.T) {
	long := strings.Repeat("n", 100)
	config, err := Watch(watching(long+"=http://localhost/1", long+"=http://localhost/2", long+"=http://localhost/3"))
	if err != nil {
		t.Fatal(err)
	}
	ids := idsOf(t, config)
	if ids[0] == ids[1] || ids[1] == ids[2] || ids[0] == ids[2] {
		t.Errorf("%q", ids)
	}
}

func TestWhatCannotBeWatchedSaysWhyAndKeepsSecrets(t *testing.T) {
	with := func(change func(*WatchOptions)) WatchOptions {
		o := watching("http://localhost/")
		change(&o)
		return o
	}
	tests := map[string]struct {
		options WatchOptions
		want    string
	}{
		"nothing":       {watching(), "a run needs at least one sensor"},
		"no scheme":     {watching("localhost:8080"), "http://"},
		"name alone":    {watching("api="), "http://"},
		"no host":       {watching("http://"), "has no host"},
		"other scheme":  {watching("ftp://localhost/"), "does not begin with http:// or https://"},
		"the second":    {watching("http://localhost/", "http://:99999999/"), "99999999"},
		"secret":        {watching("http://me:secret@localhost:port/"), "port"},
		"bad jq":        {with(func(o *WatchOptions) { o.Set = sensors.Values{"jq": {".["}} }), "jq"},
		"no interval":   {with(func(o *WatchOptions) { o.Interval = 0 }), "interval 0s"},
		"bad timeout":   {with(func(o *WatchOptions) { o.Timeout = -1 }), "timeout"},
		"negative runs": {with(func(o *WatchOptions) { o.Calls = -1 }), "batches -1"},
		"no kinds":      {with(func(o *WatchOptions) { o.Kinds = nil }), "no kind of sensor"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := Watch(tt.options)
			if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "secret") {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestATargetIsShownWithoutItsSecrets(t *testing.T) {
	long := "http://localhost/" + strings.Repeat("x", 300)
	for target, want := range map[string]string{
		"http://me:secret@localhost/x?key=secret":  "http://localhost/x",
		"http://127.0.0.1:8080/react@127.0.0.2/ok": "http://127.0.0.1:8080/react@127.0.0.2/ok",
		"api=" + long: "api=" + long,
		"api=http://me:secret@localhost/x?key=secret": "api=http://localhost/x",
		"a\x1b[31mpi=http://localhost/":               "api=http://localhost/",
	} {
		if got := RedactTarget(target); got != want {
			t.Errorf("%q is shown as %q", target, got)
		}
	}
}

// An open circuit spares the endpoint two calls at least, however seldom it is
// asked.
func TestThePolicyOfAWatchSuitsItsInterval(t *testing.T) {
	for interval, want := range map[time.Duration]time.Duration{
		100 * time.Millisecond: 3 * time.Second, 2 * time.Second: 6 * time.Second, time.Minute: 3 * time.Minute,
	} {
		o := watching("http://localhost/")
		o.Interval, o.Calls = interval, 7
		config, err := Watch(o)
		if err != nil {
			t.Fatal(err)
		}
		p := config.Members[0].Policy
		if p.Breaker.OpenFor != want || p.Timeout != time.Second || p.Strategy != "last-known-good" {
			t.Errorf("every %v: %+v", interval, p)
		}
		if config.Interval != interval || config.Batches != 7 || !config.Real || config.Scenario != "watch" {
			t.Errorf("every %v: %+v", interval, config)
		}
	}
}

func TestSettingsOfTheTunerAreSettingsOfAWatch(t *testing.T) {
	file := filepath.Join(t.TempDir(), "tuned.txt")
	plain, err := Watch(watching("shop=http://localhost/a", "mail=http://localhost/b"))
	if err != nil {
		t.Fatal(err)
	}
	shop, mail := plain.Members[0].Policy, plain.Members[1].Policy
	shop.Breaker.FailureThreshold, shop.Timeout = 3, 500*time.Millisecond
	text := export.Fragment("watch", map[string]policy.Policy{"shop": shop, "mail": mail}, map[string]policy.Policy{"shop": plain.Members[0].Policy, "mail": mail})
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	o := watching("shop=http://localhost/a", "mail=http://localhost/b")
	o.Assignments = []string{"@" + file, "openFor=40s"}
	got, err := Watch(o)
	if err != nil {
		t.Fatal(err)
	}
	shop.Breaker.OpenFor, mail.Breaker.OpenFor = 40*time.Second, 40*time.Second
	for i, want := range []policy.Policy{shop, mail} {
		if d := policy.Differences(want, got.Members[i].Policy); len(d) > 0 {
			t.Errorf("%s: %v", got.Members[i].Info.ID, d)
		}
	}
	for _, bad := range []string{"interval=1s", "S0.fail=1", "nope"} {
		o.Assignments = []string{bad}
		if _, err := Watch(o); err == nil || !strings.HasPrefix(err.Error(), "--set: ") {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

// service answers requests without a network, and counts them by path.
type service struct {
	mu   sync.Mutex
	seen map[string]int // guarded by mu
}

func (s *service) RoundTrip(r *nethttp.Request) (*nethttp.Response, error) {
	s.mu.Lock()
	s.seen[r.URL.String()]++
	s.mu.Unlock()
	status := nethttp.StatusOK
	if r.URL.Path == "/down" {
		status = nethttp.StatusServiceUnavailable
	}
	return &nethttp.Response{
		StatusCode: status, Request: r, Header: nethttp.Header{},
		Body: io.NopCloser(strings.NewReader(`{"value": 7}`)),
	}, nil
}

func TestAWatchReadsEveryEndpoint(t *testing.T) {
	for _, inTheWay := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			web := &service{seen: map[string]int{}}
			o := watching("up=http://localhost/up?x=1", "down=http://localhost/down")
			o.Kinds, o.Set, o.Calls, o.Policies = through(web), sensors.Values{"jq": {".value"}}, 6, inTheWay
			known := stats.New()
			config, err := Watch(o)
			if err != nil {
				t.Fatal(err)
			}
			if err := engine.Play(t.Context(), event.NewHub(known), config); err != nil {
				t.Fatal(err)
			}
			got := known.Snapshot(stats.Query{})
			up, down := got.Sensors[0], got.Sensors[1]
			if up.Counts.Live != 6 || up.Value != 7 || web.seen["http://localhost/up?x=1"] != 6 {
				t.Errorf("%+v, %v", up, web.seen)
			}
			// Five failed calls open the circuit. In the way, they have three attempts each
			// and the sixth call is refused; beside, each is one request.
			missing, refused, requests := uint64(6), uint64(0), 6
			if inTheWay {
				missing, refused, requests = 5, 1, 15
			}
			if down.Counts.Missing != missing || down.Counts.FastFail != refused || web.seen["http://localhost/down"] != requests {
				t.Errorf("in the way %t: %+v, %v", inTheWay, down.Counts, web.seen)
			}
			if opens := down.Counts.Metrics.CircuitOpenCount; opens != 1 {
				t.Errorf("in the way %t: the circuit opens %d times", inTheWay, opens)
			}
		})
	}
}

// busy is a service that is never ready, and says when to come back.
type busy struct{ after string }

func (b busy) RoundTrip(r *nethttp.Request) (*nethttp.Response, error) {
	return &nethttp.Response{
		StatusCode: nethttp.StatusServiceUnavailable, Request: r, Header: nethttp.Header{"Retry-After": {b.after}}, Body: nethttp.NoBody,
	}, nil
}

func TestRetriesWaitForAsLongAsAnEndpointSays(t *testing.T) {
	for after, want := range map[string]struct {
		least, most time.Duration
		attempts    uint64
		says        string
	}{
		// Two waits of a second and a share of the backoff each, of 200 and 400 ms.
		"1": {2 * time.Second, 2600 * time.Millisecond, 3, "503 Service Unavailable"},
		// Beyond the policy's longest wait of two seconds.
		"2.01": {0, 0, 1, "503 Service Unavailable, asks for a longer wait"},
	} {
		synctest.Test(t, func(t *testing.T) {
			o := watching("http://localhost/")
			o.Kinds, o.Calls, o.Policies = through(busy{after}), 1, true
			known := stats.New()
			config, err := Watch(o)
			if err != nil {
				t.Fatal(err)
			}
			if err := engine.Play(t.Context(), event.NewHub(known), config); err != nil {
				t.Fatal(err)
			}
			v := known.Snapshot(stats.Query{}).Sensors[0]
			if v.Counts.Waited < want.least || v.Counts.Waited > want.most || v.Counts.Attempts != want.attempts || v.LastErr != want.says {
				t.Errorf("after %s: waited %v in %d attempts, %q", after, v.Counts.Waited, v.Counts.Attempts, v.LastErr)
			}
		})
	}
}
