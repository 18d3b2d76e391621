package engine

import (
	"context"

	"resiltui/internal/engine/clock"
	"resiltui/internal/engine/event"
)

// PlayAhead runs a simulated run and returns its events and how many steps its clock
// took. Its reads run ahead of the clock, or else as tasks.
func PlayAhead(config Config, ahead bool) ([]event.Event, uint64, error) {
	var events collector
	clk := clock.NewVirtual()
	r, err := newRun(config, clk, event.NewHub(&events), func() (bool, float64) { return false, 1 })
	if err != nil {
		return nil, 0, err
	}
	defer r.close()
	for _, c := range r.clients {
		if !ahead {
			c.ahead = nil
		}
	}
	r.announce()
	clk.Start(func() { r.simulate(context.Background(), 1) })
	err = clk.Run(context.Background())
	return events.list, clk.Steps(), err
}
