package main

import (
	"bytes"
	"fmt"
	"strconv"
	"time"

	tea "charm.land/bubbletea/v2"

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

// differs says what is wrong after the flood of n events; empty is nothing.
func (f *flooded) differs(counts *stats.Aggregator, n int) string {
	if counted := counts.Snapshot(stats.Query{}).Version; counted != uint64(n) {
		return fmt.Sprintf("%d of %d events were counted", counted, n)
	}
	// A few more are the start, the window's size and the end.
	if most := f.frames + f.frames/20 + 10; f.updates > most || f.views > most {
		return fmt.Sprintf("%d Updates and %d Views for %d frames", f.updates, f.views, f.frames)
	}
	return ""
}
