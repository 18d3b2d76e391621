package promql

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"resiltui/internal/sensors"
	"resiltui/internal/sensors/http"
	"resiltui/internal/setting"
	"resiltui/internal/words"
)

const (
	// prefix stands before the scheme of the server.
	prefix = "promql+"
	// maxQuery is how long a query may be, in bytes: a server need not read longer addresses.
	maxQuery = 4 << 10
)

func schemes() []string { return []string{prefix + "http", prefix + "https"} }

// Kind returns the kind of sensor for queries to Prometheus.
func Kind() sensors.Kind {
	return sensors.Kind{
		Name: "promql", Title: "Prometheus",
		Schemes:  schemes(),
		Help:     "That of a Prometheus server is the number that a query gives.",
		Examples: []string{`promql+http://localhost:9090 --query 'sum(rate(http_requests_total[5m]))' --unit /s`},
		Settings: setting.Rows(settings()),
		Open:     open,
		Secrets:  secretsOf,
	}
}

// settings are the query, and what can be set of its request.
func settings() []setting.Of[http.Config] {
	list := []setting.Of[http.Config]{{
		Row: setting.Row{
			Name: "query", Label: "query", Kind: "text", Range: "an expression of PromQL that gives one number", Example: "sum(up)",
			Help: "expression of PromQL that gives the value, one number",
		},
		Get: func(c http.Config) string { return c.Query.Get("query") },
		Set: func(c *http.Config, v string) error {
			if len(v) > maxQuery {
				return errors.New("is longer than " + words.Size(maxQuery))
			}
			c.Query = url.Values{"query": {v}}
			return nil
		},
	}}
	for _, s := range http.Settings() {
		if !slices.Contains([]string{"method", "expect", "jq"}, s.Name) { // those are Prometheus' own
			list = append(list, s)
		}
	}
	return list
}

// request is how a query is asked.
func request(address string, set sensors.Values, env sensors.Env) (http.Config, error) {
	u, err := sensors.ParseURL(address, schemes()...)
	if err != nil {
		return http.Config{}, err
	}
	shown := words.RedactURL(address)
	if u.RawQuery != "" || u.Fragment != "" {
		return http.Config{}, fmt.Errorf("URL %q has more than a server and a path; give the query as --query", shown)
	}
	name := u.Host + strings.TrimSuffix(u.EscapedPath(), "/")
	u.Scheme = strings.TrimPrefix(u.Scheme, prefix)
	c := http.Config{
		ID: env.ID, Name: cmp.Or(env.Name, name), URL: u.JoinPath("api/v1/query").String(), Now: env.Now, Start: env.Start, Apart: env.Apart,
		Protocol: http.Protocol{Value: value, Refusal: refusal},
	}
	if err := sensors.Apply(&c, settings(), set); err != nil {
		return http.Config{}, err
	}
	if strings.TrimSpace(c.Query.Get("query")) == "" {
		return http.Config{}, fmt.Errorf("URL %q needs a query; write --query EXPRESSION", shown)
	}
	return c, nil
}

// open makes the sensor of an address.
func open(address string, set sensors.Values, env sensors.Env) (sensors.Sensor, error) {
	c, err := request(address, set, env)
	if err != nil {
		return nil, err
	}
	s, err := http.New(c)
	if err != nil {
		return nil, err
	}
	return s, nil
}

// secretsOf returns what must never be shown of a server; nil if it cannot be opened.
func secretsOf(address string, set sensors.Values) *words.Secrets {
	c, err := request(address, set, sensors.Env{Now: func() time.Duration { return 0 }})
	if err != nil {
		return nil
	}
	return c.Secrets()
}
