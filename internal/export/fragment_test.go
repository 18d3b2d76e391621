package export_test

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"resiltui/internal/engine/policy"
	"resiltui/internal/export"
	"resiltui/internal/scenario"
)

// pipeline returns the scenario and its policies by sensor.
func pipeline() (scenario.Scenario, map[string]policy.Policy) {
	sc := scenario.Pipeline()
	original := map[string]policy.Policy{}
	for _, s := range sc.Sensors {
		original[s.Info.ID] = s.Policy
	}
	return sc, original
}

func set(t testing.TB, p policy.Policy, name, value string) policy.Policy {
	t.Helper()
	for _, s := range policy.Settings() {
		if s.Name == name {
			if err := s.Set(&p, value); err != nil {
				t.Fatal(err)
			}
			return p
		}
	}
	t.Fatalf("no setting %s", name)
	return p
}

func TestAFragmentHoldsOnlyWhatDiffers(t *testing.T) {
	_, original := pipeline()
	tuned := maps.Clone(original)
	tuned["S3"] = set(t, set(t, tuned["S3"], "breaker.threshold", "3"), "timeout", "1s")
	delete(tuned, "S1") // was not looked at
	tuned["S9"] = tuned["S3"]
	want := `# Settings of the scenario pipeline that were tuned.
# To start with them: resiltui pipeline --set @FILE

# S3
# timeout: 250ms to 1s
sensors.S3.policy.timeout=1s
# trip after: 5 to 3
sensors.S3.policy.breaker.threshold=3
`
	if got := export.Fragment("pipeline", tuned, original); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := export.Fragment("pipeline", original, original); strings.Contains(got, "=") {
		t.Errorf("nothing was tuned:\n%s", got)
	}
}

func TestWhatWasTunedAlikeIsWrittenOnce(t *testing.T) {
	_, original := pipeline()
	tuned := map[string]policy.Policy{}
	for id, p := range original {
		tuned[id] = set(t, p, "breaker.threshold", "3")
	}
	got := export.Fragment("pipeline", tuned, original)
	if !strings.Contains(got, "\n# all sensors\n") || !strings.HasSuffix(got, "\npolicy.breaker.threshold=3\n") || strings.Count(got, "=") != 1 {
		t.Errorf("got\n%s", got)
	}
}

// inForce are the values of all settings.
func inForce(p policy.Policy) (values []string) {
	for _, s := range policy.Settings() {
		values = append(values, s.Name+"="+s.Get(p))
	}
	return values
}

func TestAFragmentBringsBackWhatWasTuned(t *testing.T) {
	file := filepath.Join(t.TempDir(), "tuned.conf")
	settings := policy.Settings()
	rapid.Check(t, func(t *rapid.T) {
		sc, original := pipeline()
		tuned := maps.Clone(original)
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			id := rapid.SampledFrom([]string{"S0", "S3"}).Draw(t, "sensor")
			p := tuned[id]
			s := settings[rapid.IntRange(0, len(settings)-1).Draw(t, "setting")]
			up := rapid.Bool().Draw(t, "up")
			for range rapid.IntRange(1, 9).Draw(t, "by") {
				s.Step(&p, up)
			}
			tuned[id] = p
		}
		// And back: from what was tuned to the original.
		if rapid.Bool().Draw(t, "back") {
			for i := range sc.Sensors {
				sc.Sensors[i].Policy = tuned[sc.Sensors[i].Info.ID]
			}
			original, tuned = tuned, original
		}
		text := export.Fragment("pipeline", tuned, original)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := sc.Set("@" + file); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		for _, s := range sc.Sensors {
			got, want := inForce(s.Policy), inForce(tuned[s.Info.ID])
			for k := range want {
				if got[k] != want[k] {
					t.Fatalf("%s: %s, want %s\n%s", s.Info.ID, got[k], want[k], text)
				}
			}
		}
	})
}
