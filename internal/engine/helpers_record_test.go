package engine_test

import (
	"bytes"
	"testing"

	"resiltui/internal/engine/event"
	"resiltui/internal/stats"
)

// recorder keeps every event of a hub, and counts them with an aggregator beside.
type recorder struct {
	hub        *event.Hub
	aggregator *stats.Aggregator
	events     []event.Event
	// on is called with each event as it is published; nil is nothing.
	on func(e *event.Event)
}

func newRecorder() *recorder {
	r := &recorder{aggregator: stats.New()}
	r.hub = event.NewHub(r.aggregator, r)
	return r
}

// Observe implements event.Observer.
func (r *recorder) Observe(e *event.Event) {
	r.events = append(r.events, *e)
	if r.on != nil {
		r.on(e)
	}
}

// all returns what was published so far.
func (r *recorder) all() (events []event.Event) {
	r.hub.Read(func() { events = append(events, r.events...) })
	return events
}

// of returns the events of a kind.
func (r *recorder) of(kind event.Kind) []event.Event { return ofKind(r.all(), kind) }

// calls returns the calls of a sensor.
func (r *recorder) calls(sensor int) (calls []event.Call) {
	for _, e := range r.of(event.CallEnded) {
		if e.Sensor == sensor {
			calls = append(calls, e.Call)
		}
	}
	return calls
}

// snapshot is all that the aggregator can tell.
func (r *recorder) snapshot() (s stats.Snapshot) {
	r.hub.Read(func() {
		s = r.aggregator.Snapshot(stats.Query{Columns: stats.MaxColumns, Batches: stats.MaxBatches, Lines: stats.MaxLines})
	})
	return s
}

func ofKind(events []event.Event, kind event.Kind) (found []event.Event) {
	for _, e := range events {
		if e.Kind == kind {
			found = append(found, e)
		}
	}
	return found
}

// texts are what the commands among events said.
func texts(events []event.Event) (said []string) {
	for _, e := range ofKind(events, event.CommandTaken) {
		if e.Taken.Text != "" {
			said = append(said, e.Taken.Text)
		}
	}
	return said
}

// logOf writes events as the event log does.
func logOf(t testing.TB, events []event.Event) []byte {
	t.Helper()
	var log event.Log
	var lines []byte
	for i := range events {
		lines = log.Append(lines, &events[i])
	}
	if bytes.Contains(lines, []byte("unwritable")) {
		t.Fatal("an event cannot be written")
	}
	return lines
}
