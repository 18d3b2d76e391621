package http

import (
	"strings"
	"testing"
)

func TestExpectIsASetOfStatuses(t *testing.T) {
	for text, c := range map[string]struct {
		in, out []int
		shown   string
	}{
		"":                {[]int{200, 204, 299}, []int{199, 300, 404}, "2xx"},
		"2xx":             {[]int{200, 299}, []int{300}, "2xx"},
		"200, 204 ,3XX":   {[]int{200, 204, 301, 399}, []int{201, 400}, "200,204,3xx"},
		"200-250, 401":    {[]int{200, 250, 401}, []int{251, 400}, "200-250,401"},
		"100-599":         {[]int{100, 599}, []int{99, 600}, "100-599"},
		"503-503,4xx":     {[]int{503, 400}, []int{500}, "503,4xx"},
		" 200 - 204 ,2xx": {[]int{200, 204, 205}, []int{300}, "200-204,2xx"},
	} {
		e, err := ParseExpect(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		for _, status := range c.in {
			if !e.Match(status) {
				t.Errorf("%q does not hold %d", text, status)
			}
		}
		for _, status := range c.out {
			if e.Match(status) {
				t.Errorf("%q holds %d", text, status)
			}
		}
		if e.String() != c.shown {
			t.Errorf("%q is shown as %q, want %q", text, e, c.shown)
		}
	}
	for _, text := range []string{"20x", "600", "99", "xxx", "6xx", "300-200", "200-", "-200", "200,,300", "ok", "2xx-3xx", "+20", "2 0"} {
		if _, err := ParseExpect(text); err == nil || !strings.Contains(err.Error(), "is no status (204), class (2xx) or range (200-299)") {
			t.Errorf("%q: error %v", text, err)
		}
	}
}

func FuzzParseExpect(f *testing.F) {
	for _, s := range []string{"2xx", "200,204,3xx", "200-299", "", "20x", "\x1b[2J"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		e, err := ParseExpect(text)
		if err != nil {
			if strings.ContainsRune(err.Error(), 0x1b) {
				t.Fatalf("escape in %q", err)
			}
			return
		}
		again, err := ParseExpect(e.String())
		if err != nil {
			t.Fatalf("%q became %q: %v", text, e, err)
		}
		for status := range 700 {
			if e.Match(status) != again.Match(status) || e.Match(status) && (status < 100 || status > 599) {
				t.Fatalf("%q and %q disagree on %d", text, e, status)
			}
		}
	})
}
