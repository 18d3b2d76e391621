package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/model"
	"resiltui/internal/scenario"
	"resiltui/internal/stats"
	"resiltui/internal/stats/history"
)

// asRole names the environment variable that has the test program play a part of a
// measurement in a process of its own.
const asRole = "PERFORMANCE_ROLE"

// played is a part, to be started.
func played(role string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), asRole+"="+role)
	return cmd
}

// play plays a part.
func play(role string) error {
	switch role {
	case "painter":
		_, err := tea.NewProgram(&painter{}, tea.WithFPS(30)).Run()
		return err
	case "empty":
		_, err := tea.NewProgram(empty{}, tea.WithFPS(30)).Run()
		return err
	case "dashboard":
		return dashboard(1000)
	default:
		if given, ok := strings.CutPrefix(role, "bare "); ok {
			return bare(given)
		}
		var n, batches int
		if _, err := fmt.Sscanf(role, "headless %d %d", &n, &batches); err != nil {
			return fmt.Errorf("no such part: %q", role)
		}
		return headless(n, batches)
	}
}

// painter is the leanest Bubble Tea program that paints as many cells: 30 times
// a second another digit in every tenth one of 140×50.
type painter struct{ n int }

type tick struct{}

func again() tea.Cmd { return tea.Tick(time.Second/30, func(time.Time) tea.Msg { return tick{} }) }

func (p *painter) Init() tea.Cmd { return again() }

func (p *painter) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, ok := msg.(tick); ok {
		p.n++
		return p, again()
	}
	return p, nil
}

func (p *painter) View() tea.View {
	line := strings.Repeat("sensor ok"+string(rune('0'+p.n%10)), 14)
	v := tea.NewView(strings.Repeat(line+"\n", 49) + line)
	v.AltScreen = true
	return v
}

// empty is a Bubble Tea program with nothing to do.
type empty struct{}

func (empty) Init() tea.Cmd                         { return nil }
func (e empty) Update(tea.Msg) (tea.Model, tea.Cmd) { return e, nil }
func (empty) View() tea.View {
	v := tea.NewView("nothing")
	v.AltScreen = true
	return v
}

// dashboard is the dashboard with n sensors at the highest pace, wired as the
// program does it.
func dashboard(n int) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	counts := stats.New(stats.WithCounterfactuals())
	past := history.New(counts)
	hub := event.NewHub(past)
	s, err := engine.NewSession(engine.Options{
		Hub: hub, Seed: scenario.DefaultSeed, Paced: true, Speed: 64,
		Build: func(seed uint64) (engine.Config, error) { return many(n).Config(seed), nil },
	})
	if err != nil {
		return err
	}
	stats.TuneGC(n)
	go func() { _ = s.Run(ctx) }()
	_, err = tea.NewProgram(model.New(model.Options{Context: ctx, Hub: hub, Aggregator: counts, History: past, Engine: s}), tea.WithFPS(30)).Run()
	return err
}

// headless runs n sensors without a screen, as reports do, says what memory that
// took, and ends.
func headless(n, batches int) error {
	if err := simulate(n, batches, stats.New(stats.WithoutTracks())); err != nil {
		return err
	}
	mb, err := resident(os.Getpid())
	if err == nil {
		_, err = fmt.Println(mb)
	}
	return err
}
