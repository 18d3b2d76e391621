package stats

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"resiltui/internal/engine/event"
	"resiltui/internal/engine/event/eventtest"
)

// Copies share the sensors of which nothing new was counted. Whichever of them goes on
// with whatever, each knows what it has seen, and nothing else.
func TestCopiesCountApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		type copied struct {
			aggregator *Aggregator
			seen       []event.Event
		}
		observe := func(c *copied, e event.Event) {
			c.aggregator.Observe(&e)
			c.seen = append(slices.Clip(c.seen), e)
		}
		first := &copied{aggregator: New(WithCounterfactuals())}
		observe(first, event.Event{Kind: event.RunStarted, Sensor: event.NoSensor, Run: eventtest.Run(3)})
		all := []*copied{first}
		for i := range rapid.IntRange(1, 60).Draw(t, "steps") {
			c := rapid.SampledFrom(all).Draw(t, "of")
			at := time.Duration(i+1) * time.Second
			switch sensor := rapid.IntRange(0, 2).Draw(t, "sensor"); rapid.IntRange(0, 5).Draw(t, "what") {
			case 0:
				all = append(all, &copied{c.aggregator.Clone(), c.seen})
			case 1:
				observe(c, event.Event{Kind: event.FaultBegan, At: at, Sensor: sensor, Fault: &event.Fault{Label: "crash"}})
			case 2:
				observe(c, event.Event{Kind: event.FaultEnded, At: at, Sensor: sensor, Fault: &event.Fault{Label: "crash", Lasted: time.Second}})
			default:
				observe(c, event.Event{Kind: event.CallEnded, At: at, Sensor: sensor, Call: eventtest.DrawCall(t, at)})
			}
		}
		for _, c := range all {
			alone := New(WithCounterfactuals())
			for i := range c.seen {
				alone.Observe(&c.seen[i])
			}
			if diff := cmp.Diff(alone.Snapshot(everything()), c.aggregator.Snapshot(everything())); diff != "" {
				t.Fatalf("alone, as one of %d copies:\n%s", len(all), diff)
			}
		}
	})
}
