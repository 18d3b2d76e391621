package exec

import (
	"strings"
	"testing"

	"resiltui/internal/sensors"
)

func TestACommandIsOpenedByItsSettingsAlone(t *testing.T) {
	s, err := Kind().Open("", sensors.Values{"exec": {"./bin/age.sh", "--hours", ""}, "unit": {"h"}, "expect": {"0, 3,0"}}, sensors.Env{})
	if err != nil {
		t.Fatal(err)
	}
	if i := s.Info(); i.Name != "age.sh" || i.ID != "age.sh" || i.Unit != "h" || !i.Real {
		t.Errorf("it is %+v", i)
	}
	for i, want := range []string{"./bin/age.sh --hours ", "0,3", "h"} {
		if got := settings()[i].Get(s.(*sensor).config); got != want {
			t.Errorf("%s is %q, want %q", settings()[i].Name, got, want)
		}
	}
	if len(Kind().Schemes) != 0 {
		t.Errorf("it has the schemes %q", Kind().Schemes)
	}
	for want, c := range map[string]struct {
		address string
		set     sensors.Values
	}{
		`"exec:///bin/true" is no command; a file names one as exec: [PROGRAM, ARGUMENT…]`: {"exec:///bin/true", sensors.Values{"exec": {"true"}}},
		"there is no command; a file names one as exec: [PROGRAM, ARGUMENT…]":              {"", nil},
		"--exec number 1 names no program":                                                 {"", sensors.Values{"exec": {" ", "x"}}},
		"--exec number 2 holds a NUL":                                                      {"", sensors.Values{"exec": {"x", "a\x00b"}}},
		"--expect 0,x: must be exit statuses from 0 to 255, with commas between":           {"", sensors.Values{"exec": {"x"}, "expect": {"0,x"}}},
		"--expect 256: must be":                                                            {"", sensors.Values{"exec": {"x"}, "expect": {"256"}}},
	} {
		if _, err := Kind().Open(c.address, c.set, sensors.Env{}); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
