package tcp

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"strconv"
	"strings"
	"unicode"

	"resiltui/internal/sensors"
	"resiltui/internal/sensors/dial"
	"resiltui/internal/setting"
	"resiltui/internal/words"
)

const (
	scheme = "tcp"
	// maxText is the most bytes of what is sent, and of an expression.
	maxText = 4 << 10
)

// Kind returns the kind of sensor for ports of TCP.
func Kind() sensors.Kind {
	return sensors.Kind{
		Name: "tcp", Title: "TCP",
		Schemes: []string{scheme},
		Help:    "That of a TCP port is the time up to the connection, or with --expect up to the text that is expected.",
		Examples: []string{
			"db=tcp://localhost:5432",
			`cache=tcp://localhost:6379 --send 'PING\r\n' --expect '^\+PONG'`,
		},
		Settings: setting.Rows(settings()),
		Open:     open,
		Secrets: func(_ string, set sensors.Values) *words.Secrets {
			var c config
			if sensors.Apply(&c, settings(), set) != nil {
				return nil
			}
			return c.secrets()
		},
	}
}

// config is what a sensor is made from.
type config struct {
	send   []byte
	expect *regexp.Regexp // nil is none
}

// secrets are what is sent, as a whole and by its words: a server may repeat any of them.
func (c config) secrets() *words.Secrets {
	s, text := &words.Secrets{}, string(c.send)
	s.Add(text)
	s.Add(strings.Fields(text)...)
	s.Add(strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })...)
	return s
}

// settings are the settings of a port, in the order in which to list them.
func settings() []setting.Of[config] {
	return []setting.Of[config]{
		{
			Row: setting.Row{
				Name: "send", Label: "send", Kind: "text", Range: `a text, with \r, \n, \t, \xFF and \\`, Example: `PING\r\n`,
				Help:   `text that is sent first, with \r, \n, \t, \xFF and \\; is never shown`,
				Secret: true, // it may log in
			},
			Get: func(config) string { return "" },
			Set: func(c *config, v string) (err error) {
				c.send, err = unescaped(v)
				return err
			},
		},
		{
			Row: setting.Row{
				Name: "expect", Label: "success is", Kind: "text", Range: "a regular expression (RE2)", Example: `^\+PONG`,
				Help: "regular expression (RE2) that what comes must match",
			},
			Get: func(c config) string {
				if c.expect == nil {
					return ""
				}
				return c.expect.String()
			},
			Set: func(c *config, v string) (err error) {
				c.expect, err = expression(v)
				return err
			},
		},
	}
}

// unescaped is a text with its escapes read, as many as a file or a command line needs.
func unescaped(v string) ([]byte, error) {
	if len(v) > maxText {
		return nil, errors.New("is longer than " + words.Size(maxText))
	}
	var out []byte
	for rest := v; rest != ""; {
		if rest[0] != '\\' {
			out, rest = append(out, rest[0]), rest[1:]
			continue
		}
		value, wide, tail, err := strconv.UnquoteChar(rest, 0)
		if err != nil {
			return nil, errors.New(`holds an escape that is none of \r, \n, \t, \xFF and \\`)
		}
		if rest = tail; wide {
			out = append(out, string(value)...)
		} else {
			out = append(out, byte(value))
		}
	}
	return out, nil
}

// expression compiles what is expected; nil is nothing.
func expression(v string) (*regexp.Regexp, error) {
	if v == "" {
		return nil, nil //nolint:nilnil // nothing is expected
	}
	if len(v) > maxText {
		return nil, errors.New("is longer than " + words.Size(maxText))
	}
	compiled, err := regexp.Compile(v)
	if wrong, ok := errors.AsType[*syntax.Error](err); ok {
		return nil, fmt.Errorf("is no regular expression of RE2: %s at %q", wrong.Code, words.Clean(wrong.Expr, sensors.MaxNameCells))
	}
	return compiled, err
}

// open makes the sensor of an address.
func open(address string, set sensors.Values, env sensors.Env) (sensors.Sensor, error) {
	_, hostPort, err := dial.Address(address, scheme, "")
	if err != nil {
		return nil, err
	}
	s := &sensor{address: hostPort, now: env.Now}
	if err := sensors.Apply(&s.config, settings(), set); err != nil {
		return nil, err
	}
	s.hide = s.config.secrets().Hide
	name := words.Clean(cmp.Or(env.Name, hostPort), sensors.MaxNameCells)
	s.info = sensors.Info{ID: cmp.Or(env.ID, name), Name: name, Unit: "ms", Decimals: 2, Real: true, Timed: true}
	return s, s.info.Validate()
}
