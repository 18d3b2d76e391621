package main

import (
	"errors"
	"io"
	"os"
	"strings"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/scenario"
	"resiltui/internal/views/draw"
)

// brokenModel is the dashboard's model with a part that panics when x is
// pressed.
type brokenModel struct {
	tea.Model
	part string
	now  bool
}

func (b *brokenModel) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if key, ok := msg.(tea.KeyPressMsg); ok && key.String() == "x" {
		b.now = true
		if b.part == "Update" {
			panic("Update is broken")
		}
		if cmd := b.cmd(); cmd != nil {
			return b, cmd
		}
	}
	inner, cmd := b.Model.Update(msg)
	b.Model = inner
	return b, cmd
}

func (b *brokenModel) cmd() tea.Cmd {
	broken := func() tea.Msg { panic(b.part + " is broken") }
	still := func() tea.Msg { return nil }
	switch b.part {
	case "Cmd":
		return broken
	case "Batch":
		return tea.Batch(still, broken, tea.Batch(still, broken))
	case "Sequence":
		return tea.Sequence(still, tea.Batch(still, tea.Sequence(still, broken)))
	default:
		return nil
	}
}

func (b *brokenModel) View() tea.View {
	if b.now && b.part == "View" {
		panic("View is broken")
	}
	return b.Model.View()
}

// brokenObserver panics at the end of the third batch.
type brokenObserver struct{}

func (brokenObserver) Observe(e *event.Event) {
	if e.Kind == event.BatchEnded && e.Batch == 3 {
		panic("the observer is broken")
	}
}

// brokenLog panics when it is to write what happened in the third batch.
type brokenLog struct{}

func (brokenLog) Write(p []byte) (int, error) {
	if strings.Contains(string(p), `"batch":3`) {
		panic("the log is broken")
	}
	return len(p), nil
}

func (brokenLog) Close() error { return nil }

// runBrokenPart is a dashboard one part of which is broken.
func runBrokenPart(part string) int {
	d := dashboard{
		streams: streams{os.Stdin, os.Stdout, os.Stderr},
		flags:   &dashboardFlags{speed: 8, fps: defaultFPS}, look: draw.Options{}, seed: 42,
		build: func(seed uint64) (engine.Config, error) { return scenario.Pipeline().Config(seed), nil },
		again: func(uint64) []draw.Hint { return nil },
	}
	switch part {
	case "observer":
		d.observers = []event.Observer{brokenObserver{}}
	case "log":
		d.flags.logFile = "broken"
		d.create = func(string) (io.WriteCloser, error) { return brokenLog{}, nil }
	default:
		d.wrap = func(m tea.Model) tea.Model { return &brokenModel{Model: m, part: part} }
	}
	return statusOf(d.show())
}

// statusOf says an error as the program does, and gives its exit status.
func statusOf(err error) int {
	if err == nil {
		return exitOK
	}
	sayError(os.Stderr, err)
	if e, ok := errors.AsType[*exitError](err); ok {
		return e.status
	}
	return exitUsage
}

// brokenParts are the programs with one broken part each.
func brokenParts() map[string]func() int {
	programs := map[string]func() int{}
	for _, part := range []string{"Update", "View", "Cmd", "Batch", "Sequence", "observer", "log"} {
		programs["broken-"+part] = func() int { return runBrokenPart(part) }
	}
	return programs
}
