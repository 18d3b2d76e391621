package words

import (
	"net/url"
	"regexp"
	"strings"
)

// addressCells is how much room an address gets on a screen, in cells.
const addressCells = 120

// RedactURL returns an address fit to be shown: without user, password, query
// and fragment, clean, and no longer than 120 cells.
func RedactURL(text string) string { return Clean(BareURL(text), addressCells) }

// BareURL returns an address without user, password, query and fragment, neither
// shortened nor cleaned. The host is the one that a request would go to, even if
// the path contains "@". It also works on a text that is not an address; there
// it removes too much rather than too little.
func BareURL(text string) string {
	text = strings.TrimSpace(text)
	if shown, ok := parsedURL(text); ok {
		return shown
	}
	scheme := ""
	if before, rest, ok := strings.Cut(text, "://"); ok && !strings.ContainsAny(before, "@/?#") {
		scheme, text = before+"://", rest
	}
	// A raw "/", "?" or "#" in a password ends the host for a parser, which then
	// finds no port in it. The last "@" is after all of it.
	if at := strings.LastIndexByte(text, '@'); at >= 0 {
		text = text[at+1:]
	}
	if end := strings.IndexAny(text, "?#"); end >= 0 {
		text = text[:end]
	}
	return scheme + text
}

// parsedURL is an address, with or without a scheme, as a parser understands it;
// ok is false where it finds no host. Nothing is reformatted, so that an address
// without a secret stays as it is.
func parsedURL(text string) (shown string, ok bool) {
	parsed, prefix := text, ""
	if before, _, found := strings.Cut(text, "//"); !found || strings.ContainsAny(before, "@/?#") {
		parsed, prefix = "//"+text, "//"
	}
	u, err := url.Parse(parsed)
	if err != nil || u.Host == "" {
		return "", false
	}
	if end := strings.IndexAny(parsed, "?#"); end >= 0 {
		parsed = parsed[:end]
	}
	begin := strings.Index(parsed, "//") + len("//")
	authority, path := parsed[begin:], ""
	if slash := strings.IndexByte(authority, '/'); slash >= 0 {
		authority, path = authority[:slash], authority[slash:]
	}
	authority = authority[strings.LastIndexByte(authority, '@')+1:]
	return strings.TrimPrefix(parsed[:begin], prefix) + authority + path, true
}

// address matches an address within a text: up to a blank or a quote.
var address = regexp.MustCompile(`(?:[A-Za-z][A-Za-z0-9+.-]*:)?//[^\s"]+`)

// RedactText removes credentials, query and fragment from addresses within a
// text that came from outside.
func RedactText(text string) string {
	return address.ReplaceAllStringFunc(text, func(found string) string {
		if !strings.Contains(found, "://") && !strings.Contains(found, "@") {
			return found // an operator of jq, or a path
		}
		bare := strings.TrimRight(found, ".,;:)") // of the sentence
		if strings.ContainsAny(found, "?#") {
			return BareURL(bare)
		}
		return BareURL(bare) + found[len(bare):]
	})
}
