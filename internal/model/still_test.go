package model

import (
	"context"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/scenario"
	"resiltui/internal/stats"
)

// still is a model of a pipeline that has started and does not go on, without a
// program around it.
func still(t testing.TB, width, height int) *Model {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	counts := stats.New()
	hub := event.NewHub(counts)
	hub.Publish(runStarted(scenario.Pipeline().Config(scenario.DefaultSeed)))
	m := New(Options{Context: ctx, Hub: hub, Aggregator: counts, Engine: &deafEngine{}})
	m.Update(tea.WindowSizeMsg{Width: width, Height: height})
	return m
}

// plain is what a model draws, without colours.
func plain(m *Model) string { return ansi.Strip(m.View().Content) }

func sized(width, height int) tea.WindowSizeMsg {
	return tea.WindowSizeMsg{Width: width, Height: height}
}

// canceled is a context whose program has ended.
func canceled() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}

// ended is a pipeline that ends by itself.
func ended(batches int) func(uint64) engine.Config {
	return func(seed uint64) engine.Config {
		c := scenario.Pipeline().Config(seed)
		c.Batches = batches
		return c
	}
}
