package main

import (
	"io"
	"slices"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"resiltui/internal/engine/event"
	"resiltui/internal/model"
	"resiltui/internal/stats"
)

// eventsPerSecond is the flood.
const eventsPerSecond = 100_000

// BenchmarkFlood publishes events in real time beside a whole program, types keys,
// measures how long each takes to the screen, and sees that all was counted. The time of
// a loop, which package testing measures, is always that of the flood; percentiles it does
// not have.
func BenchmarkFlood(b *testing.B) {
	for b.Loop() {
		flood(b, shorter(10*time.Second, 300*time.Millisecond))
	}
}

func flood(b *testing.B, d time.Duration) {
	recorded := slices.DeleteFunc(newScreen(b, 5, 600).events, func(ev event.Event) bool { return ev.Kind == event.RunEnded })
	counts := stats.New()
	hub := event.NewHub(counts)
	w := &flooded{drawn: make(chan drawn, 64)}
	w.Model = model.New(model.Options{Context: b.Context(), Hub: hub, Aggregator: counts, Engine: &still{}})
	in, keys := io.Pipe()
	defer keys.Close()
	program := tea.NewProgram(w, tea.WithInput(in), tea.WithOutput(screenOf{drawn: w.drawn}), tea.WithWindowSize(140, 50), tea.WithFPS(30),
		tea.WithoutSignalHandler(), tea.WithColorProfile(colorprofile.TrueColor), tea.WithEnvironment([]string{"TERM=xterm-256color"}))
	ended := make(chan error, 1)
	go func() { _, err := program.Run(); ended <- err }()

	poured := make(chan int, 1)
	go func() { poured <- pour(hub, recorded, d) }()
	latencies := typeKeys(keys, w.drawn, d)
	n := <-poured
	program.Quit()
	if err := <-ended; err != nil {
		b.Fatal(err)
	}
	if len(latencies) == 0 {
		b.Fatal("no key reached the screen")
	}
	// The first event was the start of the run.
	if wrong := w.differs(counts, n+1); wrong != "" {
		b.Error(wrong)
	}
	slices.Sort(latencies)
	b.ReportMetric(milliseconds(latencies[len(latencies)*99/100]), "p99-ms")
	b.ReportMetric(milliseconds(latencies[len(latencies)/2]), "p50-ms")
	b.ReportMetric(float64(len(latencies)), "keys")
	b.ReportMetric(float64(n)/d.Seconds(), "events/s")
	b.ReportMetric(float64(w.frames)/d.Seconds(), "frames/s")
	b.ReportMetric(float64(w.updates)/float64(w.frames), "updates/frame")
	b.ReportMetric(float64(w.views)/float64(w.frames), "views/frame")
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1e3 }

// pour publishes recorded events again and again, a hundredth of a second's
// share at a time, and returns how many.
func pour(hub *event.Hub, recorded []event.Event, d time.Duration) (n int) {
	hub.Publish(event.Event{Kind: event.RunStarted, Sensor: event.NoSensor, Run: fiveSensors(), Taken: &event.Taken{Speed: 1}})
	start := time.Now()
	for time.Since(start) < d {
		due := int(time.Since(start).Seconds() * eventsPerSecond)
		for ; n < due; n++ {
			hub.Publish(recorded[n%len(recorded)])
		}
		time.Sleep(10*time.Millisecond - time.Since(start)%(10*time.Millisecond))
	}
	return n
}

// fiveSensors is a run for events that were recorded without one.
func fiveSensors() *event.Run {
	config := many(5).Config(1)
	run := &event.Run{Scenario: "pipeline", Interval: config.Interval, Virtual: true, Naive: true}
	for _, m := range config.Members {
		run.Sensors = append(run.Sensors, event.Sensor{Info: m.Info, Policy: m.Policy})
	}
	return run
}

// typeKeys moves the selection down and up again, and returns how long it took
// each time until it was written. A key that is not within a second counts as
// one second.
func typeKeys(keys io.Writer, written <-chan drawn, d time.Duration) (all []time.Duration) {
	time.Sleep(min(d/4, 500*time.Millisecond))
	for end := time.Now().Add(d * 3 / 4); time.Now().Before(end); {
		pressed := time.Now()
		if _, err := io.WriteString(keys, string("jk"[len(all)%2])); err != nil {
			return all
		}
		all = append(all, shownAfter(pressed, len(all)+1, written))
		// Keys come at any moment of a frame's 33 ms, evenly.
		time.Sleep(time.Duration(7+len(all)%34) * time.Millisecond)
	}
	return all
}

// shownAfter waits until what the n-th key did is written.
func shownAfter(pressed time.Time, n int, written <-chan drawn) time.Duration {
	timeout := time.After(time.Second)
	for {
		select {
		case w := <-written:
			if w.keys >= n {
				return w.at.Sub(pressed)
			}
		case <-timeout:
			return time.Second
		}
	}
}
