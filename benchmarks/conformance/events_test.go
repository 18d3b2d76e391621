package conformance

import (
	"bytes"
	"runtime"
	"sync"
	"testing"
	"time"
)

const disordered = "the changes were told in another order than they happened in"

// eventRows are listeners and reads.
func eventRows() []row {
	return []row{
		{
			id: "E1", bug: "a listener that reads the breaker deadlocks",
			asks: "The listener asks for the state.",
			play: readInListener, real: true,
			fails: both("the listener waits for ever: it is called with the lock held that reading needs", ""),
		},
		{
			id: "E2", bug: "events out of order",
			asks: "8 goroutines, and one listener that takes 10 s over an opening: each change begins with the state that the one before led to.",
			play: eventsInOrder, fails: both("", disordered),
			note: map[string]string{
				"resiltui":    "the changes that come meanwhile wait in memory",
				"gobreaker":   "the listener holds the lock, so while it runs every call waits; the slow listener was therefore left out",
				"failsafe-go": "the lock is given up around the listener, so several run at a time and the faster one is done first",
			},
		},
		{
			id: "E4", bug: "shown as open long after the delay, for want of traffic",
			asks: "No call comes: one can read that a probe is due once the delay is over, and not before.",
			play: dueWithoutCalls,
			note: map[string]string{
				"gobreaker":   "reading makes the change: State calls the listener",
				"failsafe-go": "State still says open; RemainingDelay is 0",
			},
		},
	}
}

func readInListener(t *testing.T, l library) string {
	var r *rig
	reads, stopped := 0, false
	read := make(chan struct{})
	r = l.rig(t, settings{told: func(_, _ string) {
		reads++
		go readState(r, read)
		// The mutex is never free while this listener runs, or always.
		for seen := 0; seen < 100 && !stopped; runtime.Gosched() {
			select {
			case <-read:
				return
			default:
			}
			if waitsForLock("conformance.readState") {
				seen++
			}
			stopped = seen == 100
		}
	}})
	r.call(bad)
	if stopped {
		<-read
		return "the listener waits for ever: it is called with the lock held that reading needs"
	}
	if reads != 1 {
		t.Fatalf("the listener was called %d times", reads)
	}
	return ""
}

// readState has a name of its own, by which it is found among the goroutines.
func readState(r *rig, done chan<- struct{}) {
	r.state()
	close(done)
}

// waitsForLock reports whether a goroutine that was started with the function
// waits for a mutex. It takes the place of a time limit, which would be a guess.
func waitsForLock(function string) bool {
	buf := make([]byte, 1<<20)
	for g := range bytes.SplitSeq(buf[:runtime.Stack(buf, true)], []byte("\n\n")) {
		head, rest, _ := bytes.Cut(g, []byte("\n"))
		if bytes.Contains(head, []byte("[sync.Mutex.Lock")) && bytes.Contains(rest, []byte(function)) {
			return true
		}
	}
	return false
}

// changes is what a listener was told, in the order in which it was done.
type changes struct {
	mu   sync.Mutex
	list [][2]string
}

func (c *changes) add(from, to string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.list = append(c.list, [2]string{from, to})
}

func (c *changes) inOrder() bool {
	state := closed
	for _, change := range c.list {
		if change[0] != state {
			return false
		}
		state = change[1]
	}
	return true
}

func eventsInOrder(t *testing.T, l library) string {
	if !eventsOfMany(t, l) || !l.locked && !eventsOfSlowListener(t, l) {
		return disordered
	}
	return ""
}

func eventsOfMany(t *testing.T, l library) bool {
	var seen changes
	r := l.rig(t, settings{openFor: 1, told: func(from, to string) {
		runtime.Gosched()
		seen.add(from, to)
	}})
	var wg sync.WaitGroup
	for w := range 8 {
		wg.Go(func() {
			for i := range 300 {
				time.Sleep(2 * time.Nanosecond)
				if end, ok := r.acquire(); ok {
					end(outcome((w + i) % 2))
				}
			}
		})
	}
	wg.Wait()
	if len(seen.list) < 100 {
		t.Fatalf("only %d changes", len(seen.list))
	}
	return seen.inOrder()
}

func eventsOfSlowListener(t *testing.T, l library) bool {
	var seen changes
	r := l.rig(t, settings{told: func(from, to string) {
		if to == open {
			time.Sleep(10 * time.Second)
		}
		seen.add(from, to)
	}})
	var wg sync.WaitGroup
	wg.Go(func() { r.call(bad) })
	time.Sleep(5 * time.Second)
	r.call(good)
	wg.Wait()
	if len(seen.list) != 3 {
		t.Fatalf("changes: %v", seen.list)
	}
	return seen.inOrder()
}

func dueWithoutCalls(t *testing.T, l library) string {
	r := l.rig(t, settings{})
	r.trip()
	time.Sleep(r.set.openFor - time.Millisecond)
	if r.due() {
		return "a probe is said to be due before the delay is over"
	}
	time.Sleep(time.Hour)
	if !r.due() {
		return "an hour later nothing says that a probe is due"
	}
	return ""
}
