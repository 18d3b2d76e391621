package scenario

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
)

func TestEveryScenarioIsFoundByItsNameAndCanRun(t *testing.T) {
	for _, name := range Names() {
		s, err := Find(name)
		if err != nil || s.Name != name || s.See == "" || s.Seed != DefaultSeed || s.Batches == 0 {
			t.Errorf("%s: %+v, %v", name, s, err)
		}
		if err := s.validate(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		config := s.Config(7)
		if config.Scenario != name || config.Seed != 7 || config.Interval != s.Interval || len(config.Members) != len(s.Sensors) {
			t.Errorf("%s: %+v", name, config)
		}
		ids := map[string]bool{}
		for i, m := range config.Members {
			if m.Info != s.Sensors[i].Info || m.New == nil || ids[m.Info.ID] {
				t.Errorf("%s: member %d is %+v", name, i, m.Info)
			}
			ids[m.Info.ID] = true
		}
	}
}

func TestAnUnknownScenarioIsToldTheNearest(t *testing.T) {
	_, err := Find("pipline")
	if err == nil || !strings.Contains(err.Error(), `did you mean "pipeline"?`) || !strings.Contains(err.Error(), "retry, breaker, strategies") {
		t.Error(err)
	}
	if _, err = Find("\x1b[31m"); err == nil || strings.ContainsAny(err.Error(), "\x1b?") {
		t.Error(err)
	}
}

func TestTheErrorsOfTheFunctionsSayWhatHappened(t *testing.T) {
	for want, err := range map[string]error{
		"fetchUserProfile timed out":   &TimeoutError{"fetchUserProfile"},
		"database connection: refused": &DatabaseConnectionError{"refused"},
		"HTTP status 503":              &HTTPError{503},
		"file not found":               notFound{},
	} {
		if err.Error() != want {
			t.Errorf("%q, not %q", err, want)
		}
	}
	if !errors.Is(notFound{}, fs.ErrNotExist) {
		t.Error("a file that is not found is not fs.ErrNotExist")
	}
}
