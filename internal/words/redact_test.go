package words

import (
	"strings"
	"testing"
)

func TestWhatMayBeSecretIsTakenOutOfAnAddress(t *testing.T) {
	for text, want := range map[string]string{
		"http://u:p@h/x?token=1":     "http://h/x",
		"http://u:p/a?s#s@h:80/x#f":  "http://h:80/x",
		"u:p@h/x":                    "h/x",
		" https://h/\x1b[31mx\u202e": "https://h/x",
		"":                           "",
		// What stands behind the host is a path, and an "@" in it is a letter.
		"http://127.0.0.1:8080/npm/react@127.0.0.2:8080/ok": "http://127.0.0.1:8080/npm/react@127.0.0.2:8080/ok",
		"127.0.0.1:8080/npm/react@127.0.0.2:8080/ok":        "127.0.0.1:8080/npm/react@127.0.0.2:8080/ok",
		"http://u:p@a/x@b/y?q@c#d@e":                        "http://a/x@b/y",
		"http://u:p@w@h/x":                                  "http://h/x",
		"//u:p@h/x@y":                                       "//h/x@y",
		"HTTP://u@H/%7Ex?":                                  "HTTP://H/%7Ex",
		"http://u:p@[::1]:80/x":                             "http://[::1]:80/x",
		"http://h?next=http://u:p@x/":                       "http://h",
	} {
		if got := RedactURL(text); got != want {
			t.Errorf("%q is shown as %q, want %q", text, got, want)
		}
	}
	const text = `cannot read "http://u:p@h/x?token=1" or https://a:b/c@d/e#f now`
	if got, want := RedactText(text), `cannot read "http://h/x" or https://d/e now`; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestATextNamesTheHostThatAnAddressInItHas(t *testing.T) {
	for text, want := range map[string]string{
		`URL "http://u:p@a/npm/x@b/y" is wrong`:   `URL "http://a/npm/x@b/y" is wrong`,
		"see http://u:p@a/x@b, or https://c?d=e.": "see http://a/x@b, or https://c",
		"(from //u:p@a/x@b)":                      "(from //a/x@b)",
		"mail a@b // not an address":              "mail a@b // not an address",
		"http://u:p/q@h:80/x was refused":         "http://h:80/x was refused",
	} {
		if got := RedactText(text); got != want {
			t.Errorf("%q is shown as %q, want %q", text, got, want)
		}
	}
}

func TestAnAddressThatIsRunAgainIsAsLongAsItIs(t *testing.T) {
	long := "http://h/" + strings.Repeat("x", 500)
	if got := BareURL(long); got != long {
		t.Errorf("%q", got)
	}
}
