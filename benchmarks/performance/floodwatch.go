package main

import (
	"bytes"
	"fmt"
	"strconv"
	"time"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/model"
	"resiltui/internal/stats"
)

// flooded is a model that is watched: how often it was updated and drawn, and
// how often with a frame of the engine's. The title of its window says how many
// keys it has seen, so that what is written tells which key's effect is in it.
type flooded struct {
	tea.Model
	updates, views, frames, keys int
	drawn                        chan drawn
}

// drawn says when something was written that had seen so many keys.
type drawn struct {
	keys int
	at   time.Time
}

const keyTitle = "keys seen: "

// Update counts keys apart: each is an Update, whatever else happens.
func (f *flooded) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, ok := msg.(tea.KeyPressMsg); ok {
		f.keys++
		f.views-- // it is drawn
	} else {
		f.updates++
	}
	if _, ok := msg.(model.FrameMsg); ok {
		f.frames++
	}
	var cmd tea.Cmd
	f.Model, cmd = f.Model.Update(msg)
	return f, cmd
}

func (f *flooded) View() tea.View {
	f.views++
	v := f.Model.View()
	v.WindowTitle = keyTitle + strconv.Itoa(f.keys)
	return v
}

// screenOf is where a flooded model is drawn to.
type screenOf struct{ drawn chan<- drawn }

// Write is called with a frame, on the goroutine of Bubble Tea's renderer.
func (s screenOf) Write(p []byte) (int, error) {
	if i := bytes.LastIndex(p, []byte(keyTitle)); i >= 0 {
		rest := p[i+len(keyTitle):]
		if end := bytes.IndexByte(rest, '\a'); end >= 0 {
			if n, err := strconv.Atoi(string(rest[:end])); err == nil {
				s.drawn <- drawn{keys: n, at: time.Now()}
			}
		}
	}
	return len(p), nil
}

// floodBook counts what the tally counts, by itself and in the plainest way.
type floodBook struct {
	events   uint64
	results  [5][event.Missing + 1]uint64
	attempts [5]uint64
	opens    [5]uint64
	states   [5]breaker.State
}

// Fold is the hub's.
func (b *floodBook) Fold(e *event.Event) {
	b.events++
	switch e.Kind {
	case event.CallEnded:
		b.results[e.Sensor][e.Call.Result]++
		b.attempts[e.Sensor] += uint64(e.Call.Attempts)
		b.states[e.Sensor] = e.Call.Circuit.State
	case event.StateChanged:
		b.states[e.Sensor] = e.Change.To
		if e.Change.To == breaker.Open {
			b.opens[e.Sensor]++
		}
	}
}

// differs says what is wrong after the flood; empty is nothing.
func (b *floodBook) differs(counts *stats.Tally, w *flooded) string {
	snap := counts.Snapshot(stats.Query{})
	if snap.Version != b.events {
		return fmt.Sprintf("%d of %d events were folded", snap.Version, b.events)
	}
	for i := range snap.Sensors {
		s, c, r := &snap.Sensors[i], &snap.Sensors[i].Counts, &b.results[i]
		got := [...]uint64{c.Live, c.Stale, c.Interpolated, c.FastFail, c.Missing, c.Attempts, c.Metrics.CircuitOpenCount}
		want := [...]uint64{
			r[event.Live], r[event.Stale], r[event.Interpolated], r[event.FastFail], r[event.Missing], b.attempts[i], b.opens[i],
		}
		if got != want {
			return fmt.Sprintf("sensor %d: counted %v, not %v", i, got, want)
		}
		if s.Circuit.State != b.states[i] {
			return fmt.Sprintf("sensor %d: state %v, not %v", i, s.Circuit.State, b.states[i])
		}
	}
	// A few more are the start, the window's size and the end.
	if most := w.frames + w.frames/20 + 10; w.updates > most || w.views > most {
		return fmt.Sprintf("%d Updates and %d Views for %d frames", w.updates, w.views, w.frames)
	}
	return ""
}
