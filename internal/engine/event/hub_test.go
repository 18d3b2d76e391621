package event

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestEventsAreNumberedFromOneAndAnewAtEachStart(t *testing.T) {
	r := &recorder{}
	h := NewHub(r)
	publish(h, 2) // before any run
	h.Publish(Event{Kind: RunStarted, Run: &Run{}})
	publish(h, 3)
	h.Publish(Event{Kind: RunStarted, Run: &Run{}, Seq: 99}) // a number of its own is not kept
	publish(h, 1)
	if want := []uint64{1, 2, 1, 2, 3, 4, 1, 2}; !slices.Equal(r.seqs, want) {
		t.Errorf("numbers are %v, want %v", r.seqs, want)
	}
}

func TestEveryObserverSeesEveryEventInOrder(t *testing.T) {
	a, b := &recorder{}, &recorder{}
	h := NewHub(a, b)
	sub := h.Subscribe()
	defer sub.Close()
	publish(h, RingSize+5) // more than the ring holds
	for name, r := range map[string]*recorder{"first": a, "second": b} {
		for i, seq := range r.seqs {
			if seq != uint64(i+1) {
				t.Fatalf("%s observer: event %d has number %d", name, i+1, seq)
			}
		}
		if len(r.seqs) != RingSize+5 {
			t.Errorf("%s observer saw %d events, want %d", name, len(r.seqs), RingSize+5)
		}
	}
}

// E5: a slow screen freezes the engine.
func TestBugE5ASubscriberThatNeverDrainsBlocksNobodyAndLearnsWhatItLost(t *testing.T) {
	for _, n := range []int{0, 1, RingSize - 1, RingSize, RingSize + 1, 3*RingSize + 7} {
		r := &recorder{}
		h := NewHub(r)
		idle, other := h.Subscribe(), h.Subscribe()
		publish(h, n) // returns, though nobody reads
		if len(r.seqs) != n {
			t.Errorf("%d events: the observer saw %d", n, len(r.seqs))
		}
		for _, s := range []*Subscription{idle, other} {
			events, lost := s.Drain(nil)
			kept := min(n, RingSize)
			if len(events) != kept || lost != uint64(n-kept) {
				t.Errorf("%d events: %d kept and %d lost, want %d and %d", n, len(events), lost, kept, n-kept)
			}
			for i, e := range events {
				if want := uint64(n - kept + i + 1); e.Seq != want {
					t.Fatalf("%d events: place %d has number %d, want %d", n, i, e.Seq, want)
				}
			}
			if events, lost := s.Drain(nil); len(events) != 0 || lost != 0 {
				t.Errorf("%d events: drained again, %d events and %d lost", n, len(events), lost)
			}
		}
	}
}

func TestASubscriptionBeginsAtThePresent(t *testing.T) {
	h := NewHub()
	first := h.Subscribe()
	publish(h, 3)
	second := h.Subscribe()
	publish(h, 2)
	if events, _ := first.Drain(nil); !slices.Equal(seqs(events), []uint64{1, 2, 3, 4, 5}) {
		t.Errorf("the first got %v", seqs(events))
	}
	if events, _ := second.Drain(nil); !slices.Equal(seqs(events), []uint64{4, 5}) {
		t.Errorf("the second got %v", seqs(events))
	}
}

func TestASubscriptionToSomeEventsIsSignalledByAll(t *testing.T) {
	h := NewHub()
	all, some := h.Subscribe(), h.SubscribeTo(Special)
	defer all.Close()
	defer some.Close()
	for range RingSize { // more than the ring holds, but the others do not go there
		h.Publish(Event{Kind: CallEnded, Call: Call{Attempts: 1}})
		h.Publish(Event{Kind: CallEnded})
	}
	select {
	case <-some.C():
	default:
		t.Error("no signal")
	}
	if events, lost := some.Drain(nil); len(events) != 0 || lost != 0 {
		t.Errorf("%d events and %d lost, want none", len(events), lost)
	}
	h.Publish(Event{Kind: CallEnded, Call: Call{Attempts: 2}})
	h.Publish(Event{Kind: CallEnded, Call: Call{Attempts: 1}})
	h.Publish(Event{Kind: StateChanged})
	if events, _ := some.Drain(nil); !slices.Equal(seqs(events), []uint64{2*RingSize + 1, 2*RingSize + 3}) {
		t.Errorf("got %v", seqs(events))
	}
	if events, lost := all.Drain(nil); len(events) != RingSize || lost != RingSize+3 {
		t.Errorf("the other one got %d events and lost %d", len(events), lost)
	}
}

func TestDrainAppends(t *testing.T) {
	h := NewHub()
	sub := h.Subscribe()
	publish(h, 2)
	events, _ := sub.Drain([]Event{{Seq: 77}})
	if !slices.Equal(seqs(events), []uint64{77, 1, 2}) {
		t.Errorf("got %v", seqs(events))
	}
}

func TestTheSignalIsThereWhileSomethingIsNew(t *testing.T) {
	h := NewHub()
	sub := h.Subscribe()
	signalled := func() bool {
		select {
		case <-sub.C():
			return true
		default:
			return false
		}
	}
	if signalled() {
		t.Error("a new subscription is signalled before anything happened")
	}
	publish(h, 5)
	if !signalled() {
		t.Error("five events gave no signal")
	}
	if signalled() {
		t.Error("five events gave two signals")
	}
	publish(h, 1)
	sub.Drain(nil) // a reader that looked in by itself
	if signalled() {
		t.Error("woken for events that were read already")
	}
	publish(h, 1)
	if !signalled() {
		t.Error("no signal after a drain")
	}
	sub.Close()
	publish(h, 1)
	if signalled() {
		t.Error("a closed subscription is signalled")
	}
}

func TestCloseEndsOneSubscriptionAndMayBeRepeated(t *testing.T) {
	h := NewHub()
	a, b, c := h.Subscribe(), h.Subscribe(), h.Subscribe()
	publish(h, 1)
	b.Close()
	b.Close()
	publish(h, 1)
	for name, s := range map[string]*Subscription{"a": a, "c": c} {
		if events, _ := s.Drain(nil); len(events) != 2 {
			t.Errorf("%s got %d events, want 2", name, len(events))
		}
	}
	if events, lost := b.Drain(nil); len(events) != 0 || lost != 0 {
		t.Errorf("the closed one got %d events, lost %d", len(events), lost)
	}
	a.Close()
	c.Close()
	b.Close()
	if len(h.subs) != 0 {
		t.Errorf("%d subscriptions are left", len(h.subs))
	}
}

func TestReadSeesNothingHalfDone(t *testing.T) {
	r := &recorder{}
	h := NewHub(r)
	publish(h, 3)
	h.Read(func() {
		if len(r.seqs) != 3 {
			t.Errorf("%d events are observed, want 3", len(r.seqs))
		}
		if h.mu.TryLock() {
			t.Error("an event could be published meanwhile")
		}
	})
	publish(h, 1) // the lock was given back
}

// Whatever the order of publishing, draining, subscribing and closing, every
// subscription gets each event once, in order, or counts it as lost.
func TestEachEventIsReadOrCountedAsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		type reader struct {
			sub  *Subscription
			next uint64 // the number expected
		}
		r := &recorder{}
		h := NewHub(r)
		var readers []*reader
		var published uint64
		drain := func(rd *reader) {
			events, lost := rd.sub.Drain(nil)
			rd.next += lost
			for _, e := range events {
				if e.Seq != rd.next {
					t.Fatalf("got number %d, want %d", e.Seq, rd.next)
				}
				rd.next++
			}
			if rd.next != published+1 {
				t.Fatalf("read up to %d of %d", rd.next-1, published)
			}
			if lost > 0 && len(events) != RingSize {
				t.Fatalf("lost %d while only %d were kept", lost, len(events))
			}
		}
		t.Repeat(map[string]func(*rapid.T){
			"publish": func(t *rapid.T) {
				n := rapid.IntRange(0, 5).Draw(t, "n")
				if rapid.IntRange(0, 9).Draw(t, "much") == 9 {
					n += RingSize - 2
				}
				publish(h, n)
				published += uint64(n)
			},
			"subscribe": func(t *rapid.T) {
				readers = append(readers, &reader{h.Subscribe(), published + 1})
			},
			"drain": func(t *rapid.T) {
				if len(readers) > 0 {
					drain(rapid.SampledFrom(readers).Draw(t, "reader"))
				}
			},
			"close": func(t *rapid.T) {
				if len(readers) > 0 {
					i := rapid.IntRange(0, len(readers)-1).Draw(t, "i")
					readers[i].sub.Close()
					readers = slices.Delete(readers, i, i+1)
				}
			},
		})
		for _, rd := range readers {
			drain(rd)
		}
		if uint64(len(r.seqs)) != published {
			t.Fatalf("observed %d of %d", len(r.seqs), published)
		}
	})
}

func TestAnEventThatIsLentIsNumberedInItsPlaceAndCopiedForSubscribers(t *testing.T) {
	r := &recorder{}
	h := NewHub(r)
	publish(h, 1)
	e := Event{Kind: CallEnded, Batch: 3}
	h.PublishInPlace(&e)
	if e.Seq != 2 || !slices.Equal(r.seqs, []uint64{1, 2}) {
		t.Errorf("it has number %d, and observers saw %v", e.Seq, r.seqs)
	}
	sub := h.Subscribe()
	defer sub.Close()
	h.PublishInPlace(&e)
	e = Event{} // the caller goes on to use it
	if got, _ := sub.Drain(nil); len(got) != 1 || got[0].Seq != 3 || got[0].Batch != 3 {
		t.Errorf("the subscriber got %+v", got)
	}
}
