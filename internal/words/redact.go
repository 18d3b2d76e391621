package words

import (
	"regexp"
	"strings"
)

// addressCells is how much room an address gets on a screen, in cells.
const addressCells = 120

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
	return Clean(scheme+text, addressCells)
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
