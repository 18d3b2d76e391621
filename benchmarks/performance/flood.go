package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"resiltui/internal/engine/event"
	"resiltui/internal/model"
	"resiltui/internal/stats"
)

// eventsPerSecond is the flood.
const eventsPerSecond = 100_000

// flood publishes events in real time beside a whole program, types keys,
// measures how long each takes to the screen, and sees what was counted.
func flood(e *effort) (figure, error) {
	d := min(e.long/2, 10*time.Second)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	p, err := newScreen(ctx, 5, 600)
	if err != nil {
		return figure{}, err
	}
	recorded := slices.DeleteFunc(p.events, func(ev event.Event) bool { return ev.Kind == event.RunEnded })
	counts, book := stats.New(), new(floodBook)
	hub := event.NewHub(counts, book)
	w := &flooded{drawn: make(chan drawn, 64)}
	w.Model = model.New(model.Options{Context: ctx, Hub: hub, Tally: counts, Engine: &still{}})
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
		return figure{}, err
	}
	if len(latencies) == 0 {
		return figure{}, fmt.Errorf("no key reached the screen")
	}
	slices.Sort(latencies)
	p99 := float64(latencies[len(latencies)*99/100].Microseconds()) / 1e3
	return figure{
		value: p99,
		text: fmt.Sprintf("%s ms (median %s ms, %d keys; %s events a second; %.1f frames a second, %.2f Updates and %.2f Views each)",
			number(p99), number(float64(latencies[len(latencies)/2].Microseconds())/1e3), len(latencies), number(float64(n)/d.Seconds()),
			float64(w.frames)/d.Seconds(), float64(w.updates)/float64(w.frames), float64(w.views)/float64(w.frames)),
		wrong: book.differs(counts, w),
	}, nil
}

// pour publishes recorded events again and again, a hundredth of a second's
// share at a time, and returns how many.
func pour(hub *event.Hub, recorded []event.Event, d time.Duration) (n int) {
	hub.Publish(event.Event{Kind: event.RunStarted, Sensor: event.NoSensor, Run: runOf(recorded), Taken: &event.Taken{Speed: 1}})
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

// runOf is a run of five sensors for events that were recorded without one.
func runOf([]event.Event) *event.Run {
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
