package report

import (
	"bytes"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"resiltui/internal/scenario"
)

func TestEveryReportDependsOnItsSeed(t *testing.T) {
	for _, name := range Names() {
		var seen [][]byte
		for seed := range uint64(5) {
			// Without the number of the seed itself.
			out := bytes.ReplaceAll(jsonOf(t, []string{name}, seeded(seed)), []byte(`"seed": `+string(rune('0'+seed))), nil)
			if slices.ContainsFunc(seen, func(other []byte) bool { return bytes.Equal(other, out) }) {
				t.Errorf("%s is with seed %d what it is with another one", name, seed)
			}
			seen = append(seen, out)
		}
	}
}

func TestTheSeedDrawsOneCrashForBothBreakers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.Uint64().Draw(t, "seed")
		pair := scenario.Breaker().Sensors[:2]
		drawn, crash, lucky := drawnCrash(pair, seed)
		if crash.From < 3e9 || crash.From > 6e9 || crash.To-crash.From < 3e9 || crash.To-crash.From > 6e9 || crash.From%1e8 != 0 || crash.To%1e8 != 0 {
			t.Errorf("a crash from %v to %v", crash.From, crash.To)
		}
		if lucky < 1 || lucky > 6 {
			t.Errorf("request %d is lucky", lucky)
		}
		for i, s := range drawn {
			if s.Lucky != lucky || len(s.FailWindows) != 1 || s.FailWindows[0] != crash {
				t.Errorf("%s has another crash", s.Info.ID)
			}
			if pair[i].Lucky != 0 || pair[i].FailWindows[0].From != scenario.CrashStart || pair[i].Info.ID == s.Info.ID {
				t.Errorf("the plain crash of %s has changed", pair[i].Info.ID)
			}
		}
	})
}

func TestTheDrawnCrashHasTheSettingsOfThePlainOne(t *testing.T) {
	for name, set := range map[string][]string{"for all": {"policy.breaker.closeAfter=3"}, "for one": {"sensors.N=1.policy.breaker.closeAfter=3"}} {
		r := breakerOf(t, seeded(7, set...))
		for i := range r.Runs {
			if got, want := r.Drawn.Runs[i].HalfOpenSuccessThreshold, r.Runs[i].HalfOpenSuccessThreshold; got != want {
				t.Errorf("%s: run %d needs %d good probes, not %d", name, i+1, got, want)
			}
		}
	}
	if r := breakerOf(t, seeded(7)); len(r.Drawn.Runs) != 2 || r.Drawn.Service.LuckyRequestNumber == 0 || r.Drawn.Service.CrashEndSeconds == 0 {
		t.Errorf("%+v of %d runs", r.Drawn.Service, len(r.Drawn.Runs))
	}
}
