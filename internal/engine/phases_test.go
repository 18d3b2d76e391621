package engine_test

import (
	"context"
	"testing"
	"time"

	"resiltui/internal/engine/clock"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/policy"
	"resiltui/internal/engine/retry"
	"resiltui/internal/sensors"
)

// telling tells the phases of each read: the number of the attempt is in all of them. The
// first attempts of a call fail; what lasts an hour ends at its deadline.
func telling(failing int, lasts time.Duration) read {
	return func(ctx context.Context, clk clock.Clock, r sensors.Request) (sensors.Reading, error) {
		phases := &sensors.Phases{Connect: 20 * ms, FirstByte: time.Duration(r.Attempt)}
		if err := clk.Sleep(ctx, lasts); err != nil {
			return sensors.Reading{}, sensors.WithPhases(sensors.LateError{Reached: "connected, but no answer", Err: err}, phases)
		}
		if r.Attempt <= failing {
			return sensors.Reading{}, sensors.WithPhases(&sensors.ReadError{Text: "503"}, phases)
		}
		return sensors.Reading{Value: 1, At: clk.Now(), Phases: phases}, nil
	}
}

// firstTries are the attempts of the first call of a real sensor.
func firstTries(t *testing.T, fn read) (tries []event.Try) {
	t.Helper()
	p := policy.Policy{Timeout: 100 * ms, Retry: retry.Policy{MaxAttempts: 2, BaseDelay: ms}}
	onWall(t, realRun(member("shop", p, fn)), func(_ *testing.T, l *live) {
		time.Sleep(500 * ms)
		tries = l.calls(0)[0].Tries
	})
	return tries
}

func TestTheAttemptsOfACallTellTheirPhases(t *testing.T) {
	for what, c := range map[string]struct {
		read read
		errs []string
	}{
		"answered at once":           {telling(0, 20*ms), []string{""}},
		"answered after a failure":   {telling(1, 20*ms), []string{"503", ""}},
		"failed":                     {telling(2, 20*ms), []string{"503", "503"}},
		"out of time":                {telling(0, time.Hour), []string{"connected, but no answer within 100 ms", "connected, but no answer within 100 ms"}},
		"answered after the timeout": {late(telling(0, 20*ms), 110*ms), []string{"no answer within 100 ms", "no answer within 100 ms"}},
	} {
		tries := firstTries(t, c.read)
		if len(tries) != len(c.errs) {
			t.Fatalf("%s: %d attempts, want %d", what, len(tries), len(c.errs))
		}
		for i, try := range tries {
			want := sensors.Phases{Connect: 20 * ms, FirstByte: time.Duration(i + 1)}
			if try.Phases == nil || *try.Phases != want || try.Err != c.errs[i] {
				t.Errorf("%s, attempt %d: %+v, error %q; want %+v, %q", what, i+1, try.Phases, try.Err, want, c.errs[i])
			}
		}
	}
}

// late is a read that takes no notice of its deadline, and ends so long after its start.
func late(fn read, lasts time.Duration) read {
	return func(ctx context.Context, clk clock.Clock, r sensors.Request) (sensors.Reading, error) {
		ctx = context.WithoutCancel(ctx)
		if err := clk.Sleep(ctx, lasts-20*ms); err != nil {
			return sensors.Reading{}, err
		}
		return fn(ctx, clk, r)
	}
}

func TestACallThatSucceedsAtOnceWithoutPhasesHasNoListOfAttempts(t *testing.T) {
	if tries := firstTries(t, answers(20*ms)); tries != nil {
		t.Errorf("%+v", tries)
	}
}
