package scenario

import (
	"slices"
	"strings"
	"testing"

	"resiltui/internal/sensors"
)

// tailCases are keys that are no full names, and the names that they stand for.
func tailCases() map[string]string {
	return map[string]string{
		"threshold":                        "policy.breaker.threshold",
		"breaker.threshold":                "policy.breaker.threshold",
		"attempts":                         "policy.retry.attempts",
		"timeout":                          "policy.timeout", // not "probeTimeout"
		"off":                              "policy.breaker.off",
		"sensors.S1.threshold":             "sensors.S1.policy.breaker.threshold",
		"sensors.S1.breaker.threshold":     "sensors.S1.policy.breaker.threshold",
		"S1.threshold":                     "sensors.S1.policy.breaker.threshold",
		"S1.policy.retry.attempts":         "sensors.S1.policy.retry.attempts",
		"S1.fail":                          "sensors.S1.fail",
		"interval":                         "interval",
		"policy.breaker.threshold":         "policy.breaker.threshold",
		"sensors.S1.policy.retry.attempts": "sensors.S1.policy.retry.attempts",
	}
}

func TestTheEndOfANameIsTheName(t *testing.T) {
	for key, want := range tailCases() {
		s := Pipeline()
		if r, err := find(&s, s.rows(), key); err != nil || r.Name != want {
			t.Errorf("%s: %v", key, err)
		}
	}
}

func TestEverySettingIsFoundByEachTailOfItsName(t *testing.T) {
	s := Pipeline()
	rows := s.rows()
	for _, r := range rows {
		name, head := r.Name, ""
		if r.sensor != "" {
			head, name = "sensors."+r.sensor+".", r.own
		}
		for tail, ok := name, true; ok; _, tail, ok = strings.Cut(tail, ".") {
			got, err := find(&s, rows, head+tail)
			if err != nil || got.Name != r.Name {
				t.Errorf("%s: %v, %v", head+tail, got, err)
			}
		}
	}
}

func TestATailSetsWhatTheNameSets(t *testing.T) {
	for key, name := range tailCases() {
		value := "7"
		switch name {
		case "interval", "policy.timeout":
			value = "123ms"
		case "sensors.S1.fail":
			value = "0.7"
		case "policy.breaker.off":
			value = "true"
		}
		full, short, filed := Pipeline(), Pipeline(), Pipeline()
		if err := full.Set(name + "=" + value); err != nil {
			t.Fatal(err)
		}
		if err := short.Set(" " + key + " = " + value); err != nil {
			t.Errorf("%s: %v", key, err)
		}
		if err := filed.Set("@" + settingsFile(t, "# short\n"+key+"="+value)); err != nil {
			t.Errorf("%s in a file: %v", key, err)
		}
		if diff := changed(full, short) + changed(full, filed); diff != "" || changed(Pipeline(), full) == "" {
			t.Errorf("%s is not %s: %s", key, name, diff)
		}
		if got := full.InFull(key + "=" + value); got != name+"="+value {
			t.Errorf("%s in full is %s", key, got)
		}
		path := settingsFile(t, key+"="+value)
		if got := full.Written([]string{"@" + path, key + "=" + value}); !slices.Equal(got, []string{name + "=" + value, name + "=" + value}) {
			t.Errorf("%s is written as %q", key, got)
		}
	}
}

func TestATailOfSeveralSettingsIsToldWhichTheyCouldBe(t *testing.T) {
	for key, want := range map[string]string{
		"fail":  `"fail" could be sensors.S0.fail, sensors.S1.fail, sensors.S2.fail, sensors.S3.fail or sensors.S4.fail; write more of the name`,
		"noise": `"noise" could be sensors.S0.noise, sensors.S1.noise, sensors.S2.noise, sensors.S3.noise or sensors.S4.noise; write more of the name`,
	} {
		s := Pipeline()
		if err := s.Set(key + "=0.5"); err == nil || err.Error() != want {
			t.Errorf("%s: %v", key, err)
		}
		if err := s.Set("@" + settingsFile(t, key+"=0.5")); err == nil || !strings.Contains(err.Error(), "tuned.conf:1: "+want) {
			t.Errorf("%s in a file: %v", key, err)
		}
		if diff := changed(Pipeline(), s); diff != "" {
			t.Errorf("%s: %s", key, diff)
		}
		if got := s.InFull(key + "=0.5"); got != key+"=0.5" {
			t.Errorf("%s in full is %s", key, got)
		}
	}
	// Of a single sensor it is that one's.
	s := Pipeline()
	s.Sensors = s.Sensors[1:2]
	if err := s.Set("fail=0.25"); err != nil || s.Sensors[0].FailProbability != 0.25 {
		t.Error(err)
	}
}

// The parts of an id are no parts of a name, and a full name comes before a tail.
func TestASensorMayBeCalledAsASetting(t *testing.T) {
	s := Pipeline()
	for i, id := range []string{"a", "a.b", "threshold", "breaker", "x.fail"} {
		s.Sensors[i].Info = sensors.Info{ID: id}
	}
	for key, want := range map[string]string{
		"sensors.a.fail":              "sensors.a.fail",
		"sensors.a.b.fail":            "sensors.a.b.fail",
		"a.b.fail":                    "sensors.a.b.fail",
		"sensors.threshold.threshold": "sensors.threshold.policy.breaker.threshold",
		"threshold":                   "policy.breaker.threshold",
		"breaker.threshold":           "policy.breaker.threshold",
		"breaker.latency":             "sensors.breaker.latency",
	} {
		if r, err := find(&s, s.rows(), key); err != nil || r.Name != want {
			t.Errorf("%s: %v", key, err)
		}
	}
	if r, err := find(&s, s.rows(), "b.fail"); err == nil {
		t.Errorf("b.fail is %s", r.Name)
	}
}

func TestWhatIsNoTailIsUnknownAndToldTheNearest(t *testing.T) {
	for key, nearest := range map[string]string{
		"treshold":              "policy.breaker.threshold",
		"hold":                  "",
		"policy.threshold":      "policy.breaker.threshold",
		"Threshold":             "policy.breaker.threshold",
		"sensors.S1.treshold":   "sensors.S1.policy.breaker.threshold",
		"sensors.S1.interval":   "",
		"sensors.S1.threshold.": "sensors.S1.policy.breaker.threshold",
		".threshold":            "policy.breaker.threshold",
		"latncy":                "sensors.ID.latency",
		"policy":                "",
		"S9.fail":               "sensors.ID.fail",
	} {
		s := Pipeline()
		err := s.Set(key + "=1")
		if err == nil || !strings.HasPrefix(err.Error(), `unknown setting "`+key+`"; did you mean "`+nearest) {
			t.Errorf("%s: %v", key, err)
		}
		if err != nil && !strings.Contains(err.Error(), "docs/settings.md") {
			t.Errorf("%s: %v", key, err)
		}
		if got := s.InFull(key + "=1"); got != key+"=1" {
			t.Errorf("%s in full is %s", key, got)
		}
	}
}
