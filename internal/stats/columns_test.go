package stats

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"resiltui/internal/engine/event"
	"resiltui/internal/engine/event/eventtest"
)

func TestOfUpTo64SensorsAllIsKeptAndOfMoreNoMoreAltogether(t *testing.T) {
	for n, want := range map[int][2]int{
		0: {512, 64}, 5: {512, 64}, 64: {512, 64}, 65: {504, 63}, 128: {256, 32}, 256: {160, 24}, 1000: {160, 24}, 1 << 40: {160, 24},
	} {
		if got := [2]int{Columns(n), Recent(n)}; got != want {
			t.Errorf("%d sensors: %v, want %v", n, got, want)
		}
	}
}

func TestOneOfManySensorsShowsItsNewestCalls(t *testing.T) {
	aggregator := New(WithCounterfactuals())
	hub := event.NewHub(aggregator)
	r := rig{eventtest.Publisher{Hub: hub}, aggregator}
	r.Start(300)
	for i := range 700 {
		r.Call(time.Duration(i)*500*ms, eventtest.Live(time.Duration(i)*ms))
	}
	s := r.snapshot(Query{Sensors: []int{0}, Columns: MaxColumns, Detail: true, Strategies: true})
	v := s.Sensors[0]
	if n := len(v.Columns); n != 160 || v.Columns[0].At != (700-160)*500*ms-v.Columns[0].Took || v.Columns[159].Took != 699*ms {
		t.Errorf("%d columns, from %+v", n, v.Columns[0])
	}
	if n := len(v.Recent); n != 24 || v.Recent[0].Took != 676*ms {
		t.Errorf("%d recent calls, from %+v", n, v.Recent[0])
	}
	if n := len(s.Strategies[0].Sensors[0].Marks); n != 160 {
		t.Errorf("%d marks beside 160 columns", n)
	}
	few := r.snapshot(Query{Sensors: []int{0}, Columns: 3}).Sensors[0].Columns
	if diff := cmp.Diff(v.Columns[157:], few); diff != "" {
		t.Errorf("the newest three:\n%s", diff)
	}
}
