package event

import (
	"sync"
	"testing"
)

// E2: events out of order. Many publish, many read, some come and go.
func TestBugE2ReadersSeeTheOneOrderWhoeverPublishes(t *testing.T) {
	const publishers, each, readers = 4, 3000, 3
	r := &recorder{}
	h := NewHub(r)
	stop := make(chan struct{})
	var pub, read sync.WaitGroup
	for range readers {
		sub := h.Subscribe()
		read.Go(func() { readInOrder(t, sub, stop) })
	}
	read.Go(func() { comeAndGo(h, stop) })
	for p := range publishers {
		pub.Go(func() {
			for range each {
				h.Publish(Event{Kind: BatchStarted, Sensor: p})
			}
		})
	}
	pub.Wait()
	close(stop)
	read.Wait()
	for i, seq := range r.seqs {
		if seq != uint64(i+1) {
			t.Fatalf("observed as %d-th: number %d", i+1, seq)
		}
	}
	if len(r.seqs) != publishers*each {
		t.Errorf("observed %d events, want %d", len(r.seqs), publishers*each)
	}
	if len(h.subs) != 0 {
		t.Errorf("%d subscriptions are left", len(h.subs))
	}
}

// readInOrder drains until stop, and a last time; what was lost must be the
// very gap in the numbers.
func readInOrder(t *testing.T, sub *Subscription, stop <-chan struct{}) {
	defer sub.Close()
	var events []Event
	next := uint64(1)
	for last := false; ; {
		var lost uint64
		events, lost = sub.Drain(events[:0])
		next += lost
		for _, e := range events {
			if e.Seq != next {
				t.Errorf("got number %d, want %d", e.Seq, next)
				return
			}
			next++
		}
		if last {
			return
		}
		select {
		case <-sub.C():
		case <-stop:
			last = true
		}
	}
}

// comeAndGo subscribes and leaves, closing from two goroutines while a third
// drains.
func comeAndGo(h *Hub, stop <-chan struct{}) {
	for {
		select {
		case <-stop:
			return
		default:
		}
		sub := h.Subscribe()
		var wg sync.WaitGroup
		wg.Go(func() { sub.Drain(nil) })
		wg.Go(sub.Close)
		wg.Go(sub.Close)
		wg.Go(func() { h.Read(func() {}) })
		wg.Wait()
	}
}
