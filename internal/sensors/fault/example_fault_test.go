package fault

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"resiltui/internal/sensors"
	"resiltui/internal/sensors/sensorstest"
)

// How to add a kind of fault, for docs/extending.md, which shows what stands between
// the marks. A real one is a file of its own, and a line in kinds.go.

// shown in docs/extending.md from here: a kind of fault

// hiccup is late now and then: every Count-th attempt that reaches the sensor takes
// Extra longer.
func hiccup() Kind {
	return Kind{
		Name: "hiccup", Title: "hiccup", Key: "H",
		Help:    "answers late now and then: one attempt in so many takes longer",
		Default: Fault{Count: 5, Extra: 200 * time.Millisecond},
		Params: []Param{
			count("one attempt in", "attempts"),
			extra("extra", "takes longer by", 60_000, 50),
		},
		Label: func(f Fault) string {
			return "hiccup +" + shortDuration(f.Extra) + " in 1 of " + strconv.Itoa(f.Count)
		},
		stage: arriving,
		apply: func(e effects, a *active) effects {
			if a.hiccups(e.count) {
				e.extra += a.Extra
			}
			return e
		},
	}
}

// hiccups reports whether it is the turn of this attempt. Only one that is made is
// counted, so that a plan changes nothing.
func (a *active) hiccups(made bool) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	turn := a.counter.count+1 == a.Count
	if made {
		a.counter.count = (a.counter.count + 1) % a.Count
	}
	return turn
}

// to here

// WithHiccup puts the kind at the end of the list until the test is over, and returns
// it with its number.
func WithHiccup(t testing.TB) Kind {
	before := kinds
	t.Cleanup(func() { kinds = before })
	kinds = numbered(append(slices.Clone(kinds), hiccup())...)
	return kinds[len(kinds)-1]
}

// shown in docs/extending.md from here: the test of a kind of fault

func TestAHiccupMakesEveryNthAttemptLate(t *testing.T) {
	kind := WithHiccup(t)
	f := Fault{Kind: kind.Number, Count: 3, Extra: time.Second}
	late, errs := asks(t, f, 9, time.Minute)
	usual, _ := asks(t, Default(Stuck), 9, time.Minute)
	for k := range late {
		want := usual[k]
		if k%3 == 2 {
			want += time.Second
		}
		if late[k] != want || errs[k] != nil {
			t.Errorf("attempt %d takes %v, %v; want %v", k+1, late[k], errs[k], want)
		}
	}
}

// to here

func TestAPlannedHiccupIsNotCounted(t *testing.T) {
	kind := WithHiccup(t)
	clock := &sensorstest.Clock{}
	f := faulty(t, clock)
	inject(t, f, kind.Default, 0)
	for call := uint64(1); call <= 20; call++ {
		r := sensors.Request{Call: call, Attempt: 1, At: clock.Now()}
		planned := planOf(t, f, r)
		if again := planOf(t, f, r); again != planned {
			t.Fatalf("%+v is planned, then %+v", planned, again)
		}
		if _, err := f.Read(t.Context(), r); err != nil || clock.Now()-r.At != planned.Latency {
			t.Errorf("call %d takes %v, %v; planned %v", call, clock.Now()-r.At, err, planned.Latency)
		}
	}
}

func TestAHiccupIsOnThePageOfFaultsUntilTheTestIsOver(t *testing.T) {
	const row = "| hiccup | answers late now and then: one attempt in so many takes longer | hiccup +200 ms in 1 of 5 |"
	t.Run("while it is in the list", func(t *testing.T) {
		WithHiccup(t)
		if !strings.Contains(faultsPage(), row) {
			t.Error("it is not on the page")
		}
	})
	if strings.Contains(faultsPage(), "hiccup") {
		t.Error("the list is not what it was")
	}
}
