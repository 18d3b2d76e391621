package terminal

import "testing"

func TestTheLocaleSaysWhetherThereIsMoreThanASCII(t *testing.T) {
	for _, c := range []struct {
		all, ctype, lang string
		want             bool
	}{
		{"", "", "", false},
		{"C", "", "", true},
		{"POSIX", "", "", true},
		{"C.UTF-8", "", "", false},
		{"", "", "de_DE.UTF-8", false},
		{"", "", "de_DE.utf8@euro", false},
		{"", "", "de_DE", true},
		{"", "", "de_DE.ISO-8859-15@euro", true},
		{"", "", "ru_RU.KOI8-R", true},
		{"", "UTF-8", "C", false},
		{"", "C", "en_US.UTF-8", true},
		{"C", "en_US.UTF-8", "en_US.UTF-8", true},
		{"en_US.UTF-8", "C", "C", false},
	} {
		t.Setenv("LC_ALL", c.all)
		t.Setenv("LC_CTYPE", c.ctype)
		t.Setenv("LANG", c.lang)
		if got := ASCIIOnly(); got != c.want {
			t.Errorf("LC_ALL=%s LC_CTYPE=%s LANG=%s: ASCII only is %v", c.all, c.ctype, c.lang, got)
		}
	}
}
