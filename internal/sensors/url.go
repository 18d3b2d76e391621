package sensors

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"resiltui/internal/words"
)

// ParseURL reads the address of an endpoint that begins with one of the schemes. Its
// errors name the address without what could be secret in it, and the remedy, which
// is the first scheme where there is none.
func ParseURL(text string, schemes ...string) (*url.URL, error) {
	shown := words.RedactURL(text)
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil {
		return nil, fmt.Errorf("URL %q %s; write %s://HOST:PORT/PATH", shown, urlReason(err), schemes[0])
	}
	switch {
	case !slices.Contains(schemes, u.Scheme):
		return nil, fmt.Errorf("URL %q does not begin with %s://; write %s", shown, strings.Join(schemes, ":// or "), withScheme(schemes[0], shown))
	case u.Hostname() == "":
		return nil, fmt.Errorf("URL %q has no host; write %s://HOST/PATH", shown, u.Scheme)
	}
	if port := u.Port(); port != "" {
		if n, err := strconv.Atoi(port); err != nil || n < 1 || n > 65535 {
			return nil, fmt.Errorf("URL %q has port %s; ports go from 1 to 65535", shown, port)
		}
	}
	return u, nil
}

// withScheme suggests the address with the scheme that was left out or wrong.
func withScheme(scheme, shown string) string {
	if _, rest, ok := strings.Cut(shown, "://"); ok {
		shown = rest
	}
	return scheme + "://" + strings.TrimLeft(shown, "/")
}

// urlReason says why an address cannot be parsed. The errors of net/url are not
// shown, because they quote parts of the address, which may include a password.
func urlReason(err error) string {
	var escape url.EscapeError
	text := err.Error()
	switch {
	case errors.As(err, &escape):
		return "has a % that begins no escape"
	case strings.Contains(text, "control character"):
		return "holds a control character"
	case strings.Contains(text, "port"):
		return "has a port that is no number"
	}
	return "is not a URL"
}
