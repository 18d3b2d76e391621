package model

import (
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
	known := history.New()
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
				From: breaker.Closed, To: breaker.Open, Circuit: event.Circuit{State: breaker.Open, Since: at},
			}})
		}
	}
	return known, hub
}

// asRun is the order of the run.
type asRun struct{}

func (asRun) Of(func(stats.Query) stats.Snapshot) []int { return nil }

// turned is the order of the run turned round.
type turned struct{}

func (turned) Of(read func(stats.Query) stats.Snapshot) (order []int) {
	for _, v := range read(stats.Query{}).Sensors {
		order = append(order, v.Index)
	}
	slices.Reverse(order)
	return order
}

// held is a screen that is frozen at ten seconds.
func held(t *testing.T) *past {
	t.Helper()
	known, _ := ten(t)
	p := newPast(known)
	if !p.freeze(10 * time.Second) {
		t.Fatal("a live screen is not frozen")
	}
	return &p
}

// arrived takes what a Cmd looked up.
func arrived(t *testing.T, p *past, cmd tea.Cmd) pastMsg {
	t.Helper()
	if cmd == nil {
		t.Fatal("nothing is looked up")
	}
	msg := cmd().(pastMsg)
	if !p.take(msg) {
		t.Fatal("what was looked up is not shown")
	}
	return msg
}

func TestStepsLeadThroughThePast(t *testing.T) {
	const s = time.Second
	for _, c := range []struct {
		what  string
		steps []step
		at    time.Duration
		says  string
	}{
		{"none", []step{{}}, 10 * s, ""},
		{"a batch back", []step{byBatches(-1)}, 9 * s, ""},
		{"three batches back and one forth", []step{byBatches(-1), byBatches(-1), byBatches(-1), byBatches(1)}, 8 * s, ""},
		{"forth from the newest", []step{byBatches(1)}, 10 * s, ""},
		{"before the first batch", []step{atTime(0), byBatches(-1)}, 0, "this is as far back as it reaches"},
		{"four seconds back", []step{byTime(-4 * s)}, 6 * s, ""},
		{"far back", []step{byTime(-time.Hour)}, 0, ""},
		{"far forth", []step{byTime(-4 * s), byTime(time.Hour)}, 10 * s, ""},
		{"a moment", []step{atTime(4 * s)}, 4 * s, ""},
		{"a moment before all", []step{atTime(-s)}, 0, "this is as far back as it reaches"},
		{"the last change", []step{byChange(true, event.NoSensor)}, 7 * s, "S0 boiler: CLOSED to OPEN"},
		{"two changes back", []step{byChange(true, event.NoSensor), byChange(true, event.NoSensor)}, 5 * s, "S1 intake: CLOSED to OPEN"},
		{"the last of one sensor", []step{byChange(true, 1)}, 5 * s, "S1 intake: CLOSED to OPEN"},
		{"two back of one sensor", []step{byChange(true, 0), byChange(true, 0)}, 3 * s, "S0 boiler: CLOSED to OPEN"},
		{"before the first", []step{atTime(s), byChange(true, event.NoSensor)}, s, "no earlier change of state within reach"},
		{"forth", []step{atTime(4 * s), byChange(false, event.NoSensor)}, 5 * s, "S1 intake: CLOSED to OPEN"},
		{"after the last", []step{byChange(false, event.NoSensor)}, 10 * s, "no later change of state"},
	} {
		p := held(t)
		for _, step := range c.steps {
			arrived(t, p, p.step(step, wanted{order: asRun{}}))
		}
		last := c.steps[len(c.steps)-1]
		p = held(t) // all in one go lead there too
		p.steps = c.steps[:len(c.steps)-1]
		msg := arrived(t, p, p.step(last, wanted{order: asRun{}}))
		if msg.at != c.at || msg.says != c.says || p.at != c.at || msg.snap.At > c.at {
			t.Errorf("%s leads to %v (%v), and says %q; want %v, %q", c.what, msg.at, msg.snap.At, msg.says, c.at, c.says)
		}
	}
}

func TestStepByStepIsTheSameAsAllInOneGo(t *testing.T) {
	p := held(t)
	for _, s := range []step{byBatches(-1), byChange(true, 0), byTime(-500 * time.Millisecond)} {
		arrived(t, p, p.step(s, wanted{order: asRun{}}))
	}
	if p.at != 6500*time.Millisecond {
		t.Errorf("one after the other they lead to %v", p.at)
	}
}

func TestStepsThatComeWhileOneIsLookedUpWait(t *testing.T) {
	p := held(t)
	w := wanted{order: asRun{}}
	first := p.step(byBatches(-1), w)
	for range 3 {
		if cmd := p.step(byBatches(-1), w); cmd != nil {
			t.Fatal("two are looked up at once")
		}
	}
	if arrived(t, p, first); p.at != 9*time.Second {
		t.Errorf("the first leads to %v", p.at)
	}
	if arrived(t, p, p.lookBack(w)); p.at != 6*time.Second {
		t.Errorf("the others lead to %v", p.at)
	}
	if p.lookBack(w) != nil {
		t.Error("more is looked up than was asked for")
	}
}

func TestAnAnswerForAnOlderFreezeComesTooLate(t *testing.T) {
	p := held(t)
	w := wanted{order: asRun{}}
	late := p.step(byBatches(-1), w)().(pastMsg)
	p.thaw()
	if p.take(late) || p.frozen {
		t.Error("it freezes a live screen")
	}
	p.freeze(10 * time.Second)
	if p.take(late) || p.at != 10*time.Second {
		t.Errorf("it leads the next freeze to %v", p.at)
	}
}

func TestAMomentIsLookedUpAgainOnlyForSomethingElse(t *testing.T) {
	p := held(t)
	w := wanted{query: stats.Query{Columns: 5}, order: asRun{}}
	if p.relook(w) != nil {
		t.Error("before anything was looked up there is something to look up again")
	}
	msg := arrived(t, p, p.step(byTime(-time.Second), w))
	if msg.sorted != nil || len(msg.snap.Sensors) != 2 {
		t.Errorf("in the order of the run it is %v of %d", msg.sorted, len(msg.snap.Sensors))
	}
	if p.relook(w) != nil {
		t.Error("the same is looked up again")
	}
	for _, other := range []wanted{{query: stats.Query{Columns: 6}, order: asRun{}}, {query: w.query, order: turned{}}} {
		msg := arrived(t, p, p.relook(other))
		if p.at != 9*time.Second || !msg.wanted.same(other) {
			t.Errorf("looking again leads to %v", p.at)
		}
	}
	if msg := p.step(step{}, wanted{order: turned{}})().(pastMsg); !slices.Equal(msg.sorted, []int{1, 0}) {
		t.Errorf("turned round the order is %v", msg.sorted)
	}
}

func TestWhatIsWithinReachStaysWhileTheScreenIsFrozen(t *testing.T) {
	known, hub := ten(t)
	p := newPast(known)
	p.freeze(10 * time.Second)
	arrived(t, &p, p.step(byTime(-time.Second), wanted{order: asRun{}}))
	for i := 11; i < 60; i++ {
		hub.Publish(event.Event{Kind: event.BatchStarted, At: time.Duration(i) * time.Second, Batch: i + 1, Sensor: event.NoSensor})
	}
	if arrived(t, &p, p.step(byTime(time.Hour), wanted{order: asRun{}})); p.at != 10*time.Second {
		t.Errorf("the end of the past is at %v, and the screen was frozen at 10 s", p.at)
	}
	if got := p.status(); got != "FROZEN 0.0 s back (10.0 s kept)" {
		t.Errorf("the header says %q", got)
	}
}

func TestARunThatWasStartedAnewHasNoPast(t *testing.T) {
	known := history.New()
	p := newPast(known)
	p.freeze(time.Second)
	msg := p.step(byTime(-time.Second), wanted{order: asRun{}})().(pastMsg)
	if !p.take(msg) || msg.snap.Run != nil {
		t.Errorf("of nothing there is %+v", msg.snap.Run)
	}
}
