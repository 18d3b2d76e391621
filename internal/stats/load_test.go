package stats

import (
	"testing"

	"resiltui/internal/engine/event"
	"resiltui/internal/engine/event/eventtest"
)

func TestTheLoadIsThatOfTheNewestBatchThatIsOver(t *testing.T) {
	r := newRig(2)
	inFlight := func() int { return r.aggregator.Snapshot(Query{}).Sensors[0].InFlight }
	call := func(batch, n int) {
		r.Publish(event.Event{Kind: event.CallEnded, Batch: batch, Call: event.Call{Result: event.Live, InFlight: n}})
	}
	over := func(batch int) {
		r.Publish(event.Event{Kind: event.BatchEnded, Batch: batch, Sensor: event.NoSensor})
	}
	steps := []struct {
		name string
		do   func()
		want int
	}{
		{"nothing has ended", func() {}, 0},
		{"the first batch is under way", func() { call(1, 1); call(1, 3); call(1, 2) }, 0},
		{"it is over", func() { over(1) }, 3},
		{"the second is under way, which does not make it flicker", func() { call(2, 1) }, 3},
		{"it is over", func() { call(2, 4); over(2) }, 4},
		{"every call was refused, one after the other", func() { call(3, 1); call(3, 1); over(3) }, 1},
	}
	for _, s := range steps {
		s.do()
		if got := inFlight(); got != s.want {
			t.Errorf("%s: %d in flight, want %d", s.name, got, s.want)
		}
	}
	if other := r.aggregator.Snapshot(Query{}).Sensors[1].InFlight; other != 0 {
		t.Errorf("a sensor that was not called has %d in flight", other)
	}
}

func TestTheNaivePipelineSendsOneAttemptACall(t *testing.T) {
	for callers, want := range map[int]uint64{0: 10, 1: 10, 4: 40} {
		r := rig{aggregator: New()}
		r.Hub = event.NewHub(r.aggregator)
		run := eventtest.Run(5)
		run.Callers = callers
		r.Publish(event.Event{Kind: event.RunStarted, Sensor: event.NoSensor, Run: run})
		for batch := range 2 {
			r.Publish(event.Event{Kind: event.BatchEnded, Batch: batch + 1, Sensor: event.NoSensor})
		}
		if got := r.aggregator.Snapshot(Query{}).Pipeline.NaiveAttempts; got != want {
			t.Errorf("%d callers: %d attempts, want %d", callers, got, want)
		}
	}
}
