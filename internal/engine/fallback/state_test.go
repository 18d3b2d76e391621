package fallback

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestAnotherStrategyTakesTheReadingsOver(t *testing.T) {
	from := NewInterpolated(Options{})
	for i := range 4 {
		from.Good("b", Reading{Value: float64(i), At: time.Duration(i)})
	}
	from.Good("a", Reading{Value: 9})
	states := Save(from)
	want := []State{{"a", []Reading{{Value: 9}}}, {"b", []Reading{{Value: 1, At: 1}, {Value: 2, At: 2}, {Value: 3, At: 3}}}}
	if diff := cmp.Diff(want, states); diff != "" {
		t.Error(diff)
	}
	from.Good("b", Reading{Value: 100, At: 100})
	to := NewLastKnownGood(Options{})
	Load(to, states)
	if r, ok := to.HandleFailure("b", nil); !ok || r.Value != 3 {
		t.Errorf("%+v", r)
	}
	if m := Save(to); len(m) != 2 || len(m[1].Readings) != 1 {
		t.Errorf("%+v", m)
	}
	if Save(NewDrop()) != nil {
		t.Error("drop keeps something")
	}
}
