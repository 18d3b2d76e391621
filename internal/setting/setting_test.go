package setting_test

import (
	"errors"
	"testing"
	"time"

	"resiltui/internal/setting"
)

func TestANumberSaysReadsAndWritesWhatIsAllowed(t *testing.T) {
	for name, tt := range map[string]struct {
		n       setting.Number
		allowed string            // Range
		wrong   string            // the error
		good    map[string]string // what is typed, and how it is written
		bad     []string
	}{
		"a time": {
			setting.Times(time.Millisecond, time.Hour), "1ms to 1h", "must be a time such as 250ms or 3s, from 1ms to 1h0m0s",
			map[string]string{"250ms": "250ms", "60s": "1m", "1h0m": "1h", "1ms": "1ms"},
			[]string{"", "3", "0s", "-1s", "61m", "off"},
		},
		"a time that may be off": {
			setting.Times(1, time.Minute).OrOff(), "1ns to 1m, or off", "must be a time such as 250ms or 3s, from 1ns to 1m0s, or off",
			map[string]string{"off": "off", "3s": "3s"},
			[]string{"0s", "0", "Off"},
		},
		"a time for which 0 is off": {
			setting.Times(1, time.Minute).OrZero(), "0 to 1m, or off", "must be a time such as 250ms or 3s, from 0s to 1m0s, or off",
			map[string]string{"off": "off", "0s": "off", "0": "off"},
			[]string{"-1s", "2m"},
		},
		"a whole number": {
			setting.Wholes(1, 100), "1 to 100", "must be a whole number from 1 to 100",
			map[string]string{"1": "1", "007": "7", "100": "100"},
			[]string{"", "0", "1.5", "101", "x", "-1"},
		},
		"a number": {
			setting.Reals(0, 1e9), "0 to 1e+09", "must be a number from 0 to 1e+09",
			map[string]string{"0.50": "0.5", "0": "0", "1e9": "1e+09"},
			[]string{"", "NaN", "Inf", "-0.1", "1e10", "50%"},
		},
		"a share": {
			setting.Shares(0.001).OrZero(), "0 to 1, or off", "must be a number from 0 to 1, or off",
			map[string]string{"0": "off", "1": "1", "0.001": "0.001"},
			[]string{"0.0001", "1.1", "NaN", "-1"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got := tt.n.Range(); got != tt.allowed {
				t.Errorf("the range is %q", got)
			}
			for typed, want := range tt.good {
				x, err := tt.n.Read(typed)
				if got := tt.n.Write(x); err != nil || got != want {
					t.Errorf("%q gives %q, %v", typed, got, err)
				}
			}
			for _, typed := range tt.bad {
				if _, err := tt.n.Read(typed); err == nil || err.Error() != tt.wrong {
					t.Errorf("%q: %v", typed, err)
				}
			}
		})
	}
}

func TestASettingReadsWhatItWritesAndLeavesAloneWhatItRefuses(t *testing.T) {
	type box struct {
		share float64
		word  string
	}
	share := setting.Numeric(setting.Row{Name: "share"}, setting.Shares(0).OrZero(),
		func(b box) float64 { return b.share }, func(b *box, x float64) { b.share = x })
	word := setting.Word(setting.Row{Name: "word"}, []string{"one", "two"},
		func(b box) string { return b.word },
		func(b *box, v string) error {
			if v != "one" && v != "two" {
				return errors.New("must be one or two")
			}
			b.word = v
			return nil
		})
	b := box{0.5, "one"}
	if share.Get(b) != "0.5" || share.Kind != "share" || word.Range != "one, two" || word.Kind != "word" {
		t.Errorf("%+v, %+v", share.Row, word.Row)
	}
	if share.Set(&b, "2") == nil || word.Set(&b, "three") == nil || b != (box{0.5, "one"}) {
		t.Errorf("%+v", b)
	}
	if share.Set(&b, "off") != nil || word.Set(&b, "two") != nil || b != (box{setting.Nothing, "two"}) || share.Get(b) != setting.Off {
		t.Errorf("%+v", b)
	}
}

func TestTheUnitFitsTheValue(t *testing.T) {
	r := setting.Row{Unit: "tokens", One: "token"}
	for value, want := range map[string]string{"5": "tokens", "1": "token", "off": ""} {
		if got := r.UnitOf(value); got != want {
			t.Errorf("%s %s", value, got)
		}
	}
	if got := (setting.Row{Unit: "a call"}).UnitOf("1"); got != "a call" {
		t.Errorf("1 %s", got)
	}
}

func TestTheTailsOfANameAreItsLastWholeParts(t *testing.T) {
	const name = "policy.breaker.threshold"
	for _, key := range []string{name, "breaker.threshold", "threshold"} {
		if !setting.IsTail(key, name) {
			t.Errorf("%q is none", key)
		}
	}
	for _, key := range []string{"", ".threshold", "hold", "shold", "r.threshold", "policy", "policy.breaker", "policy.threshold", "x." + name, "Threshold"} {
		if setting.IsTail(key, name) {
			t.Errorf("%q is one", key)
		}
	}
}

func TestTheNearestNameIsTheOneWithTheMostAlikeTail(t *testing.T) {
	names := []string{"interval", "policy.retry.attempts", "policy.breaker.threshold", "policy.breaker.openFor"}
	for key, want := range map[string]string{
		"treshold": "policy.breaker.threshold", "breaker.treshold": "policy.breaker.threshold", "policy.breker.openfor": "policy.breaker.openFor",
		"atempts": "policy.retry.attempts", "intervall": "interval", "interval.x": "interval",
		"policy.threshold": "policy.breaker.threshold", "S1.openfor": "policy.breaker.openFor",
		"policy": "policy.retry.attempts", "a": "interval", "x.y": "interval",
	} {
		if got := setting.Nearest(key, names); got != want {
			t.Errorf("%q is nearest to %q", key, got)
		}
	}
	if got := setting.Nearest("x", nil); got != "" {
		t.Errorf("%q out of nothing", got)
	}
}

func TestCandidatesAreListedAndManyAreCut(t *testing.T) {
	for want, names := range map[string][]string{
		"":                                  nil,
		"a":                                 {"a"},
		"a or b":                            {"a", "b"},
		"a, b or c":                         {"a", "b", "c"},
		"1, 2, 3, 4, 5, 6, 7 or 8":          {"1", "2", "3", "4", "5", "6", "7", "8"},
		"1, 2, 3, 4, 5, 6, 7, 8 or another": {"1", "2", "3", "4", "5", "6", "7", "8", "9"},
	} {
		if got := setting.Candidates(names); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
