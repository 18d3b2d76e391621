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

// unpacedDriver runs virtual time as fast as it goes. Nobody is there to ask
// anything of it: scripts are part of the run.
type unpacedDriver struct{ clock *clock.Virtual }

func (d *unpacedDriver) do(func()) {}

func (d *unpacedDriver) run(ctx context.Context, r *run) error {
	d.clock.Start(func() { r.simulate(ctx, 1) })
	return d.clock.Run(ctx)
}

func (d *unpacedDriver) now() time.Duration                 { return d.clock.Now() }
func (d *unpacedDriver) pace() (paused bool, speed float64) { return false, 1 }
func (d *unpacedDriver) setPace(bool, float64)              {}
func (d *unpacedDriver) runOn(func() bool, time.Duration)   {}

// realtimeDriver runs batches of simulated sensors on the wall clock. Nobody is
// there to ask anything of it.
type realtimeDriver struct{ clock *clock.Wall }

func (d *realtimeDriver) do(func()) {}

func (d *realtimeDriver) run(ctx context.Context, r *run) error {
	r.simulate(ctx, 1)
	return nil
}

func (d *realtimeDriver) now() time.Duration                 { return d.clock.Now() }
func (d *realtimeDriver) pace() (paused bool, speed float64) { return false, 1 }
func (d *realtimeDriver) setPace(bool, float64)              {}
func (d *realtimeDriver) runOn(func() bool, time.Duration)   {}
