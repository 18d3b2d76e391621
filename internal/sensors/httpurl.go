package sensors

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"resiltui/internal/words"
)

// parseURL reads the address of an endpoint. Its errors name the address
// without what could be secret in it, and the remedy.
func parseURL(text string) (*url.URL, error) {
	shown := RedactURL(text)
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil {
		return nil, fmt.Errorf("URL %q %s; write http://HOST:PORT/PATH", shown, urlReason(err))
	}
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, fmt.Errorf("URL %q does not begin with http:// or https://; write %s", shown, withScheme(shown))
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

// withScheme suggests what a person meant who left the scheme out.
func withScheme(shown string) string {
	if _, rest, ok := strings.Cut(shown, "://"); ok {
		shown = rest
	}
	return "http://" + strings.TrimLeft(shown, "/")
}

// urlReason says in our words why an address cannot be read. The words of
// net/url quote parts of it, a password among them.
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

// RedactURL returns an address fit to be shown: without user, password, query
// and fragment, and clean. It works on what is not an address, too, and rather
// takes out too much there.
func RedactURL(text string) string {
	text = strings.TrimSpace(text)
	scheme := ""
	if before, rest, ok := strings.Cut(text, "://"); ok && !strings.ContainsAny(before, "@/?#") {
		scheme, text = before+"://", rest
	}
	// A raw "/", "?" or "#" in a password ends the host for a parser. The last
	// "@" is after all of it.
	if at := strings.LastIndexByte(text, '@'); at >= 0 {
		text = text[at+1:]
	}
	if end := strings.IndexAny(text, "?#"); end >= 0 {
		text = text[:end]
	}
	return words.Clean(scheme+text, maxErrorCells)
}

// userinfo matches what stands before the last "@" of an address within a text: a
// password may hold anything but a blank. query matches an address with what
// follows its path.
var (
	userinfo = regexp.MustCompile(`//[^\s"]*@`)
	query    = regexp.MustCompile(`(://[^\s"?#]*)[?#][^\s"]*`)
)

// RedactText takes credentials out of addresses within a text that came from
// elsewhere, and what follows their paths.
func RedactText(text string) string {
	return query.ReplaceAllString(userinfo.ReplaceAllString(text, "//"), "$1")
}

// displayName is the host and path of an address.
func displayName(u *url.URL) string {
	return words.Clean(u.Host+strings.TrimSuffix(u.EscapedPath(), "/"), maxNameCells)
}
