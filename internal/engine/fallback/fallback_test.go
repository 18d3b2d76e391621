package fallback_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
	"pgregory.net/rapid"

	"resiltui/internal/engine/fallback"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var errRefused = errors.New("connection refused")

const s = time.Second

func live(at time.Duration, v float64) fallback.Reading { return fallback.Reading{Value: v, At: at} }

// keepers are the strategies that keep readings; both give the value itself
// where they have seen only one.
func keepers(o fallback.Options) []fallback.Strategy {
	return []fallback.Strategy{fallback.NewLastKnownGood(o), fallback.NewInterpolated(o)}
}

func want(t *testing.T, st fallback.Strategy, id string, expected fallback.Reading) {
	t.Helper()
	if got, ok := st.HandleFailure(id, errRefused); !ok || got != expected {
		t.Errorf("%s of %s: got %+v, %v, want %+v", st.Name(), id, got, ok, expected)
	}
}

func wantNone(t *testing.T, st fallback.Strategy, id string) {
	t.Helper()
	if got, ok := st.HandleFailure(id, errRefused); ok {
		t.Errorf("%s of %s: got %+v, want none", st.Name(), id, got)
	}
}

func TestDropNeverGivesASubstitute(t *testing.T) {
	st := fallback.NewDrop()
	st.Good("S0", live(s, 1))
	wantNone(t, st, "S0")
}

func TestLastKnownGoodServesTheNewestReadingMarkedStale(t *testing.T) {
	st := fallback.NewLastKnownGood(fallback.Options{})
	wantNone(t, st, "S0")
	st.Good("S0", live(1*s, 10))
	st.Good("S0", live(2*s, 20))
	st.Good("S1", live(3*s, 30))
	want(t, st, "S0", fallback.Reading{Value: 20, Quality: fallback.Stale, At: 2 * s})
	want(t, st, "S0", fallback.Reading{Value: 20, Quality: fallback.Stale, At: 2 * s})
	want(t, st, "S1", fallback.Reading{Value: 30, Quality: fallback.Stale, At: 3 * s})
	wantNone(t, st, "S2")
}

func TestInterpolatedServesTheMeanOfTheLastThree(t *testing.T) {
	st := fallback.NewInterpolated(fallback.Options{})
	wantNone(t, st, "S0")
	for i, mean := range []float64{1, 1.5, 2.333333, 4.666667} { // of 1, 2, 4, 8
		at := time.Duration(i) * s
		st.Good("S0", live(at, math.Exp2(float64(i))))
		want(t, st, "S0", fallback.Reading{Value: mean, Quality: fallback.Interpolated, At: at})
	}
}

func TestBugC3ALateReadingDoesNotOverwriteAFresherOne(t *testing.T) {
	st := fallback.NewLastKnownGood(fallback.Options{})
	st.Good("S0", live(5*s, 50))
	st.Good("S0", live(4*s, 40))
	want(t, st, "S0", fallback.Reading{Value: 50, Quality: fallback.Stale, At: 5 * s})

	mean := fallback.NewInterpolated(fallback.Options{})
	for _, at := range []time.Duration{3, 5, 4, 2, 1} {
		mean.Good("S0", live(at*s, float64(10*at)))
	}
	want(t, mean, "S0", fallback.Reading{Value: 40, Quality: fallback.Interpolated, At: 5 * s})
}

func TestTwoReadingsOfOneSourceTimeCountOnce(t *testing.T) {
	st := fallback.NewInterpolated(fallback.Options{})
	for _, r := range []fallback.Reading{live(s, 1), live(2*s, 5), live(2*s, 3), live(s, 2)} {
		st.Good("S0", r)
	}
	want(t, st, "S0", fallback.Reading{Value: 2.5, Quality: fallback.Interpolated, At: 2 * s})
}

// The mean is that of the three newest sources in whatever order they arrive,
// to the last bit.
func TestTheOrderOfArrivalDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(-1e9, 1e9), 1, 8).Draw(t, "values")
		order := rapid.Permutation(indexes(len(values))).Draw(t, "order")
		inOrder, shuffled := keepers(fallback.Options{}), keepers(fallback.Options{})
		for i := range values {
			for k := range inOrder {
				inOrder[k].Good("S0", live(time.Duration(i), values[i]))
				shuffled[k].Good("S0", live(time.Duration(order[i]), values[order[i]]))
			}
		}
		for k := range inOrder {
			a, _ := inOrder[k].HandleFailure("S0", errRefused)
			b, _ := shuffled[k].HandleFailure("S0", errRefused)
			if a != b {
				t.Fatalf("%s: %v in order, %v shuffled", inOrder[k].Name(), a, b)
			}
		}
	})
}

func indexes(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

func TestBugI1ASubstituteHasQualityAndAgeAndAMaximumAge(t *testing.T) {
	now := 10 * s
	for _, st := range keepers(fallback.Options{MaxAge: 5 * s, Now: func() time.Duration { return now }}) {
		now = 10 * s
		st.Good("S0", live(10*s, 1))
		now = 15 * s
		r, ok := st.HandleFailure("S0", errRefused)
		if !ok || r.Quality == fallback.Live || r.Age(now) != 5*s {
			t.Errorf("%s: %+v, %v, age %v", st.Name(), r, ok, r.Age(now))
		}
		now++
		wantNone(t, st, "S0")
		st.Good("S0", live(now, 2)) // and well again
		if _, ok := st.HandleFailure("S0", errRefused); !ok {
			t.Errorf("%s: none after a fresh reading", st.Name())
		}
	}
}

func TestReadingsBeyondTheMaximumAgeAreNotInTheMean(t *testing.T) {
	now := 10 * s
	st := fallback.NewInterpolated(fallback.Options{MaxAge: 5 * s, Now: func() time.Duration { return now }})
	st.Good("S0", live(4*s, 100))
	st.Good("S0", live(6*s, 1))
	st.Good("S0", live(8*s, 2))
	want(t, st, "S0", fallback.Reading{Value: 1.5, Quality: fallback.Interpolated, At: 8 * s})
}

func TestBugI1AMaximumAgeWithoutAClockServesNothing(t *testing.T) {
	for _, st := range keepers(fallback.Options{MaxAge: s}) {
		st.Good("S0", live(0, 1))
		wantNone(t, st, "S0")
	}
}

func TestBugF9TheNumberOfSensorsIsBounded(t *testing.T) {
	for _, st := range keepers(fallback.Options{MaxSensors: 2}) {
		st.Good("b", live(1*s, 1))
		st.Good("a", live(1*s, 2))
		st.Good("too old", live(0, 3)) // older than all that is kept
		wantNone(t, st, "too old")
		st.Good("c", live(2*s, 4)) // of two as old, the first by name makes room
		wantNone(t, st, "a")
		for id, value := range map[string]float64{"b": 1, "c": 4} {
			if r, ok := st.HandleFailure(id, errRefused); !ok || r.Value != value {
				t.Errorf("%s of %s: %v, %v", st.Name(), id, r, ok)
			}
		}
	}
}

// The sensor that was kept last has a place of its own, which another one may take
// over.
func TestSensorsInTurnKeepTheirOwnReadings(t *testing.T) {
	for _, st := range keepers(fallback.Options{}) {
		for round := range 4 {
			for k, id := range []string{"a", "b", "b", "c"} {
				st.Good(id, live(time.Duration(round*4+k)*s, float64(10*k)))
			}
		}
		for id, value := range map[string]float64{"a": 0, "c": 30} {
			if r, ok := st.HandleFailure(id, errRefused); !ok || r.Value != value {
				t.Errorf("%s of %s: %v, %v", st.Name(), id, r, ok)
			}
		}
	}
	for _, st := range keepers(fallback.Options{MaxSensors: 1}) {
		for at, id := range []string{"a", "b", "a"} { // each drives the other out
			st.Good(id, live(time.Duration(at)*s, float64(at)))
			for _, other := range []string{"a", "b"} {
				if r, ok := st.HandleFailure(other, errRefused); ok != (other == id) || ok && r.Value != float64(at) {
					t.Errorf("%s, after %s: %s has %v, %v", st.Name(), id, other, r, ok)
				}
			}
		}
	}
}

func TestBugF9TheDefaultBoundHolds(t *testing.T) {
	st := fallback.NewLastKnownGood(fallback.Options{MaxSensors: -1})
	for i := range fallback.DefaultMaxSensors + 10 {
		st.Good(fmt.Sprint(i), live(time.Duration(i), 1))
	}
	wantNone(t, st, "9")
	want(t, st, "10", fallback.Reading{Value: 1, Quality: fallback.Stale, At: 10})
}

func TestWhatIsNotALiveNumberIsNotKept(t *testing.T) {
	for _, st := range keepers(fallback.Options{}) {
		st.Good("S0", live(s, math.NaN()))
		st.Good("S0", live(s, math.Inf(-1)))
		st.Good("S0", fallback.Reading{Value: 1, At: s, Quality: fallback.Stale})
		st.Good("S0", fallback.Reading{Value: 1, At: s, Quality: fallback.Interpolated})
		wantNone(t, st, "S0")
	}
}

func TestTheMeanOfHugeValuesIsFinite(t *testing.T) {
	st := fallback.NewInterpolated(fallback.Options{})
	for i := range 3 {
		st.Good("S0", live(time.Duration(i), math.MaxFloat64))
	}
	r, ok := st.HandleFailure("S0", errRefused)
	if !ok || math.IsInf(r.Value, 0) || r.Value < 0.999*math.MaxFloat64 {
		t.Errorf("got %v, %v", r, ok)
	}
	st.Good("S1", live(0, 1e300)) // too large to have digits after the point
	want(t, st, "S1", fallback.Reading{Value: 1e300, Quality: fallback.Interpolated})
}

func TestStrategiesAreSafeForConcurrentUse(t *testing.T) {
	for _, st := range keepers(fallback.Options{MaxSensors: 3}) {
		var wg sync.WaitGroup
		for w := range 8 {
			wg.Go(func() {
				for i := range 200 {
					id := fmt.Sprint("S", (w+i)%5)
					st.Good(id, live(time.Duration(i), 1))
					if r, ok := st.HandleFailure(id, errRefused); ok && r.Value != 1 {
						t.Errorf("%s: %v", st.Name(), r)
					}
				}
			})
		}
		wg.Wait()
	}
}

func TestDoLetsTheStrategyAnswerForAFailedRead(t *testing.T) {
	st := fallback.NewLastKnownGood(fallback.Options{})
	failing := func(context.Context) (fallback.Reading, error) { return live(9*s, 9), errRefused }
	if r, err := fallback.Do(t.Context(), st, "S0", failing); r != (fallback.Reading{}) || err != errRefused {
		t.Errorf("nothing kept: got %v, %v", r, err)
	}
	good := func(context.Context) (fallback.Reading, error) { return live(s, 1), nil }
	if r, err := fallback.Do(t.Context(), st, "S0", good); r != live(s, 1) || err != nil {
		t.Errorf("live: got %v, %v", r, err)
	}
	stale := fallback.Reading{Value: 1, Quality: fallback.Stale, At: s}
	if r, err := fallback.Do(t.Context(), st, "S0", failing); r != stale || err != nil {
		t.Errorf("failed: got %v, %v", r, err)
	}
}

func TestBugG1TheCallersCancelGetsNoSubstitute(t *testing.T) {
	st := fallback.NewLastKnownGood(fallback.Options{})
	st.Good("S0", live(s, 1))
	ctx, cancel := context.WithCancel(t.Context())
	r, err := fallback.Do(ctx, st, "S0", func(ctx context.Context) (fallback.Reading, error) {
		cancel()
		return fallback.Reading{}, ctx.Err()
	})
	if r != (fallback.Reading{}) || err != context.Canceled {
		t.Errorf("got %v, %v", r, err)
	}
}

func TestParseKnowsEveryNameAndListsThem(t *testing.T) {
	for _, name := range fallback.Names() {
		st, err := fallback.Parse(name, fallback.Options{})
		if err != nil || st.Name() != name {
			t.Errorf("%s: %v, %v", name, st, err)
		}
	}
	_, err := fallback.Parse("guess", fallback.Options{})
	if err == nil || err.Error() != `unknown strategy "guess": want one of drop, last-known-good, interpolated` {
		t.Errorf("got %v", err)
	}
}

func TestParseRefusesOptionsOutOfRange(t *testing.T) {
	for part, o := range map[string]fallback.Options{
		"max age is -1s":     {MaxAge: -s},
		"needs Now":          {MaxAge: s},
		"max sensors is -1":  {MaxSensors: -1},
		"want 0 (for 4096) ": {MaxSensors: -2},
	} {
		if _, err := fallback.Parse(fallback.NameDrop, o); err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("want %q, got %v", part, err)
		}
	}
}

func TestQualitiesHaveNames(t *testing.T) {
	for q, name := range map[fallback.Quality]string{fallback.Live: "live", fallback.Stale: "stale", fallback.Interpolated: "interpolated"} {
		text, err := q.MarshalText()
		var back fallback.Quality
		if err != nil || string(text) != name || q.String() != name || back.UnmarshalText(text) != nil || back != q {
			t.Errorf("%d became %q and then %v (%v)", q, text, back, err)
		}
	}
	unknown := fallback.Quality(9)
	if _, err := unknown.MarshalText(); err == nil || unknown.String() != "Quality(9)" {
		t.Errorf("%v, %v", unknown, err)
	}
	if err := unknown.UnmarshalText([]byte("fresh")); err == nil || unknown != 9 {
		t.Errorf("fresh became %v, %v", unknown, err)
	}
}

func TestAnAgeIsNeverNegative(t *testing.T) {
	if r := live(5*s, 1); r.Age(7*s) != 2*s || r.Age(4*s) != 0 {
		t.Errorf("ages %v and %v", r.Age(7*s), r.Age(4*s))
	}
}
