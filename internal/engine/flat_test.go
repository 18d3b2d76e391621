package engine_test

import (
	"runtime"
	"testing"
	"time"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/sensors/fault"
	"resiltui/internal/stats"
)

// heapAt notes how much memory is in use after each hour of a run.
type heapAt struct {
	hour  time.Duration
	inUse []uint64
}

func (h *heapAt) Observe(e *event.Event) {
	if e.Kind != event.BatchEnded || e.At < time.Duration(len(h.inUse)+1)*h.hour {
		return
	}
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	h.inUse = append(h.inUse, m.HeapAlloc)
}

// A day of the pipeline, with a subscriber that never drains and with faults
// that come and go: memory is what it was after the first hour.
func TestBugF9ADayTakesNoMoreMemoryThanItsFirstHour(t *testing.T) {
	hours := 24
	if raceEnabled {
		hours = 3
	}
	const batchesAnHour = 7200
	var script []engine.Scripted
	for h := range hours {
		script = append(script,
			inject(h*batchesAnHour+100, lasting(fault.Hang, time.Minute)),
			inject(h*batchesAnHour+1000, lasting(fault.Flap, 0), 0),
			at(h*batchesAnHour+2000, event.Recover))
	}
	heap := &heapAt{hour: time.Hour}
	hub := event.NewHub(stats.New(), heap)
	sub := hub.Subscribe()
	defer sub.Close()
	if err := engine.Play(t.Context(), hub, pipeline(42, hours*batchesAnHour+200, script...)); err != nil {
		t.Fatal(err)
	}
	if len(heap.inUse) < hours {
		t.Fatalf("%d hours of %d", len(heap.inUse), hours)
	}
	first, last := heap.inUse[0], heap.inUse[len(heap.inUse)-1]
	t.Logf("%d KiB after the first hour, %d KiB after the last", first>>10, last>>10)
	if last > first+256<<10 {
		t.Errorf("%d KiB after the first hour, %d KiB after the last", first>>10, last>>10)
	}
}
