package words

import "testing"

func TestWhatMayBeSecretIsTakenOutOfAnAddress(t *testing.T) {
	for text, want := range map[string]string{
		"http://u:p@h/x?token=1":     "http://h/x",
		"http://u:p/a?s#s@h:80/x#f":  "http://h:80/x",
		"u:p@h/x":                    "h/x",
		" https://h/\x1b[31mx\u202e": "https://h/x",
		"":                           "",
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
