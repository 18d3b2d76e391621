package stats

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/engine/event/eventtest"
)

// BenchmarkObserve counts live calls of one sensor, as most calls of a run are.
func BenchmarkObserve(b *testing.B) {
	t := New()
	t.Observe(&event.Event{Kind: event.RunStarted, Sensor: event.NoSensor, Run: eventtest.Run(5)})
	e := event.Event{Kind: event.CallEnded, Sensor: 3, Call: eventtest.Live(51 * ms)}
	b.ReportAllocs()
	for b.Loop() {
		e.At += 10 * time.Microsecond
		t.Observe(&e)
	}
}

// BenchmarkPublish is the whole cost of publishing a live call: numbering,
// counting, signalling.
func BenchmarkPublish(b *testing.B) {
	for _, subscribers := range []int{0, 1} {
		b.Run(fmt.Sprintf("subscribers=%d", subscribers), func(b *testing.B) {
			r := newRig(5)
			for range subscribers {
				defer r.Subscribe().Close()
			}
			e := event.Event{Kind: event.CallEnded, Sensor: 3, Call: eventtest.Live(51 * ms)}
			b.ReportAllocs()
			for b.Loop() {
				e.At += 10 * time.Microsecond
				r.Publish(e)
			}
		})
	}
}

// BenchmarkSnapshot is what a frame copies: a whole small run, and what is
// visible of a large one.
func BenchmarkSnapshot(b *testing.B) {
	for _, c := range []struct{ sensors, visible int }{{5, 5}, {1000, 12}} {
		b.Run(fmt.Sprintf("sensors=%d/visible=%d", c.sensors, c.visible), func(b *testing.B) {
			t := New()
			t.Observe(&event.Event{Kind: event.RunStarted, Sensor: event.NoSensor, Run: eventtest.Run(c.sensors)})
			for i := range 200 * c.sensors {
				call := eventtest.Live(time.Duration(40+i%20) * ms)
				if i/c.sensors%10 == 0 {
					call = eventtest.Failed(1)
				}
				t.Observe(&event.Event{Kind: event.CallEnded, At: time.Duration(i) * ms, Sensor: i % c.sensors, Call: call})
			}
			q := Query{Columns: 40, Batches: 40, Lines: 6}
			for i := range c.visible {
				q.Sensors = append(q.Sensors, i)
			}
			b.ReportAllocs()
			for b.Loop() {
				t.Snapshot(q)
			}
		})
	}
}

// BenchmarkObserveCounterfactuals is BenchmarkObserve with the strategies worked out, for live
// calls and for failed ones.
func BenchmarkObserveCounterfactuals(b *testing.B) {
	for name, c := range map[string]event.Call{"live": eventtest.Live(51 * ms), "failed": eventtest.Failed(1)} {
		b.Run(name, func(b *testing.B) {
			t := New(WithCounterfactuals())
			t.Observe(&event.Event{Kind: event.RunStarted, Sensor: event.NoSensor, Run: eventtest.Run(5)})
			t.Observe(&event.Event{Kind: event.CallEnded, Sensor: 3, Call: eventtest.Live(51 * ms)})
			e := event.Event{Kind: event.CallEnded, Sensor: 3, Call: c}
			b.ReportAllocs()
			for b.Loop() {
				e.At += 10 * time.Microsecond
				t.Observe(&e)
			}
		})
	}
}

// BenchmarkMemory reports what a sensor takes whose rings are all full.
func BenchmarkMemory(b *testing.B) {
	for _, opts := range [][]Option{nil, {WithCounterfactuals()}} {
		b.Run(fmt.Sprintf("counterfactuals=%v", len(opts) > 0), func(b *testing.B) {
			for b.Loop() {
				var before, after runtime.MemStats
				runtime.GC()
				runtime.ReadMemStats(&before)
				t := New(opts...)
				t.Observe(&event.Event{Kind: event.RunStarted, Sensor: event.NoSensor, Run: eventtest.Run(1000)})
				for i := range 600 {
					for k := range 1000 {
						c := eventtest.Failed(1)
						c.Tries = make([]event.Try, 3)
						if i%3 == 0 {
							c = eventtest.Live(51 * ms)
						}
						t.Observe(&event.Event{Kind: event.CallEnded, At: time.Duration(i) * time.Second, Sensor: k, Call: c})
					}
				}
				runtime.GC()
				runtime.ReadMemStats(&after)
				b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1000, "B/sensor")
				runtime.KeepAlive(t)
			}
		})
	}
}
