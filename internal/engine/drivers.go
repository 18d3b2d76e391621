package engine

import (
	"context"
	"time"

	"resiltui/internal/engine/clock"
)

// pacedDriver lets virtual time pass at a multiple of real time.
type pacedDriver struct {
	clock *clock.Virtual
	pacer *clock.Pacer
}

func newPacedDriver(speed float64) *pacedDriver {
	v := clock.NewVirtual()
	return &pacedDriver{clock: v, pacer: clock.NewPacer(v, clock.PacerOptions{Speed: speed})}
}

func (d *pacedDriver) do(fn func()) { d.pacer.Do(fn) }

func (d *pacedDriver) run(ctx context.Context, r *run) error {
	d.clock.Start(func() { r.simulate(ctx, 1) })
	return d.pacer.Run(ctx)
}

func (d *pacedDriver) now() time.Duration { return d.pacer.State().Now }

func (d *pacedDriver) pace() (paused bool, speed float64) {
	s := d.pacer.State()
	return s.Paused, s.Speed
}

func (d *pacedDriver) setPace(paused bool, speed float64) {
	d.pacer.SetSpeed(speed)
	if paused {
		d.pacer.Pause()
	} else {
		d.pacer.Resume()
	}
}

func (d *pacedDriver) runOn(stop func() bool, limit time.Duration) { d.pacer.RunUntil(stop, limit) }

// unasked is the command part of a driver where no commands can come in. Scripts are
// part of the run, so they need no driver.
type unasked struct{}

func (unasked) do(func())                          {}
func (unasked) pace() (paused bool, speed float64) { return false, 1 }
func (unasked) setPace(bool, float64)              {}
func (unasked) runOn(func() bool, time.Duration)   {}

// unpacedDriver runs virtual time as fast as it goes.
type unpacedDriver struct {
	unasked
	clock *clock.Virtual
}

func (d *unpacedDriver) run(ctx context.Context, r *run) error {
	d.clock.Start(func() { r.simulate(ctx, 1) })
	return d.clock.Run(ctx)
}

func (d *unpacedDriver) now() time.Duration { return d.clock.Now() }

// realtimeDriver runs batches of simulated sensors on the wall clock.
type realtimeDriver struct {
	unasked
	clock *clock.Wall
}

func (d *realtimeDriver) run(ctx context.Context, r *run) error {
	r.simulate(ctx, 1)
	return nil
}

func (d *realtimeDriver) now() time.Duration { return d.clock.Now() }
