package scenario

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"resiltui/internal/engine/fallback"
	"resiltui/internal/engine/retry"
)

// changed is how a scenario differs from what it was; empty is not at all.
func changed(want, got Scenario) string {
	return cmp.Diff(want, got, cmp.Exporter(func(reflect.Type) bool { return true }))
}

// keyCase sets a key to a value and says how to see it.
type keyCase struct {
	value string
	seen  func(s *Sensor) bool
	bad   []string
}

func keyCases() map[string]keyCase {
	times := []string{"", "3", "x", "-1s", "25h"}
	wholes := []string{"", "0", "1.5", "x", "-1", "10000000"}
	return map[string]keyCase{
		"policy.timeout":        {"123ms", func(s *Sensor) bool { return s.Policy.Timeout == 123*time.Millisecond }, times},
		"policy.retry.attempts": {"7", func(s *Sensor) bool { return s.Policy.Retry.MaxAttempts == 7 }, append(wholes, "101")},
		"policy.retry.baseDelay": {
			"60ms", func(s *Sensor) bool { return s.Policy.Retry.BaseDelay == 60*time.Millisecond }, append(times, "0s"),
		},
		"policy.retry.maxDelay": {"2s", func(s *Sensor) bool { return s.Policy.Retry.MaxDelay == 2*time.Second }, times},
		"policy.retry.backoff":  {"linear", func(s *Sensor) bool { return s.Policy.Retry.Backoff == retry.Linear }, []string{"", "cubic", "1"}},
		"policy.retry.jitter":   {"full", func(s *Sensor) bool { return s.Policy.Retry.Jitter == retry.Full }, []string{"", "some"}},
		"policy.breaker.threshold": {
			"4", func(s *Sensor) bool { return s.Policy.Breaker.FailureThreshold == 4 }, wholes,
		},
		"policy.breaker.openFor":    {"9s", func(s *Sensor) bool { return s.Policy.Breaker.OpenFor == 9*time.Second }, append(times, "0s")},
		"policy.breaker.openGrowth": {"1.5", func(s *Sensor) bool { return s.Policy.Breaker.OpenGrowth == 1.5 }, []string{"", "0.5", "NaN", "1001", "x"}},
		"policy.breaker.openMax":    {"1m", func(s *Sensor) bool { return s.Policy.Breaker.OpenMax == time.Minute }, times},
		"policy.breaker.openJitter": {"0.25", func(s *Sensor) bool { return s.Policy.Breaker.OpenJitter == 0.25 }, []string{"", "-0.1", "1.1", "NaN"}},
		"policy.breaker.closeAfter": {"3", func(s *Sensor) bool { return s.Policy.Breaker.SuccessesToClose == 3 }, wholes},
		"policy.breaker.probes":     {"2", func(s *Sensor) bool { return s.Policy.Breaker.MaxProbes == 2 }, wholes},
		"policy.breaker.probeTimeout": {
			"4s", func(s *Sensor) bool { return s.Policy.Breaker.ProbeTimeout == 4*time.Second }, times,
		},
		"policy.breaker.off":           {"true", func(s *Sensor) bool { return s.Policy.BreakerOff }, []string{"", "on", "2"}},
		"policy.retry.budgetTokens":    {"20", func(s *Sensor) bool { return s.Policy.BudgetTokens == 20 }, []string{"", "1.5", "-1", "1001"}},
		"policy.retry.budgetRatio":     {"0.2", func(s *Sensor) bool { return s.Policy.BudgetRatio == 0.2 }, []string{"", "-1", "1001", "NaN"}},
		"policy.breaker.failureRate":   {"0.4", func(s *Sensor) bool { return s.Policy.Breaker.FailureRate == 0.4 }, []string{"", "-1", "1.1", "NaN"}},
		"policy.breaker.slowCall":      {"90ms", func(s *Sensor) bool { return s.Policy.Breaker.SlowCall == 90*time.Millisecond }, times},
		"policy.breaker.slowRate":      {"0.4", func(s *Sensor) bool { return s.Policy.Breaker.SlowRate == 0.4 }, []string{"", "-1", "1.1", "NaN"}},
		"policy.breaker.windowCalls":   {"30", func(s *Sensor) bool { return s.Policy.Breaker.Window.Calls == 30 }, []string{"", "1.5", "-1", "100001"}},
		"policy.breaker.windowSpan":    {"30s", func(s *Sensor) bool { return s.Policy.Breaker.Window.Span == 30*time.Second }, times},
		"policy.breaker.windowBuckets": {"6", func(s *Sensor) bool { return s.Policy.Breaker.Window.Buckets == 6 }, []string{"", "1", "1001"}},
		"policy.breaker.minVolume":     {"8", func(s *Sensor) bool { return s.Policy.Breaker.MinVolume == 8 }, []string{"", "1.5", "-1", "1000001"}},
		"policy.fallback.strategy": {
			"interpolated", func(s *Sensor) bool { return s.Policy.Strategy == fallback.NameInterpolated }, []string{"magic", "Drop"},
		},
		"policy.fallback.maxAge": {"8s", func(s *Sensor) bool { return s.Policy.MaxAge == 8*time.Second }, times},
		"fail":                   {"0.7", func(s *Sensor) bool { return s.FailProbability == 0.7 && s.Schedule == nil }, []string{"", "-0.1", "1.1", "NaN", "70%"}},
		"latency":                {"80ms", func(s *Sensor) bool { return s.Latency.Median == 80*time.Millisecond }, append(times, "2h")},
		"latencySigma":           {"0.3", func(s *Sensor) bool { return s.Latency.Sigma == 0.3 }, []string{"", "-1", "3", "NaN", "Inf"}},
		"noise":                  {"0.5", func(s *Sensor) bool { return s.Noise == 0.5 }, []string{"", "-1", "1e10", "NaN"}},
	}
}

func TestEverySettingIsTested(t *testing.T) {
	cases := keyCases()
	for _, s := range sensorSettings() {
		if _, ok := cases[s.Name]; !ok {
			t.Errorf("%s is not", s.Name)
		}
		if s.Help == "" {
			t.Errorf("%s has no help", s.Name)
		}
		delete(cases, s.Name)
	}
	for name := range cases {
		t.Errorf("%s is no setting", name)
	}
}

func TestEverySettingOfOneSensorChangesThatSensorAlone(t *testing.T) {
	for name, c := range keyCases() {
		s, before := Pipeline(), Pipeline()
		if c.seen(&before.Sensors[4]) {
			t.Fatalf("%s is %s already", name, c.value)
		}
		if err := s.Set(" sensors.S4." + name + " = " + c.value + " "); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !c.seen(&s.Sensors[4]) {
			t.Errorf("%s=%s changes nothing", name, c.value)
		}
		s.Sensors[4] = before.Sensors[4]
		if diff := changed(before, s); diff != "" {
			t.Errorf("%s changes more than S4: %s", name, diff)
		}
	}
}

func TestEveryPolicySettingChangesAllSensors(t *testing.T) {
	for name, c := range keyCases() {
		s := Pipeline()
		err := s.Set(name + "=" + c.value)
		if !strings.HasPrefix(name, "policy.") {
			if err == nil {
				t.Errorf("%s is taken without a sensor", name)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for i := range s.Sensors {
			if !c.seen(&s.Sensors[i]) {
				t.Errorf("%s=%s does not reach %s", name, c.value, s.Sensors[i].Info.ID)
			}
		}
	}
}

func TestABadValueIsNamedAndChangesNothing(t *testing.T) {
	for name, c := range keyCases() {
		for _, value := range c.bad {
			s := Pipeline()
			key := "sensors.S1." + name
			err := s.Set(key + "=" + value)
			if err == nil {
				t.Errorf("%s=%s is taken", key, value)
				continue
			}
			if !strings.Contains(err.Error(), key+"="+value+": ") || strings.Contains(err.Error(), "\n") {
				t.Errorf("%s=%s: %q does not name them on one line", key, value, err)
			}
			if diff := changed(Pipeline(), s); diff != "" {
				t.Errorf("%s=%s changes the scenario: %s", key, value, diff)
			}
		}
	}
}

// A policy setting that the last sensor refuses has not changed the first.
func TestASettingThatOneSensorRefusesChangesNone(t *testing.T) {
	s := Pipeline()
	if err := s.Set("sensors.S4.policy.retry.baseDelay=200ms"); err != nil {
		t.Fatal(err)
	}
	before := s
	before.Sensors = append([]Sensor(nil), s.Sensors...)
	if err := s.Set("policy.retry.maxDelay=100ms"); err != nil {
		if diff := changed(before, s); diff != "" {
			t.Error(diff)
		}
	}
	if err := s.Set("policy.fallback.strategy=magic"); err == nil || !strings.Contains(err.Error(), "last-known-good") {
		t.Errorf("%v", err)
	}
	for i := range s.Sensors {
		if s.Sensors[i].Policy.Strategy != before.Sensors[i].Policy.Strategy {
			t.Errorf("%s has the strategy %s", s.Sensors[i].Info.ID, s.Sensors[i].Policy.Strategy)
		}
	}
}

// The built-in scenarios are made anew, and a copy does not share its sensors.
func TestASettingStaysInItsScenario(t *testing.T) {
	first := Pipeline()
	second := first
	if err := second.Set("policy.breaker.threshold=9"); err != nil {
		t.Fatal(err)
	}
	if diff := changed(Pipeline(), first); diff != "" {
		t.Error(diff)
	}
}

func TestTheIntervalIsTheScenariosOwn(t *testing.T) {
	s := Pipeline()
	if err := s.Set("interval=1s"); err != nil || s.Interval != time.Second {
		t.Errorf("%v, %v", s.Interval, err)
	}
	for _, bad := range []string{"0s", "25h", "fast", ""} {
		if err := s.Set("interval=" + bad); err == nil || s.Interval != time.Second {
			t.Errorf("%q: %v, %v", bad, s.Interval, err)
		}
	}
}

// Ids hold blanks and signs of equality.
func TestEverySensorOfEveryScenarioCanBeNamed(t *testing.T) {
	for _, name := range Names() {
		s, err := Find(name)
		if err != nil {
			t.Fatal(err)
		}
		for i := range s.Sensors {
			key := "sensors." + s.Sensors[i].Info.ID + ".latency"
			if err := s.Set(key + "=77ms"); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			for j := range s.Sensors {
				if (s.Sensors[j].Latency.Median == 77*time.Millisecond) != (j <= i) {
					t.Errorf("%s: %s gives %s the latency %v", name, key, s.Sensors[j].Info.ID, s.Sensors[j].Latency.Median)
				}
			}
		}
	}
}

func TestAnUnknownSettingIsToldTheNearest(t *testing.T) {
	for key, nearest := range map[string]string{
		"policy.breaker.treshold": `"policy.breaker.threshold"`,
		"policy.retry.atempts":    `"policy.retry.attempts"`,
		"sensors.S1.fial":         `"sensors.S1.fail"`,
		"sensors.S1.latncy":       `"sensors.S1.latency"`,
		"intervall":               `"interval"`,
		"interval.x":              `"interval"`,
	} {
		s := Pipeline()
		err := s.Set(key + "=1")
		if err == nil {
			t.Errorf("%s is taken", key)
			continue
		}
		if !strings.Contains(err.Error(), `unknown setting "`+key+`"`) || !strings.Contains(err.Error(), "did you mean "+nearest) {
			t.Errorf("%s: %v", key, err)
		}
		for _, listed := range s.Keys() {
			if !strings.Contains(err.Error(), listed) {
				t.Errorf("%s: %q does not list %s", key, err, listed)
			}
		}
		if diff := changed(Pipeline(), s); diff != "" {
			t.Errorf("%s: %s", key, diff)
		}
	}
}

func TestAnUnknownSensorIsToldTheKnownOnes(t *testing.T) {
	s := Pipeline()
	for _, key := range []string{"sensors.S9.fail", "sensors.S9", "sensors.s1.fail"} {
		err := s.Set(key + "=0.5")
		if err == nil || !strings.Contains(err.Error(), "unknown sensor") || !strings.Contains(err.Error(), "S0, S1, S2, S3, S4") {
			t.Errorf("%s: %v", key, err)
		}
	}
}

func TestWhatIsNoAssignmentIsToldTheForm(t *testing.T) {
	for _, text := range []string{"", "=", "=4", "policy.breaker.threshold", "  = 4"} {
		s := Pipeline()
		if err := s.Set(text); err == nil || !strings.Contains(err.Error(), "KEY=VALUE") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// What was typed may hold control sequences; an error must not carry them to
// the terminal, nor a text without end.
func TestErrorsOfSettingsAreSafeToPrint(t *testing.T) {
	long := strings.Repeat("x", 500)
	for _, text := range []string{
		"a\x1b[31m=1", "policy.timeout=\x1b]0;t\x07", "sensors.\x1b[2J.fail=1", "\x1b[2J",
		long + "=1", "policy.timeout=" + long, "sensors." + long + ".fail=1", long,
		"policy.retry.backoff=\x1b[31m", "policy.fallback.strategy=\x1b[31m",
	} {
		s := Pipeline()
		err := s.Set(text)
		if err == nil {
			t.Fatalf("%q is taken", text)
		}
		if strings.ContainsAny(err.Error(), "\x1b\x07\n") || strings.Contains(err.Error(), long) {
			t.Errorf("%.20q: %q", text, err)
		}
	}
}
