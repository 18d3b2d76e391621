package terminal

import (
	"testing"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/sensors"
	"resiltui/internal/stats"
)

func TestTheStatusOfEndpointsCountsCallsThatWereDueAndNotMade(t *testing.T) {
	run := &event.Run{
		Scenario: "watch", Start: time.Date(2026, time.November, 26, 3, 0, 0, 0, time.UTC), Beside: true,
		Sensors: []event.Sensor{{Info: sensors.Info{ID: "shop", Real: true}}},
	}
	for missed, want := range map[int]string{0: "", 1: "; 1 call missed", 3: "; 3 calls missed"} {
		counts := stats.New()
		hub := event.NewHub(counts)
		hub.Publish(event.Event{Kind: event.RunStarted, Sensor: event.NoSensor, Run: run})
		hub.Publish(event.Event{Kind: event.CallEnded, At: 2 * time.Second, Call: event.Call{
			Took: 2 * time.Second, Attempts: 1, Admitted: true, Result: event.Live, Served: true, Missed: missed,
		}})
		s := counts.Snapshot(stats.Query{})
		if got := endpointStatus(&s, 2*time.Second); got != "status 03:00:02: 0 up, 0 slow, 0 down, 1 not asked yet"+want {
			t.Errorf("%d missed: %q", missed, got)
		}
	}
}
