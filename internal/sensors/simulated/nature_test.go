package simulated

import (
	"context"
	"testing"
	"time"

	"resiltui/internal/sensors"
)

func TestASensorSaysHowItFailsByItself(t *testing.T) {
	for want, c := range map[string]Config{
		"":                         {},
		"fails 95 %":               {FailProbability: 0.95},
		"fails 100 %":              {FailProbability: 1},
		"fails 90 % until call 15": {Schedule: []FailPhase{{UntilCall: 15, Probability: 0.9}}},
		"then fails 10 %":          {Schedule: []FailPhase{{UntilCall: 15}}, FailProbability: 0.1},
		"fails 00:05.0 to 00:08.0": {FailWindows: []Window{{From: 5 * time.Second, To: 8 * time.Second}}},
	} {
		c.Info, c.Signal, c.Sleep = sensors.Info{ID: "S"}, Constant(1), func(context.Context, time.Duration) error { return nil }
		s, err := New(c)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Info().Nature; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
