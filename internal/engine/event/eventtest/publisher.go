package eventtest

import (
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
)

// Publisher publishes the events of an invented run.
type Publisher struct{ *event.Hub }

// Start starts a run of n sensors.
func (p Publisher) Start(n int) {
	p.Publish(event.Event{Kind: event.RunStarted, Sensor: event.NoSensor, Run: Run(n)})
}

// Call publishes a call of S0 that ended at the given time.
func (p Publisher) Call(at time.Duration, c event.Call) {
	c.Start = at - c.Took
	p.Publish(event.Event{Kind: event.CallEnded, At: at, Batch: int(at/(500*time.Millisecond)) + 1, Call: c})
}

// Change publishes a change of the state of S0.
func (p Publisher) Change(at time.Duration, c event.Change) {
	c.Circuit.State, c.Circuit.Since = c.To, at
	p.Publish(event.Event{Kind: event.StateChanged, At: at, Change: &c})
}

// Fault publishes that a fault of S0 began or ended, as the kind says.
func (p Publisher) Fault(kind event.Kind, at time.Duration, f event.Fault) {
	p.Publish(event.Event{Kind: kind, At: at, Fault: &f})
}

// Churn publishes n batches that touch everything that a snapshot shows.
func (p Publisher) Churn(from, n int) {
	for i := from; i < from+n; i++ {
		at := time.Duration(i) * 100 * time.Millisecond
		c := Live(time.Duration(i%900+1) * time.Millisecond)
		switch i % 4 {
		case 1:
			c = Failed(i%5 + 1)
		case 2:
			c = FastFail()
		}
		p.Fault(event.FaultBegan, at, event.Fault{Label: "crash"})
		p.Call(at, c)
		p.Fault(event.FaultEnded, at+1, event.Fault{Label: "crash", Lasted: 1})
		p.Change(at, event.Change{From: breaker.Closed, To: breaker.Open, Count: i})
		p.Publish(event.Event{Kind: event.BatchEnded, Sensor: event.NoSensor, Batch: i, Round: event.Round{Delivered: i%2 == 0}})
	}
}
