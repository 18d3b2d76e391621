package stats

import (
	"runtime"
	"testing"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/engine/event/eventtest"
)

// feed gives an aggregator a call of each of the first few endpoints every so often, in the
// time from and until. One in ten fails, and outages come and go.
func feed(a *Aggregator, endpoints int, from, until, every time.Duration) {
	failed := missing(40 * ms)
	for at := from; at < until; at += every {
		for i := range endpoints {
			c := eventtest.Live((20 + at/time.Second%90) * ms)
			if at/every%10 == 0 {
				c = failed
			}
			c.Start = at
			a.Observe(&event.Event{Kind: event.CallEnded, Sensor: i, At: at + c.Took, Call: c})
		}
	}
}

func heap() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// Five hundred endpoints take thirty megabytes at most, and twenty-five after an hour.
func TestTheMemoryOfAnEndpointIsBounded(t *testing.T) {
	const fed, day = 20, 24 * time.Hour
	before := heap()
	a := New()
	a.Observe(&event.Event{Kind: event.RunStarted, Sensor: event.NoSensor, Run: realRun(500)})
	started := heap()
	feed(a, fed, 0, time.Hour, time.Second)
	hour := heap()
	feed(a, fed, time.Hour, 8*day, 5*time.Minute)
	feed(a, fed, 8*day, 8*day+time.Hour, time.Second)
	week := heap()
	feed(a, fed, 8*day+time.Hour, 16*day, 5*time.Minute)
	feed(a, fed, 16*day, 16*day+time.Hour, time.Second)
	later := heap()
	empty := (started - before) / 500
	afterHour, afterWeek, afterTwo := empty+(hour-started)/fed, empty+(week-started)/fed, empty+(later-started)/fed
	t.Logf("bytes of an endpoint: %d at first, %d after an hour, %d after eight days, %d after sixteen", empty, afterHour, afterWeek, afterTwo)
	if afterHour > 50<<10 || afterTwo > 64<<10 || afterTwo > afterWeek+1<<10 {
		t.Error("that is too much")
	}
	runtime.KeepAlive(a)
}

// The past of a run is copies of the counts, of which an endpoint that goes on owns only what
// was counted since.
func TestACopyOfAnEndpointSharesWhatIsNotCountedAnyMore(t *testing.T) {
	const fed = 20
	a := New()
	a.Observe(&event.Event{Kind: event.RunStarted, Sensor: event.NoSensor, Run: realRun(500)})
	feed(a, fed, 0, 6*time.Hour, 10*time.Second)
	before := heap()
	copied := a.Clone()
	feed(a, fed, 6*time.Hour, 6*time.Hour+time.Minute, time.Second)
	own := (heap() - before) / fed
	t.Logf("%d bytes of a copied endpoint are its own after a minute", own)
	if own > 28<<10 {
		t.Error("that is too much")
	}
	runtime.KeepAlive(a)
	runtime.KeepAlive(copied)
}
