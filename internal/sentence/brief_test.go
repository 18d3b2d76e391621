package sentence

import "testing"

func TestACauseIsKnownByItsNumberOrItsFirstWords(t *testing.T) {
	for cause, want := range map[string]string{
		"503 Service Unavailable": "503",
		"503":                     "503",
		"no answer within 2 s":    "no answer in 2 s",
		"connection refused":      "connection refused",
		"1st byte missing":        "1st byte missing",
		"":                        "",
	} {
		if got := Brief(cause); got != want {
			t.Errorf("%q is %q in short, want %q", cause, got, want)
		}
	}
}
