package words

import (
	"cmp"
	"encoding/base64"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// minSecret is how long a text must be, in bytes, to be searched for. A shorter
// one occurs in ordinary words, and hiding it there would reveal it.
const minSecret = 4

// hidden replaces a secret.
const hidden = "***"

// Secrets are texts that are never shown: they are replaced in texts from
// outside, such as the error of a server that repeats what it was sent. The zero
// value and nil hide nothing. It is safe for concurrent use after the last Add.
type Secrets struct {
	list     []string // the longest first
	replacer *strings.Replacer
}

// Add makes texts secret, also in their escaped forms in addresses and quotes. Texts
// shorter than four bytes cannot be hidden and are left out.
func (s *Secrets) Add(texts ...string) {
	for _, text := range texts {
		text = strings.TrimSpace(text)
		quoted := strconv.Quote(text)
		for _, form := range []string{text, url.QueryEscape(text), url.PathEscape(text), quoted[1 : len(quoted)-1]} {
			if len(form) >= minSecret && !slices.Contains(s.list, form) {
				s.list = append(s.list, form)
			}
		}
	}
	slices.SortStableFunc(s.list, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	pairs := make([]string, 0, 2*len(s.list))
	for _, secret := range s.list {
		pairs = append(pairs, secret, hidden)
	}
	s.replacer = strings.NewReplacer(pairs...)
}

// AddHeaderValue makes the value of a header secret, the token after its scheme
// ("Bearer TOKEN"), and the user and the password of basic authentication.
func (s *Secrets) AddHeaderValue(value string) {
	s.Add(value)
	scheme, token, ok := strings.Cut(strings.TrimSpace(value), " ")
	if !ok {
		return
	}
	s.Add(token)
	if pair, err := base64.StdEncoding.DecodeString(strings.TrimSpace(token)); err == nil && strings.EqualFold(scheme, "basic") {
		user, password, _ := strings.Cut(string(pair), ":")
		s.Add(string(pair), user, password)
	}
}

// AddURL makes secret what RedactURL removes from an address: user, password,
// their form in a header, the query as a whole and the values in it. An address
// that cannot be parsed is never requested, so it has no secrets.
func (s *Secrets) AddURL(text string) {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil {
		return
	}
	if u.User != nil {
		user := u.User.Username()
		password, _ := u.User.Password()
		pair := user + ":" + password
		s.Add(u.User.String(), pair, user, password, base64.StdEncoding.EncodeToString([]byte(pair)))
	}
	s.Add(u.RawQuery)
	for pair := range strings.SplitSeq(u.RawQuery, "&") {
		_, value, _ := strings.Cut(pair, "=")
		s.Add(value) // as it is written
	}
	for _, values := range u.Query() {
		s.Add(values...)
	}
}

// AddAll adds the secrets of others, which may be nil.
func (s *Secrets) AddAll(others *Secrets) {
	if others != nil {
		s.Add(others.list...)
	}
}

// Hide returns a text with each secret replaced by "***".
func (s *Secrets) Hide(text string) string {
	if s == nil || s.replacer == nil {
		return text
	}
	return s.replacer.Replace(text)
}
