package event

import (
	"sync"
	"testing"
)

func TestABacklogMissesNothingWhatASubscriptionWouldMiss(t *testing.T) {
	b := NewBacklog()
	h := NewHub(b)
	s := h.Subscribe()
	defer s.Close()
	const n = 3 * RingSize
	for range n {
		h.Publish(Event{Kind: BatchStarted})
	}
	if _, lost := s.Drain(nil); lost == 0 {
		t.Fatal("the subscription has missed nothing, so this test shows nothing")
	}
	select {
	case <-b.C():
	default:
		t.Error("nobody is told that something is new")
	}
	events, lost := b.Drain(nil)
	if len(events) != n || lost != 0 {
		t.Fatalf("%d events and %d lost, want %d and 0", len(events), lost, n)
	}
	for i, e := range events {
		if e.Seq != uint64(i+1) {
			t.Fatalf("event %d has number %d", i, e.Seq)
		}
	}
}

func TestABacklogIsBoundedAndCountsWhatItLoses(t *testing.T) {
	b := NewBacklog()
	for range MaxBacklog + 7 {
		b.Observe(&Event{Kind: BatchStarted})
	}
	if events, lost := b.Drain(nil); len(events) != MaxBacklog || lost != 7 {
		t.Errorf("%d events and %d lost", len(events), lost)
	}
	b.Observe(&Event{Kind: BatchEnded})
	if events, lost := b.Drain(nil); len(events) != 1 || lost != 0 {
		t.Errorf("after that %d events and %d lost", len(events), lost)
	}
}

func TestAFullBacklogStillKeepsWhatStartsARun(t *testing.T) {
	b := NewBacklog()
	for range MaxBacklog + 1 {
		b.Observe(&Event{Kind: BatchStarted})
	}
	b.Observe(&Event{Kind: RunStarted, Run: testRun()})
	b.Observe(&Event{Kind: BatchStarted})
	events, lost := b.Drain(nil)
	if len(events) != MaxBacklog+1 || lost != 2 || events[MaxBacklog].Run == nil {
		t.Errorf("%d events and %d lost", len(events), lost)
	}
}

func TestADrainAppendsAndReusesTheReadersSlice(t *testing.T) {
	b := NewBacklog()
	b.Observe(&Event{Batch: 1})
	events, _ := b.Drain(make([]Event, 0, 8))
	b.Observe(&Event{Batch: 2})
	if events, _ = b.Drain(events); len(events) != 2 || events[0].Batch != 1 || events[1].Batch != 2 {
		t.Errorf("%+v", events)
	}
	b.Observe(&Event{Batch: 3})
	if events, _ = b.Drain(events[:0]); len(events) != 1 || events[0].Batch != 3 {
		t.Errorf("%+v", events)
	}
}

func TestABacklogIsReadWhileItGrows(t *testing.T) {
	b := NewBacklog()
	var writer sync.WaitGroup
	const n = 20_000
	writer.Go(func() {
		for i := range n {
			b.Observe(&Event{Batch: i})
		}
	})
	seen := 0
	var events []Event
	for seen < n {
		events, _ = b.Drain(events[:0])
		for _, e := range events {
			if e.Batch != seen {
				t.Fatalf("batch %d comes where %d should", e.Batch, seen)
			}
			seen++
		}
	}
	writer.Wait()
}
