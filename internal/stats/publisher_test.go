package stats

import (
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/event/eventtest"
)

// publisher tells of a made-up run.
type publisher struct{ *event.Hub }

// start starts a run of n sensors.
func (p publisher) start(n int) {
	p.Publish(event.Event{Kind: event.RunStarted, Sensor: event.NoSensor, Run: eventtest.Run(n)})
}

// call publishes a call of S0 that ended at the given time.
func (p publisher) call(at time.Duration, c event.Call) {
	c.Start = at - c.Took
	p.Publish(event.Event{Kind: event.CallEnded, At: at, Batch: int(at/(500*time.Millisecond)) + 1, Call: c})
}

// change publishes a change of the state of S0.
func (p publisher) change(at time.Duration, c event.Change) {
	c.Circuit.State, c.Circuit.Since = c.To, at
	p.Publish(event.Event{Kind: event.StateChanged, At: at, Change: &c})
}

// fault publishes that a fault of S0 began or ended, as the kind says.
func (p publisher) fault(kind event.Kind, at time.Duration, f event.Fault) {
	p.Publish(event.Event{Kind: kind, At: at, Fault: &f})
}

// churn publishes n batches that touch everything that a snapshot shows.
func (p publisher) churn(from, n int) {
	for i := from; i < from+n; i++ {
		at := time.Duration(i) * 100 * time.Millisecond
		c := eventtest.Live(time.Duration(i%900+1) * time.Millisecond)
		switch i % 4 {
		case 1:
			c = eventtest.Failed(i%5 + 1)
		case 2:
			c = eventtest.Refused()
		}
		p.fault(event.FaultBegan, at, event.Fault{Label: "crash"})
		p.call(at, c)
		p.fault(event.FaultEnded, at+1, event.Fault{Label: "crash", Lasted: 1})
		p.change(at, event.Change{From: breaker.Closed, To: breaker.Open, Count: i})
		p.Publish(event.Event{Kind: event.BatchEnded, Sensor: event.NoSensor, Batch: i, Round: event.Round{Delivered: i%2 == 0}})
	}
}
