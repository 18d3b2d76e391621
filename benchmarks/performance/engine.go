package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"time"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/model"
	"resiltui/internal/scenario"
	"resiltui/internal/sensors/fault"
	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
)

// many is the pipeline with its five sensors repeated until there are n.
func many(n int) scenario.Scenario {
	s := scenario.Pipeline()
	kinds := s.Sensors
	for i := len(kinds); i < n; i++ {
		one := kinds[i%len(kinds)]
		one.Info.ID = fmt.Sprintf("S%d", i)
		s.Sensors = append(s.Sensors, one)
	}
	return s
}

// simulate runs batches of n sensors as fast as it goes.
func simulate(n, batches int, counts *stats.Tally) error {
	config := many(n).Config(scenario.DefaultSeed)
	config.Batches = batches
	return engine.Play(context.Background(), event.NewHub(counts), config)
}

// reads is how many reads a second n sensors make in virtual time on one core.
func reads(n int) func(e *effort) (figure, error) {
	return func(e *effort) (figure, error) {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
		batches := max(e.reads/n, 2)
		rate, err := repeat(e.runs, func() (float64, error) {
			runtime.GC()
			start := time.Now()
			err := simulate(n, batches, stats.New())
			return float64(batches*n) / time.Since(start).Seconds(), err
		})
		return figure{value: rate, text: number(rate) + " reads/s"}, err
	}
}

// still is an engine that a model can ask, while the benchmark does what an
// engine does.
type still struct{ now time.Duration }

func (s *still) Do(event.Command) {}

// Window has nothing to rehearse.
func (s *still) Window(int) (*engine.Window, error) { return nil, errors.New("nothing was run") }

// WindowAt has as little.
func (s *still) WindowAt(time.Duration, int, int) (*engine.Window, error) { return s.Window(0) }

func (s *still) Now() time.Duration { return s.now }

// screen is a model at 140×50 with n sensors, and a run that has gone on for
// some time.
type screen struct {
	hub    *event.Hub
	engine *still
	model  tea.Model
	next   tea.Cmd
	events []event.Event
}

// recorder keeps events.
type recorder struct{ events []event.Event }

func (r *recorder) Fold(e *event.Event) { r.events = append(r.events, *e) }

// script has faults and forced circuits on some sensors all the time.
func script(n, batches int) (all []engine.Scripted) {
	kinds := fault.Kinds()
	for batch := 3; batch < batches; batch += 4 {
		injected := kinds[batch/4%len(kinds)].Default
		injected.Until = 5 * time.Second
		all = append(all,
			engine.Scripted{Batch: batch, Command: event.Command{Op: event.Inject, Sensors: []int{batch % min(n, 5)}, Fault: injected, By: "script"}})
	}
	return all
}

func newScreen(ctx context.Context, n, batches int) (*screen, error) {
	r := &recorder{}
	config := many(n).Config(scenario.DefaultSeed)
	config.Batches, config.Script = batches, script(n, batches)
	if err := engine.Play(ctx, event.NewHub(r), config); err != nil {
		return nil, err
	}
	counts := stats.New()
	p := &screen{hub: event.NewHub(counts), engine: &still{}, events: r.events}
	p.publish(1)
	m := model.New(model.Options{Context: ctx, Hub: p.hub, Tally: counts, Engine: p.engine, Look: draw.Options{}, FPS: 1000})
	p.model = m
	p.model, _ = p.model.Update(tea.WindowSizeMsg{Width: 140, Height: 50})
	p.model, p.next = p.model.Update(frameOf(m.Init()))
	return p, nil
}

// publish publishes the next n events that were recorded.
func (p *screen) publish(n int) bool {
	n = min(n, len(p.events))
	for _, e := range p.events[:n] {
		if e.Kind != event.RunEnded {
			p.hub.Publish(e)
		}
		p.engine.now = e.At
	}
	p.events = p.events[n:]
	return n > 0
}

// batch publishes everything up to the end of a batch.
func (p *screen) batch() bool {
	for i, e := range p.events {
		if e.Kind == event.BatchEnded {
			return p.publish(i + 1)
		}
	}
	return false
}

// draw is the next frame; it returns how long Update and View took, without the
// wait for the frame's turn.
func (p *screen) draw() (time.Duration, error) {
	if p.next == nil {
		return 0, fmt.Errorf("the model waits for nothing")
	}
	msg := frameOf(p.next)
	start := time.Now()
	m, next := p.model.Update(msg)
	view := m.View()
	took := time.Since(start)
	if len(view.Content) < 140 {
		return 0, fmt.Errorf("nothing was drawn")
	}
	p.model, p.next = m, next
	return took, nil
}

// frameOf carries a Cmd out and returns what it gave. Of several it is the one
// for the next frame; the others are timers.
func frameOf(cmd tea.Cmd) tea.Msg {
	msg := cmd()
	several, ok := msg.(tea.BatchMsg)
	if !ok {
		return msg
	}
	frames := make(chan tea.Msg, len(several))
	for _, c := range several {
		if c != nil {
			go func() {
				if msg, ok := frameOf(c).(model.FrameMsg); ok {
					frames <- msg
				}
			}()
		}
	}
	return <-frames
}

// frames is the median time of Update and View, in milliseconds, of frames
// between which a batch went by.
func frames(e *effort, n int) (float64, error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	count := 10 * e.runs
	p, err := newScreen(ctx, n, count+60)
	if err != nil {
		return 0, err
	}
	for range 50 {
		p.batch()
	}
	if _, err := p.draw(); err != nil {
		return 0, err
	}
	return repeat(count, func() (float64, error) {
		p.batch()
		took, err := p.draw()
		return float64(took.Microseconds()) / 1e3, err
	})
}

func frame(e *effort) (figure, error) {
	ms, err := frames(e, 5)
	return figure{value: ms, text: number(ms) + " ms"}, err
}

func frameOfMany(e *effort) (figure, error) {
	small, err := frames(e, 5)
	if err != nil {
		return figure{}, err
	}
	large, err := frames(e, 1000)
	return figure{value: large / small, text: fmt.Sprintf("%s × (%s ms; %s ms)", number(large/small), number(large), number(small))}, err
}
