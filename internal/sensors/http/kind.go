package http

import (
	"cmp"
	"net/http"
	"strconv"
	"time"

	"resiltui/internal/sensors"
	"resiltui/internal/sensors/dial"
	"resiltui/internal/setting"
	"resiltui/internal/words"
)

// Kind returns the kind of sensor for HTTP endpoints.
func Kind() sensors.Kind {
	return sensors.Kind{
		Name: "http", Title: "HTTP",
		Schemes: schemes(),
		Help:    "The value of an HTTP endpoint is the latency up to the head of the answer (name, connection, TLS and redirects included), or with --jq a number from the JSON body.",
		Examples: []string{
			"https://example.com/health",
			"api=https://example.com/health db=http://localhost:8080/ready --interval 2s",
			"https://example.com/stats --jq .queue.length --unit jobs",
		},
		Settings: setting.Rows(Settings()),
		Open:     open,
		Secrets:  secretsOf,
		Worker:   work,
	}
}

// secretsOf returns what must never be shown of an endpoint; nil if it cannot be
// opened.
func secretsOf(address string, set sensors.Values) *words.Secrets {
	c := Config{URL: address, Now: func() time.Duration { return 0 }}
	if err := sensors.Apply(&c, Settings(), set); err != nil {
		return nil
	}
	return c.Secrets()
}

// open makes the sensor of an address.
func open(address string, set sensors.Values, env sensors.Env) (sensors.Sensor, error) {
	c := Config{ID: env.ID, Name: env.Name, URL: address, Now: env.Now, Start: env.Start, Apart: env.Apart}
	if err := sensors.Apply(&c, Settings(), set); err != nil {
		return nil, err
	}
	s, err := New(c)
	if err != nil {
		return nil, err
	}
	return s, nil
}

// Settings are the settings of an endpoint's sensor, in the order in which to list
// them. All but the headers are checked when the sensor is made.
func Settings() []setting.Of[Config] {
	return append([]setting.Of[Config]{
		text(setting.Row{
			Name: "method", Label: "method", Range: "a method of HTTP", Default: http.MethodGet, Example: http.MethodHead,
			Help: "request method",
		}, func(c *Config) *string { return &c.Method }),
		header(),
		headerEnv(),
		text(setting.Row{
			Name: "netrc", Label: "netrc", Range: "a file", Example: "~/.netrc",
			Help: "file in the format of .netrc that has user and password of the host",
		}, func(c *Config) *string { return &c.Netrc }),
		text(setting.Row{
			Name: "expect", Label: "success is", Range: "statuses, classes (2xx) and ranges (200-299) from 100 to 599",
			Default: DefaultExpect, Example: "200,204",
			Help: "statuses that are a success, e.g. 200,204,3xx",
		}, func(c *Config) *string { return &c.Expect }),
		text(setting.Row{
			Name: "jq", Label: "value", Range: "an expression of jq that gives one number", Example: ".queue.length",
			Help: "jq expression that gives the value shown, a number from the JSON body",
		}, func(c *Config) *string { return &c.JQ }),
		text(setting.Row{
			Name: "unit", Label: "unit", Range: "a short word", Example: "jobs",
			Help: "unit of the value, where it is no latency",
		}, func(c *Config) *string { return &c.Unit }),
		redirects(),
		keepAlive(),
	}, dial.TLSSettings(func(c *Config) *dial.TLS { return &c.TLS })...)
}

// redirects is the setting of how many are followed: 0 is NoRedirects.
func redirects() setting.Of[Config] {
	return setting.Numeric(setting.Row{
		Name: "redirects", Label: "redirects", Unit: "at most", Default: strconv.Itoa(DefaultRedirects), Example: "0",
		Help: "redirects that are followed; with 0 the status of the redirect itself is judged",
	}, setting.Wholes(0, maxRedirects), func(c Config) float64 {
		return float64(max(0, cmp.Or(c.Redirects, DefaultRedirects)))
	}, func(c *Config, n float64) {
		c.Redirects = cmp.Or(int(n), NoRedirects)
	})
}

// keepAlive is the setting of whether connections are kept.
func keepAlive() setting.Of[Config] {
	return setting.Switch(setting.Row{
		Name: "keep-alive", Label: "keep-alive", Default: "false", Example: "true",
		Help: "use the connection of the last request again; otherwise each attempt opens its own, as a new client does",
	}, func(c *Config) *bool { return &c.KeepAlive })
}

// text is a setting that is kept as it is written.
func text(r setting.Row, at func(*Config) *string) setting.Of[Config] {
	r.Kind = "text"
	return setting.Of[Config]{
		Row: r,
		Get: func(c Config) string { return *at(&c) },
		Set: func(c *Config, v string) error {
			*at(c) = v
			return nil
		},
	}
}

// header is the setting that adds a line to the header. The value may be a
// secret, so neither errors nor Get show it.
func header() setting.Of[Config] {
	return setting.Of[Config]{
		Row: setting.Row{
			Name: "header", Label: "header", Kind: "text", Range: "Name: value, or @FILE", Example: "Accept: application/json",
			Help:     `request header "Name: value", or @FILE with such lines; may be repeated; values are never shown, but ps shows what is no file`,
			Repeated: true, Secret: true,
		},
		Get: func(Config) string { return "" },
		Set: (*Config).addHeader,
	}
}
