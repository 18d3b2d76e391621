package timetravel

import (
	"fmt"
	"slices"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/event/eventtest"
	"resiltui/internal/stats"
	"resiltui/internal/stats/history"
)

// ten is a run of ten seconds, of which a history knows: a batch ends each second, and
// circuits change at 3 s (S0), 5 s (S1) and 7 s (S0).
func ten(t *testing.T) (*history.History, *event.Hub) {
	t.Helper()
	known := history.New(stats.New())
	hub := event.NewHub(known)
	eventtest.Publisher{Hub: hub}.Start(2)
	changes := map[int]int{3: 0, 5: 1, 7: 0}
	for i := range 11 {
		at := time.Duration(i) * time.Second
		if i > 0 {
			hub.Publish(event.Event{Kind: event.BatchEnded, At: at, Batch: i, Sensor: event.NoSensor})
		}
		hub.Publish(event.Event{Kind: event.BatchStarted, At: at, Batch: i + 1, Sensor: event.NoSensor})
		if sensor, ok := changes[i]; ok {
			hub.Publish(event.Event{Kind: event.StateChanged, At: at, Batch: i + 1, Sensor: sensor, Change: &event.Change{
				From: breaker.Closed, To: breaker.Open, Circuit: breaker.Circuit{State: breaker.Open, Since: at},
			}})
		}
	}
	return known, hub
}

// asRun is the order of the run.
type asRun struct{}

func (asRun) Of(func(stats.Query) stats.Snapshot) ([]int, int) { return nil, 0 }

// turned is the order of the run turned round.
type turned struct{}

func (turned) Of(read func(stats.Query) stats.Snapshot) (order []int, above int) {
	for _, v := range read(stats.Query{}).Sensors {
		order = append(order, v.Index)
	}
	slices.Reverse(order)
	return order, 1
}

// held is a screen that is frozen at ten seconds.
func held(t *testing.T) *Past {
	t.Helper()
	known, _ := ten(t)
	p := New(known)
	if !p.Freeze(10 * time.Second) {
		t.Fatal("a live screen is not frozen")
	}
	return &p
}

// arrived takes what a Cmd looked up.
func arrived(t *testing.T, p *Past, cmd tea.Cmd) Moment {
	t.Helper()
	if cmd == nil {
		t.Fatal("nothing is looked up")
	}
	msg := cmd().(Moment)
	if !p.Take(msg) {
		t.Fatal("what was looked up is not shown")
	}
	return msg
}

func TestStepsLeadThroughThePast(t *testing.T) {
	const s = time.Second
	for _, c := range []struct {
		what  string
		steps []Step
		at    time.Duration
		says  string
	}{
		{"none", []Step{{}}, 10 * s, ""},
		{"a batch back", []Step{ByBatches(-1)}, 9 * s, ""},
		{"three batches back and one forth", []Step{ByBatches(-1), ByBatches(-1), ByBatches(-1), ByBatches(1)}, 8 * s, ""},
		{"forth from the newest", []Step{ByBatches(1)}, 10 * s, ""},
		{"before the first batch", []Step{AtTime(0), ByBatches(-1)}, 0, "this is as far back as it reaches"},
		{"four seconds back", []Step{ByTime(-4 * s)}, 6 * s, ""},
		{"far back", []Step{ByTime(-time.Hour)}, 0, ""},
		{"far forth", []Step{ByTime(-4 * s), ByTime(time.Hour)}, 10 * s, ""},
		{"a moment", []Step{AtTime(4 * s)}, 4 * s, ""},
		{"a moment before all", []Step{AtTime(-s)}, 0, "this is as far back as it reaches"},
		{"the last change", []Step{ByChange(true, event.NoSensor)}, 7 * s, "S0 boiler: CLOSED to OPEN"},
		{"two changes back", []Step{ByChange(true, event.NoSensor), ByChange(true, event.NoSensor)}, 5 * s, "S1 intake: CLOSED to OPEN"},
		{"the last of one sensor", []Step{ByChange(true, 1)}, 5 * s, "S1 intake: CLOSED to OPEN"},
		{"two back of one sensor", []Step{ByChange(true, 0), ByChange(true, 0)}, 3 * s, "S0 boiler: CLOSED to OPEN"},
		{"before the first", []Step{AtTime(s), ByChange(true, event.NoSensor)}, s, "no earlier change of state within reach"},
		{"forth", []Step{AtTime(4 * s), ByChange(false, event.NoSensor)}, 5 * s, "S1 intake: CLOSED to OPEN"},
		{"after the last", []Step{ByChange(false, event.NoSensor)}, 10 * s, "no later change of state"},
	} {
		p := held(t)
		for _, step := range c.steps {
			arrived(t, p, p.Step(step, Wanted{Order: asRun{}}))
		}
		last := c.steps[len(c.steps)-1]
		p = held(t) // all in one go lead there too
		p.steps = c.steps[:len(c.steps)-1]
		msg := arrived(t, p, p.Step(last, Wanted{Order: asRun{}}))
		if msg.At != c.at || msg.Says != c.says || p.At != c.at || msg.Snap.At > c.at {
			t.Errorf("%s leads to %v (%v), and says %q; want %v, %q", c.what, msg.At, msg.Snap.At, msg.Says, c.at, c.says)
		}
	}
}

func TestStepByStepIsTheSameAsAllInOneGo(t *testing.T) {
	p := held(t)
	for _, s := range []Step{ByBatches(-1), ByChange(true, 0), ByTime(-500 * time.Millisecond)} {
		arrived(t, p, p.Step(s, Wanted{Order: asRun{}}))
	}
	if p.At != 6500*time.Millisecond {
		t.Errorf("one after the other they lead to %v", p.At)
	}
}

func TestStepsThatComeWhileOneIsLookedUpWait(t *testing.T) {
	p := held(t)
	w := Wanted{Order: asRun{}}
	first := p.Step(ByBatches(-1), w)
	for range 3 {
		if cmd := p.Step(ByBatches(-1), w); cmd != nil {
			t.Fatal("two are looked up at once")
		}
	}
	if arrived(t, p, first); p.At != 9*time.Second {
		t.Errorf("the first leads to %v", p.At)
	}
	if arrived(t, p, p.LookBack(w)); p.At != 6*time.Second {
		t.Errorf("the others lead to %v", p.At)
	}
	if p.LookBack(w) != nil {
		t.Error("more is looked up than was asked for")
	}
}

func TestAnAnswerForAnOlderFreezeComesTooLate(t *testing.T) {
	p := held(t)
	w := Wanted{Order: asRun{}}
	late := p.Step(ByBatches(-1), w)().(Moment)
	p.Thaw()
	if p.Take(late) || p.Frozen {
		t.Error("it freezes a live screen")
	}
	p.Freeze(10 * time.Second)
	if p.Take(late) || p.At != 10*time.Second {
		t.Errorf("it leads the next freeze to %v", p.At)
	}
}

func TestAMomentIsLookedUpAgainOnlyForSomethingElse(t *testing.T) {
	p := held(t)
	w := Wanted{Query: stats.Query{Columns: 5}, Order: asRun{}}
	if p.Relook(w) != nil {
		t.Error("before anything was looked up there is something to look up again")
	}
	msg := arrived(t, p, p.Step(ByTime(-time.Second), w))
	if msg.Sorted != nil || len(msg.Snap.Sensors) != 2 {
		t.Errorf("in the order of the run it is %v of %d", msg.Sorted, len(msg.Snap.Sensors))
	}
	if p.Relook(w) != nil {
		t.Error("the same is looked up again")
	}
	for _, other := range []Wanted{{Query: stats.Query{Columns: 6}, Order: asRun{}}, {Query: w.Query, Order: turned{}}} {
		msg := arrived(t, p, p.Relook(other))
		if p.At != 9*time.Second || !msg.Wanted.same(other) {
			t.Errorf("looking again leads to %v", p.At)
		}
	}
	if msg := p.Step(Step{}, Wanted{Order: turned{}})().(Moment); !slices.Equal(msg.Sorted, []int{1, 0}) || msg.Above != 1 {
		t.Errorf("turned round the order is %v, %d above", msg.Sorted, msg.Above)
	}
}

func TestWhatIsWithinReachStaysWhileTheScreenIsFrozen(t *testing.T) {
	known, hub := ten(t)
	p := New(known)
	p.Freeze(10 * time.Second)
	arrived(t, &p, p.Step(ByTime(-time.Second), Wanted{Order: asRun{}}))
	for i := 11; i < 60; i++ {
		hub.Publish(event.Event{Kind: event.BatchStarted, At: time.Duration(i) * time.Second, Batch: i + 1, Sensor: event.NoSensor})
	}
	if arrived(t, &p, p.Step(ByTime(time.Hour), Wanted{Order: asRun{}})); p.At != 10*time.Second {
		t.Errorf("the end of the past is at %v, and the screen was frozen at 10 s", p.At)
	}
	if got := p.Status(nil); got != "FROZEN 0.0 s back (10.0 s kept)" {
		t.Errorf("the header says %q", got)
	}
}

func TestAFrozenScreenOfARunWithADateSaysByTheClockHowFarBackItGoes(t *testing.T) {
	run := &event.Run{Start: time.Date(2026, time.November, 26, 3, 0, 0, 0, time.UTC)}
	p := Past{Frozen: true, At: 4 * time.Minute, from: 2 * time.Minute, now: 6*time.Minute + 27*time.Second}
	if got := p.Status(run); got != "FROZEN 2 min 27 s back (kept from 03:02:00)" {
		t.Errorf("the header says %q", got)
	}
}

func TestARunThatWasStartedAnewHasNoPast(t *testing.T) {
	known := history.New(stats.New())
	p := New(known)
	p.Freeze(time.Second)
	msg := p.Step(ByTime(-time.Second), Wanted{Order: asRun{}})().(Moment)
	if !p.Take(msg) || msg.Snap.Run != nil {
		t.Errorf("of nothing there is %+v", msg.Snap.Run)
	}
}

// 16 MiB of events are less than the last ten minutes where many come.
func TestTheHeaderSaysHowFarBackTheEventsKeptReach(t *testing.T) {
	known := history.New(stats.New())
	hub := event.NewHub(known)
	rig := eventtest.Publisher{Hub: hub}
	rig.Start(1)
	const calls = 200_000
	for i := range calls {
		rig.Call(time.Duration(i)*time.Millisecond, eventtest.Live(time.Millisecond))
	}
	p := New(known)
	p.Freeze(calls * time.Millisecond)
	arrived(t, &p, p.Step(ByTime(-time.Hour), Wanted{Order: asRun{}}))
	var back, kept float64
	if _, err := fmt.Sscanf(p.Status(nil), "FROZEN %f s back (%f s kept)", &back, &kept); err != nil || back != kept || kept < 138 || kept > 178 {
		t.Errorf("the header says %q", p.Status(nil))
	}
}
