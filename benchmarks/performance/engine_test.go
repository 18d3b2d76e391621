package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"testing"
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
func simulate(n, batches int, counts *stats.Aggregator) error {
	config := many(n).Config(scenario.DefaultSeed)
	config.Batches = batches
	return engine.Play(context.Background(), event.NewHub(counts), config)
}

// BenchmarkReads is how many reads a second sensors make in virtual time on one core.
func BenchmarkReads(b *testing.B) {
	for _, n := range []int{5, 1000, 10_000} {
		b.Run(fmt.Sprint("sensors=", n), func(b *testing.B) {
			batches := max(shorter(500_000, 20_000)/n, 2)
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
			for b.Loop() {
				b.StopTimer()
				runtime.GC()
				b.StartTimer()
				if err := simulate(n, batches, stats.New()); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N*batches*n)/b.Elapsed().Seconds(), "reads/s")
		})
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

func (r *recorder) Observe(e *event.Event) { r.events = append(r.events, *e) }

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

func newScreen(b *testing.B, n, batches int) *screen {
	b.Helper()
	ctx, r := b.Context(), &recorder{}
	config := many(n).Config(scenario.DefaultSeed)
	config.Batches, config.Script = batches, script(n, batches)
	if err := engine.Play(ctx, event.NewHub(r), config); err != nil {
		b.Fatal(err)
	}
	counts := stats.New()
	p := &screen{hub: event.NewHub(counts), engine: &still{}, events: r.events}
	p.publish(1)
	m := model.New(model.Options{Context: ctx, Hub: p.hub, Aggregator: counts, Engine: p.engine, Look: draw.Options{}, FPS: 1000})
	p.model = m
	p.model, _ = p.model.Update(tea.WindowSizeMsg{Width: 140, Height: 50})
	p.model, p.next = p.model.Update(frameOf(m.Init()))
	return p
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

// frame waits for the turn of the next frame.
func (p *screen) frame(b *testing.B) tea.Msg {
	if p.next == nil {
		b.Fatal("the model waits for nothing")
	}
	return frameOf(p.next)
}

// draw is Update and View.
func (p *screen) draw(b *testing.B, msg tea.Msg) {
	p.model, p.next = p.model.Update(msg)
	if view := p.model.View(); len(view.Content) < 140 {
		b.Fatal("nothing was drawn")
	}
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

// BenchmarkFrame is Update and View of a frame at 140×50, between two of which a batch
// goes by.
func BenchmarkFrame(b *testing.B) {
	for _, n := range []int{5, 1000} {
		b.Run(fmt.Sprint("sensors=", n), func(b *testing.B) {
			var s *screen
			for b.Loop() {
				b.StopTimer()
				if s == nil || !s.batch() {
					s = newScreen(b, n, shorter(200, 60))
					for range 50 {
						s.batch()
					}
					s.draw(b, s.frame(b))
				}
				msg := s.frame(b)
				b.StartTimer()
				s.draw(b, msg)
			}
		})
	}
}
