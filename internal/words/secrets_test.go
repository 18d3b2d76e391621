package words

import "testing"

func TestConfiguredSecretsAreReplaced(t *testing.T) {
	var s Secrets
	s.AddHeaderValue("Bearer tok-123")
	s.AddHeaderValue("Basic YWxpY2U6aHVudGVyMg==") // alice:hunter2
	s.AddURL("http://bob:p%40ss%2Fw@h/x?key=a+b%26c&n=1")
	s.Add("long", "longer", `quo"ted`)
	for text, want := range map[string]string{
		"599 Bearer tok-123":              "599 ***",
		"you sent tok-123, tok-123":       "you sent ***, ***",
		"YWxpY2U6aHVudGVyMg== is hunter2": "*** is ***",
		"p@ss/w or p%40ss%2Fw":            "*** or ***",
		"Ym9iOnBAc3Mvdw==":                "***",
		"a b&c or a+b%26c":                "*** or ***",
		"key=a+b%26c&n=1":                 "***",
		"longer than long":                "*** than ***",
		`"a quo\"ted"`:                    `"a ***"`,
		"n is 1, and bob is short":        "n is 1, and bob is short",
	} {
		if got := s.Hide(text); got != want {
			t.Errorf("%q is shown as %q, want %q", text, got, want)
		}
	}
}

func TestWithoutSecretsNothingIsReplaced(t *testing.T) {
	var none *Secrets
	for _, s := range []*Secrets{none, {}} {
		if got := s.Hide("as it is"); got != "as it is" {
			t.Errorf("%q", got)
		}
	}
}
