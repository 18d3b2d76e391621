package fallback_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"resiltui/internal/engine/fallback"
)

func TestOfTwoReadingsOfOneSourceTimeTheLaterToArriveIsServed(t *testing.T) {
	st := fallback.NewLastKnownGood(fallback.Options{})
	st.Good("S0", live(s, 1))
	st.Good("S0", live(s, 2))
	want(t, st, "S0", fallback.Reading{Value: 2, Quality: fallback.Stale, At: s})
}

func TestASensorWithoutANameIsOneToo(t *testing.T) {
	for _, st := range keepers(fallback.Options{}) {
		st.Good("", live(s, 1))
		if r, ok := st.HandleFailure("", errRefused); !ok || r.Value != 1 {
			t.Errorf("%s: got %+v, %v", st.Name(), r, ok)
		}
	}
}

func TestANewSensorTakesThePlaceOfOneThatWasHeardAtTheSameTime(t *testing.T) {
	for _, st := range keepers(fallback.Options{MaxSensors: 1}) {
		st.Good("a", live(s, 1))
		st.Good("b", live(s, 2))
		wantNone(t, st, "a")
		if r, ok := st.HandleFailure("b", errRefused); !ok || r.Value != 2 {
			t.Errorf("%s: got %+v, %v", st.Name(), r, ok)
		}
	}
}

// With so many candidates, repeatedly, the order of a map would be noticed.
func TestOfSensorsHeardAtTheSameTimeTheFirstByNameMakesRoom(t *testing.T) {
	const n = 20
	for range 20 {
		st := fallback.NewLastKnownGood(fallback.Options{MaxSensors: n})
		for i := range n {
			st.Good(fmt.Sprintf("S%02d", i), live(s, 1))
		}
		for i := range n / 2 {
			st.Good(fmt.Sprint("new ", i), live(2*s, 1))
			wantNone(t, st, fmt.Sprintf("S%02d", i))
			want(t, st, fmt.Sprintf("S%02d", i+1), fallback.Reading{Value: 1, Quality: fallback.Stale, At: s})
		}
	}
}

// The sum of such values is out of range, and their mean is not.
func TestTheMeanOfHugeValuesIsTheirMean(t *testing.T) {
	for _, sign := range []float64{1, -1} {
		st := fallback.NewInterpolated(fallback.Options{})
		for i, v := range []float64{math.MaxFloat64, math.MaxFloat64, 0} {
			st.Good("S0", live(s*9+1<<i, sign*v))
		}
		r, ok := st.HandleFailure("S0", errRefused)
		if part := sign * r.Value / math.MaxFloat64; !ok || math.Abs(part-2./3) > 1e-9 {
			t.Errorf("the mean is %v of the largest number, want %v", part, 2./3)
		}
	}
}

// From about 9e9 on a float64 has no sixth decimal, and rounding to it would add
// an error of its own, as it does to one in twenty of these.
func TestAValueTooLargeForSixDecimalsIsNotRounded(t *testing.T) {
	st := fallback.NewInterpolated(fallback.Options{})
	for i := range 2000 {
		v := 1.8e10 * (1 + float64(i)/7919)
		st.Good("S0", live(s, v))
		want(t, st, "S0", fallback.Reading{Value: v, Quality: fallback.Interpolated, At: s})
	}
}

func TestTheFirstUnknownQualityHasNoName(t *testing.T) {
	if got := (fallback.Interpolated + 1).String(); got != "Quality(3)" {
		t.Errorf("it is called %q", got)
	}
}

func TestResolvedOptionsSayWhatTheirNumbersStandFor(t *testing.T) {
	for _, tt := range []struct{ set, want fallback.Options }{
		{fallback.Options{}, fallback.Options{MaxSensors: fallback.DefaultMaxSensors}},
		{fallback.Options{MaxAge: -1, MaxSensors: -1}, fallback.Options{MaxSensors: fallback.DefaultMaxSensors}},
		{fallback.Options{MaxAge: time.Second, MaxSensors: 2}, fallback.Options{MaxAge: time.Second, MaxSensors: 2}},
	} {
		if got := tt.set.Resolved(); got.MaxAge != tt.want.MaxAge || got.MaxSensors != tt.want.MaxSensors {
			t.Errorf("%+v gives %+v", tt.set, got)
		}
	}
}
