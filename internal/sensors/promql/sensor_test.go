package promql

import (
	"context"
	"errors"
	"io"
	nethttp "net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"resiltui/internal/sensors"
)

func opened(t *testing.T, address string, set sensors.Values) sensors.Sensor {
	t.Helper()
	s, err := Kind().Open(address, set, sensors.Env{Now: func() time.Duration { return 3 * time.Second }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.(interface{ Close() }).Close)
	return s
}

// server answers as a Prometheus server does, below a path.
func server(t *testing.T, answer func(query string) (status int, body string)) (address string, requests chan *nethttp.Request) {
	t.Helper()
	requests = make(chan *nethttp.Request, 100)
	s := httptest.NewServer(nethttp.HandlerFunc(func(w nethttp.ResponseWriter, r *nethttp.Request) {
		requests <- r
		status, body := answer(r.URL.Query().Get("query"))
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}))
	t.Cleanup(s.Close)
	return prefix + s.URL, requests
}

func vector(values ...string) string {
	var all []string
	for _, v := range values {
		all = append(all, `{"metric":{"job":"a"},"value":[1764601200.781,"`+v+`"]}`)
	}
	return `{"status":"success","data":{"resultType":"vector","result":[` + strings.Join(all, ",") + `]},"warnings":["one"]}`
}

func TestAQueryIsOneRequestAndItsNumberTheValue(t *testing.T) {
	var body string
	address, requests := server(t, func(string) (int, string) { return 200, body })
	for text, want := range map[string]float64{
		vector("0.25"): 0.25,
		vector("-0"):   0,
		`{"status":"success","data":{"resultType":"scalar","result":[1764601200.781,"1764601200123456789"]}}`: 1764601200123456789,
		"\n" + vector("1e-9"): 1e-9,
	} {
		body = text
		const query = `sum(rate(errors{job="a b"}[5m])) / 2 & x`
		s := opened(t, address+"/prom/", sensors.Values{"query": {query}, "unit": {"/s"}, "header": {"Authorization: Bearer hunter22"}})
		got, err := s.Read(t.Context(), sensors.Request{})
		if want := (sensors.Reading{Value: want, At: 3 * time.Second}); err != nil || got != want {
			t.Errorf("%s: %+v, %v", text, got, err)
		}
		r := <-requests
		if r.Method != "GET" || r.URL.Path != "/prom/api/v1/query" || len(r.URL.Query()) != 1 || r.URL.Query().Get("query") != query ||
			r.Header.Get("Authorization") != "Bearer hunter22" || len(requests) != 0 {
			t.Errorf("it asks %s %s with %v, and %d times more", r.Method, r.URL, r.Header, len(requests))
		}
		if i := s.Info(); i.Name != strings.TrimPrefix(address, "promql+http://")+"/prom" || i.Unit != "/s" || !i.Real {
			t.Errorf("it is %+v", i)
		}
	}
}

func TestAnAnswerThatIsNoNumberSaysWhyInFewWords(t *testing.T) {
	const strange = "answer is not that of a Prometheus server"
	for _, c := range []struct {
		status  int
		body    string
		want    string
		lasting bool
	}{
		{200, vector(), "query gave no series", false},
		{200, vector("1", "2"), "query gave several series, not a number; put them together, for example by sum(…)", false},
		{200, vector("NaN"), "query gave NaN, not a number", false},
		{200, vector("+Inf"), "query gave a number beyond ±1e21", false},
		{200, vector("1e22"), "query gave a number beyond ±1e21", false},
		{200, vector("one"), strange, false},
		{200, `{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"histogram":[1,{"count":"1"}]}]}}`, "query gave a histogram, not a number; take one of it, for example by histogram_quantile", false},
		{200, `{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1]}]}}`, strange, false},
		{200, `{"status":"success","data":{"resultType":"vector","result":7}}`, strange, false},
		{200, `{"status":"success","data":{"resultType":"scalar","result":[1,2]}}`, strange, false},
		{200, `{"status":"success","data":{"resultType":"scalar","result":{}}}`, strange, false},
		{200, `{"status":"success","data":{"resultType":"matrix","result":[]}}`, "query gave values of a range of time, not a number; take one, for example by last_over_time", false},
		{200, `{"status":"success","data":{"resultType":"string","result":[1,"x"]}}`, "query gave a text, not a number", false},
		{200, `{"status":"success"}`, strange, false},
		{200, `{"status":"well"}`, strange, false},
		{200, "<html>log in</html>", strange, false},
		{200, "", strange, false},
		{200, strings.Repeat("x", 2<<20), "body is larger than 1 MiB", false},
		{200, `{"status":"error","errorType":"timeout","error":"x"}`, strange, false},
		{400, `{"status":"error","errorType":"bad_data","error":"invalid parameter \"query\": 1:6: parse error: unexpected \"x\""}`, `query is refused: unexpected "x"`, true},
		{400, `{"status":"error","errorType":"bad_data","error":"hunter22 is no time"}`, "query is refused: *** is no time", true},
		{422, `{"status":"error","errorType":"execution","error":"found duplicate series for hunter22 17"}`, "query failed: found duplicate series for ***", true},
		{503, `{"status":"error","errorType":"timeout","error":"query timed out in 2s"}`, "query took too long for the server", false},
		{503, `{"status":"error","errorType":"canceled","error":"x"}`, "query was cancelled by the server", false},
		{503, `{"status":"error","errorType":"unavailable","error":"TSDB not ready"}`, "server is not available: TSDB not ready", false},
		{500, `{"status":"error","error":"x 1"}`, "query failed: x", false},
		{500, `{"status":"error","errorType":"internal","error":"x"}`, "internal: x", false},
		{503, "Service Unavailable", "503 Service Unavailable", false},
		{404, "404 page not found", "404 Not Found: check the path", true},
	} {
		address, requests := server(t, func(string) (int, string) { return c.status, c.body })
		_, err := opened(t, address, sensors.Values{"query": {"up"}, "header": {"X-Key: hunter22"}}).Read(t.Context(), sensors.Request{})
		_, lasting := errors.AsType[sensors.LastingError](err)
		if _, ok := errors.AsType[*sensors.ReadError](err); !ok || err.Error() != c.want || lasting != c.lasting {
			t.Errorf("%d %.80s: %v (lasting %v), want %s", c.status, c.body, err, lasting, c.want)
		}
		if <-requests; len(requests) != 0 {
			t.Errorf("%d requests more", len(requests))
		}
	}
	_, err := opened(t, "promql+http://127.0.0.1:1", sensors.Values{"query": {"up"}}).Read(t.Context(), sensors.Request{})
	if err == nil || err.Error() != sensors.TextRefused {
		t.Errorf("where nobody listens: %v", err)
	}
}

func TestADateToComeBackAtIsKnownWhereTheAnswerHasNone(t *testing.T) {
	start := time.Date(2026, 11, 26, 3, 0, 0, 0, time.UTC)
	s := httptest.NewServer(nethttp.HandlerFunc(func(w nethttp.ResponseWriter, _ *nethttp.Request) {
		w.Header()["Date"] = nil
		w.Header().Set("Retry-After", start.Add(33*time.Second).Format(nethttp.TimeFormat))
		w.WriteHeader(503)
	}))
	t.Cleanup(s.Close)
	sensor, err := Kind().Open(prefix+s.URL, sensors.Values{"query": {"up"}}, sensors.Env{
		Now: func() time.Duration { return 3 * time.Second }, Start: start,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(sensor.(interface{ Close() }).Close)
	_, err = sensor.Read(t.Context(), sensors.Request{})
	if limited, ok := errors.AsType[sensors.LimitError](err); !ok || limited.After != 30*time.Second {
		t.Errorf("%#v", err)
	}
}

func TestTheEndOfTheAttemptEndsTheRead(t *testing.T) {
	for _, status := range []int{200, 400} {
		s := httptest.NewServer(nethttp.HandlerFunc(func(w nethttp.ResponseWriter, r *nethttp.Request) {
			w.WriteHeader(status)
			w.(nethttp.Flusher).Flush() // and the body never comes
			<-r.Context().Done()
		}))
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		_, err := opened(t, prefix+s.URL, sensors.Values{"query": {"up"}}).Read(ctx, sensors.Request{})
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%d: %v", status, err)
		}
		cancel()
		s.Close()
	}
}

func TestWhatNoQueryCanBeIsToldBeforeTheRun(t *testing.T) {
	up := sensors.Values{"query": {"up"}}
	for _, c := range []struct {
		address string
		set     sensors.Values
		want    string
	}{
		{"promql+http://h:9090", nil, `URL "promql+http://h:9090" needs a query; write --query EXPRESSION`},
		{"promql+http://h:9090", sensors.Values{"query": {" "}}, "needs a query"},
		{"promql+http://h:9090", sensors.Values{"query": {strings.Repeat("x", maxQuery+1)}}, "is longer than 4 KiB"},
		{"promql+http://h?query=secret", up, `URL "promql+http://h" has more than a server and a path; give the query as --query`},
		{"promql://h", up, "does not begin with promql+http:// or promql+https://"},
		{"promql+http://", up, "has no host"},
		{"promql+http://h", sensors.Values{"query": {"up"}, "header": {"x"}}, "write --header"},
	} {
		if _, err := Kind().Open(c.address, c.set, sensors.Env{Now: func() time.Duration { return 0 }}); err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v, want %s", c.address, err, c.want)
		}
	}
	hide := Kind().Secrets("promql+http://alice:hunter22@h", sensors.Values{"query": {"sum(up)"}})
	if got := hide.Hide("hunter22 sum(up)"); got != "*** sum(up)" {
		t.Errorf("hidden: %s", got)
	}
	if Kind().Secrets("promql+http://h", nil) != nil {
		t.Error("what cannot be opened has secrets")
	}
}
