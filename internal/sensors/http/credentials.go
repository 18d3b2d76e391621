package http

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"

	"resiltui/internal/sensors"
	"resiltui/internal/setting"
	"resiltui/internal/words"
)

// maxSecretFile is more than any file of headers or of passwords has, in bytes.
const maxSecretFile = 64 << 10

// headerLines are the lines of a file of headers, "Name: value" each; lines that are
// empty or begin with # are left out. Errors name the file, and nothing in it.
func headerLines(path string) (lines []string, err error) {
	text, err := sensors.SettingsFile(path, maxSecretFile)
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	return lines, nil
}

// addHeader adds "Name: value", or with "@FILE" all such lines of a file.
func (c *Config) addHeader(line string) error {
	lines := []string{line}
	if path, ok := strings.CutPrefix(line, "@"); ok {
		var err error
		if lines, err = headerLines(path); err != nil {
			return err
		}
	}
	for _, l := range lines {
		name, value, ok := strings.Cut(l, ":")
		if !ok || strings.TrimSpace(name) == "" {
			return errors.New(`has no name and colon; write --header "Name: value" or --header @FILE with such lines`)
		}
		c.setHeader(name, value)
	}
	return nil
}

func (c *Config) setHeader(name, value string) {
	if c.Header == nil {
		c.Header = http.Header{}
	}
	c.Header.Add(strings.TrimSpace(name), strings.TrimSpace(value))
}

// headerEnv is the setting of a header whose value is in a variable of the
// environment. The setting itself, with the name of the variable, is no secret.
func headerEnv() setting.Of[Config] {
	return setting.Of[Config]{
		Row: setting.Row{
			Name: "header-env", Label: "header from environment", Kind: "text", Range: "Name: VARIABLE", Example: "X-Api-Key: API_KEY",
			Help:     `request header "Name: VARIABLE" with the value of an environment variable; may be repeated`,
			Repeated: true,
		},
		Get: func(Config) string { return "" },
		Set: func(c *Config, v string) error {
			name, variable, ok := strings.Cut(v, ":")
			variable = strings.TrimSpace(variable)
			if !ok || strings.TrimSpace(name) == "" || variable == "" {
				return errors.New(`has no name and variable; write --header-env "Name: VARIABLE"`)
			}
			value, set := os.LookupEnv(variable)
			if !set {
				return fmt.Errorf("names the variable %q, which is not set", words.Clean(variable, sensors.MaxNameCells))
			}
			c.setHeader(name, value)
			return nil
		},
	}
}

// netrcLogin returns the login for a host from a text in the format of .netrc: that
// of its machine entry, or else the default. ok is false where there is none.
func netrcLogin(text, host string) (user *url.Userinfo, ok bool) {
	fields := strings.Fields(text)
	login, password, mine, found := "", "", false, false
	for i := 0; i < len(fields); i++ {
		switch word := fields[i]; {
		case word == "default", word == "machine":
			if found {
				return url.UserPassword(login, password), true
			}
			if mine = word == "default"; !mine && i+1 < len(fields) {
				i++
				mine = strings.EqualFold(fields[i], host)
			}
			found, login, password = mine, "", ""
		case (word == "login" || word == "password" || word == "account") && i+1 < len(fields):
			i++
			if mine && word == "login" {
				login = fields[i]
			}
			if mine && word == "password" {
				password = fields[i]
			}
		}
	}
	return url.UserPassword(login, password), found
}
