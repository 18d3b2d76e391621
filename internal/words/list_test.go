package words

import "testing"

func TestAListNamesThreeAndCountsTheOthers(t *testing.T) {
	for want, names := range map[string][]string{
		"":                      nil,
		"S0":                    {"S0"},
		"S0, S1, S2":            {"S0", "S1", "S2"},
		"S0, S1, S2 and 1 more": {"S0", "S1", "S2", "S3"},
		"a, b, c and 2 more":    {"a", "b", "c", "d", "e"},
	} {
		if got := List(names); got != want {
			t.Errorf("%v is %q, not %q", names, got, want)
		}
	}
}

func TestSmallNumbersAreWords(t *testing.T) {
	for n, want := range map[int]string{0: "no", 7: "seven", 12: "twelve", 13: "13", -1: "-1"} {
		if got := Cardinal(n); got != want {
			t.Errorf("%d is %q", n, got)
		}
	}
}
