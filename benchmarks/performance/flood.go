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
	"resiltui/internal/tally"
)

// eventsPerSecond is the flood.
const eventsPerSecond = 100_000

// flood publishes events in real time beside a whole program, types keys, and
// measures how long each takes to the screen.
func flood(e *effort) (figure, error) {
	d := min(e.long/2, 10*time.Second)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	p, err := newScreen(ctx, 5, 600)
	if err != nil {
		return figure{}, err
	}
	recorded := slices.DeleteFunc(p.events, func(ev event.Event) bool { return ev.Kind == event.RunEnded })
	counts := tally.New()
	hub := event.NewHub(counts)
	m := &flooded{drawn: make(chan time.Time, 1), Model: model.New(model.Options{Context: ctx, Hub: hub, Tally: counts, Engine: &still{}})}
	in, keys := io.Pipe()
	defer keys.Close()
	program := tea.NewProgram(m, tea.WithInput(in), tea.WithOutput(screenOf{model: m}), tea.WithWindowSize(140, 50), tea.WithFPS(30),
		tea.WithoutSignalHandler(), tea.WithColorProfile(colorprofile.TrueColor), tea.WithEnvironment([]string{"TERM=xterm-256color"}))
	ended := make(chan error, 1)
	go func() { _, err := program.Run(); ended <- err }()

	poured := make(chan int, 1)
	go func() { poured <- pour(hub, recorded, d) }()
	latencies := typeKeys(keys, m.drawn, d)
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
	seconds := d.Seconds()
	f := figure{value: p99, text: fmt.Sprintf("%s ms (%d keys; %s events, %.0f Updates and %.0f Views a second)",
		number(p99), len(latencies), number(float64(n)/seconds), float64(m.updates)/seconds, float64(m.views)/seconds)}
	if got := counts.Snapshot(tally.Query{}).Version; got < uint64(n) {
		f.wrong = fmt.Sprintf("%d of %d events were folded", got, n)
	}
	return f, nil
}

// pour publishes recorded events again and again, a hundredth of a second's
// share at a time, and returns how many.
func pour(hub *event.Hub, recorded []event.Event, d time.Duration) (n int) {
	hub.Publish(event.Event{Kind: event.RunStarted, Sensor: event.NoSensor, Run: runOf(recorded), Command: &event.Command{Speed: 1}})
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
		run.Sensors = append(run.Sensors, event.Sensor{Info: m.Info, Threshold: threshold, Needed: probes, MaxAttempts: 3})
	}
	return run
}

// typeKeys moves the selection down and up again, and returns how long
// it took each time until something was written that came after it. A frame that
// was under way does not count: the first write within a millisecond is left
// out.
func typeKeys(keys io.Writer, drawn <-chan time.Time, d time.Duration) (all []time.Duration) {
	time.Sleep(min(d/4, 500*time.Millisecond))
	key := "j"
	for end := time.Now().Add(d * 3 / 4); time.Now().Before(end); {
		select { // what was written before
		case <-drawn:
		default:
		}
		pressed := time.Now()
		if _, err := io.WriteString(keys, key); err != nil {
			return all
		}
		for {
			var at time.Time
			select {
			case at = <-drawn:
			case <-time.After(time.Second):
				return append(all, time.Second)
			}
			if at.Sub(pressed) > time.Millisecond {
				all = append(all, at.Sub(pressed))
				break
			}
		}
		key = map[string]string{"j": "k", "k": "j"}[key]
		time.Sleep(7 * time.Millisecond)
	}
	return all
}
