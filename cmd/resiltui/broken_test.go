package main

import (
	"context"
	"os"
	"time"

	"resiltui/internal/engine"
	"resiltui/internal/engine/clock"
	"resiltui/internal/scenario"
	"resiltui/internal/sensors"
	"resiltui/internal/views/draw"
)

// panicking is a sensor that panics: whenever it is read, or whenever it is
// asked for the truth, which no guard of a read is around.
type panicking struct {
	read bool
	now  func() time.Duration
}

func (p panicking) Info() sensors.Info { return sensors.Info{ID: "P0", Name: "panicking"} }

func (p panicking) Read(context.Context, sensors.Request) (sensors.Reading, error) {
	if p.read {
		panic("the sensor is broken")
	}
	return sensors.Reading{Value: 1, At: p.now()}, nil
}

func (p panicking) Truth(at time.Duration) float64 {
	if !p.read && at >= time.Second {
		panic("the engine is broken")
	}
	return 1
}

func sensorPanics(clk clock.Clock) sensors.Sensor { return panicking{read: true, now: clk.Now} }
func enginePanics(clk clock.Clock) sensors.Sensor { return panicking{now: clk.Now} }

// runBroken is a dashboard of the pipeline and one sensor that panics.
func runBroken(broken func(clock.Clock) sensors.Sensor) int {
	return statusOf(dashboard{
		streams: streams{os.Stdin, os.Stdout, os.Stderr},
		flags:   &dashboardFlags{speed: 8, fps: defaultFPS}, look: draw.Options{}, seed: 42,
		build: func(seed uint64) (engine.Config, error) {
			c := scenario.Pipeline().Config(seed)
			c.Members = append(c.Members, engine.Member{
				Info: sensors.Info{ID: "P0"}, Policy: c.Members[0].Policy,
				New: func(_ uint64, clk clock.Clock) (sensors.Sensor, error) { return broken(clk), nil },
			})
			return c, nil
		},
		again: func(uint64) []draw.Hint { return []draw.Hint{{Key: "again", Word: "resiltui"}} },
	}.show())
}
