package soak

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"resiltui/internal/engine"
	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/scenario"
	"resiltui/internal/sensors/fault"
	"resiltui/internal/stats"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// recorder keeps all events.
type recorder struct{ events []event.Event }

func (r *recorder) Observe(e *event.Event) { r.events = append(r.events, *e) }

// story is a run in which everything happens that a Checker looks at.
func story(t *testing.T) []event.Event {
	t.Helper()
	config := scenario.Pipeline().Config(scenario.DefaultSeed)
	config.Batches = 60
	crash, slow := fault.Default(fault.Crash), fault.Default(fault.Slow)
	slow.Until = 2 * time.Second
	tuned := config.Members[1].Policy
	tuned.Retry.MaxAttempts = 5
	config.Script = []engine.Scripted{
		{Batch: 5, Command: event.Command{Op: event.Tune, Sensors: []int{1}, Policy: tuned}},
		{Batch: 10, Command: event.Command{Op: event.Inject, Sensors: []int{3}, Fault: crash}},
		{Batch: 12, Command: event.Command{Op: event.Inject, Sensors: []int{1}, Fault: slow}},
		{Batch: 20, Command: event.Command{Op: event.Recover, Sensors: []int{3}}},
		{Batch: 40, Command: event.Command{Op: event.ToggleForced, Sensors: []int{0}}},
	}
	r := &recorder{}
	if err := engine.Play(t.Context(), event.NewHub(r), config); err != nil {
		t.Fatal(err)
	}
	return r.events
}

// check passes events as they are to an aggregator and a Checker.
func check(events []event.Event, with func(*Checker)) *Checker {
	c := &Checker{Aggregator: stats.New()}
	if with != nil {
		with(c)
	}
	for i := range events {
		c.Aggregator.Observe(&events[i])
		c.Observe(&events[i])
	}
	return c
}

func TestASoundRunViolatesNothing(t *testing.T) {
	events := story(t)
	c := check(events, nil)
	if found, n := c.Found(); n > 0 {
		t.Errorf("%d violations: %s", n, strings.Join(found, "\n"))
	}
	if c.Reads() != 300 || c.Batches() != 60 {
		t.Errorf("%d reads in %d batches", c.Reads(), c.Batches())
	}
	// A run that starts anew begins a new book.
	if _, n := check(append(slices.Clone(events), events...), nil).Found(); n > 0 {
		t.Errorf("%d violations in the second run", n)
	}
}

// Each row spoils one event of a sound run.
func TestTheCheckerFindsWhatIsWrong(t *testing.T) {
	call := func(want event.Result) func(e *event.Event) bool {
		return func(e *event.Event) bool { return e.Kind == event.CallEnded && e.Call.Result == want && e.Call.Served }
	}
	kind := func(k event.Kind) func(e *event.Event) bool {
		return func(e *event.Event) bool { return e.Kind == k }
	}
	change := func(e *event.Event, spoil func(*event.Change)) {
		c := *e.Change
		spoil(&c)
		e.Change = &c
	}
	fault := func(e *event.Event, spoil func(*event.Fault)) {
		f := *e.Fault
		spoil(&f)
		e.Fault = &f
	}
	rows := []struct {
		name  string
		which func(e *event.Event) bool
		spoil func(e *event.Event)
		says  string
	}{
		{"an event is missing", kind(event.BatchEnded), func(e *event.Event) { e.Seq++ }, "follows on event"},
		{"time goes back", kind(event.BatchEnded), func(e *event.Event) { e.At -= time.Second }, "comes after an event at"},
		{"a batch is skipped", kind(event.BatchStarted), func(e *event.Event) { e.Batch++ }, "the batch begins after"},
		{"a batch ends twice", kind(event.CallEnded), func(e *event.Event) { e.Kind = event.BatchEnded }, "the batch ends after"},
		{"a call is counted twice", call(event.Live), func(e *event.Event) { e.Call.Number++ }, "call 2 is the 1th"},
		{"a call is longer than it was", call(event.Live), func(e *event.Event) { e.Call.Took++ }, "it took"},
		{"an attempt too many", call(event.Stale), func(e *event.Event) { e.Call.Attempts = 4 }, "4 attempts of 3"},
		{"the call saw another circuit", call(event.Live), func(e *event.Event) { e.Call.Circuit.State = breaker.Open }, "the call saw the circuit"},
		{"a fault is not seen", call(event.Live), func(e *event.Event) { e.Call.Faulted = true }, "faulted: true"},
		{"an opening is not counted", call(event.FastFail), func(e *event.Event) { e.Call.Circuit.Opens++ }, "the circuit opened"},
		{"a refused call was admitted", call(event.FastFail), func(e *event.Event) { e.Call.Admitted = true }, "fast-fail, admitted: true"},
		{"a live value is not live", call(event.Live), func(e *event.Event) { e.Call.Quality++ }, "live with quality"},
		{"a live value of before", call(event.Live), func(e *event.Event) { e.Call.SourceAt = -1 }, "a live value of"},
		{"a substitute from nowhere", call(event.Stale), func(e *event.Event) { e.Call.SourceAt++ }, "the last good value is of"},
		{"a wrong substitute", call(event.Stale), func(e *event.Event) { e.Call.Value++ }, "the substitute is"},
		{"a value is withheld", call(event.FastFail), func(e *event.Event) { e.Call.Served = false }, "nothing was served"},
		{"transitions are no chain", kind(event.StateChanged), func(e *event.Event) {
			change(e, func(c *event.Change) { c.From = breaker.HalfOpen })
		}, "but it was"},
		{"a transition into another circuit", kind(event.StateChanged), func(e *event.Event) {
			change(e, func(c *event.Change) { c.Circuit.State = breaker.Disabled })
		}, "with the circuit"},
		{"a policy is changed in silence", kind(event.PolicyChanged), func(e *event.Event) {
			e.Kind, e.Taken = event.CommandTaken, &event.Taken{}
		}, "4 attempts of 3"},
		{"a fault begins twice", kind(event.FaultEnded), func(e *event.Event) { e.Kind = event.FaultBegan }, "begins while one"},
		{"a fault of earlier", kind(event.FaultBegan), func(e *event.Event) {
			fault(e, func(f *event.Fault) { f.Start-- })
		}, "began at"},
		{"a fault ends that never began", kind(event.FaultEnded), func(e *event.Event) { e.Sensor = 2 }, "ends that never began"},
		{"a fault lasts too long", kind(event.FaultEnded), func(e *event.Event) {
			fault(e, func(f *event.Fault) { f.Lasted += time.Hour })
		}, "lasted"},
	}
	sound := story(t)
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			events := slices.Clone(sound)
			i := slices.IndexFunc(events, func(e event.Event) bool { return row.which(&e) })
			if i < 0 {
				t.Fatal("the story has no such event")
			}
			row.spoil(&events[i])
			found, n := check(events, nil).Found()
			if n == 0 || !strings.Contains(strings.Join(found, "\n"), row.says) {
				t.Errorf("%d found: %s", n, strings.Join(found, "\n"))
			}
		})
	}
}

func TestTheCheckerFindsASubstituteThatIsTooOld(t *testing.T) {
	events := story(t)
	run := *events[0].Run
	run.Sensors = slices.Clone(run.Sensors)
	for i := range run.Sensors {
		run.Sensors[i].Policy.MaxAge = time.Second
	}
	events[0].Run = &run
	found, n := check(events, nil).Found()
	if n == 0 || !strings.Contains(strings.Join(found, "\n"), "at most 1s") || len(found) > maxFound {
		t.Errorf("%d found: %s", n, strings.Join(found, "\n"))
	}
}

func TestTheCheckerHoldsBreakersAndAggregatorAgainstTheEvents(t *testing.T) {
	strange, err := breaker.New(breaker.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	_, _ = breaker.Do(t.Context(), strange, func(context.Context) (int, error) { return 1, nil })
	found, _ := check(story(t), func(c *Checker) {
		c.Breakers = func() []*breaker.Breaker { return []*breaker.Breaker{strange} }
	}).Found()
	if !strings.Contains(strings.Join(found, "\n"), "the breaker counts") {
		t.Errorf("found: %s", strings.Join(found, "\n"))
	}

	events := story(t)
	c := &Checker{Aggregator: stats.New()}
	for i := range events {
		if events[i].Kind != event.CallEnded || events[i].Sensor != 4 {
			c.Aggregator.Observe(&events[i])
		}
		c.Observe(&events[i])
	}
	if found, _ := c.Found(); !strings.Contains(strings.Join(found, "\n"), "sensor 4: the aggregator counts") {
		t.Errorf("found: %s", strings.Join(found, "\n"))
	}
}
