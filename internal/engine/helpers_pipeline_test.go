package engine_test

import (
	"context"
	"testing"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/scenario"
)

// pipeline is the built-in scenario for so many batches.
func pipeline(seed uint64, batches int, script ...engine.Scripted) engine.Config {
	config := scenario.Pipeline().Config(seed)
	config.Batches = batches
	config.Script = script
	return config
}

// at is a command at the start of a batch.
func at(batch int, op event.Op, sensors ...int) engine.Scripted {
	return engine.Scripted{Batch: batch, Command: event.Command{Op: op, Sensors: sensors, By: "script"}}
}

// play runs a simulated configuration to its end, as fast as it goes.
func play(t testing.TB, config engine.Config) *recorder {
	t.Helper()
	r, _ := playSession(t, config)
	return r
}

func playSession(t testing.TB, config engine.Config) (*recorder, *engine.Session) {
	t.Helper()
	r := newRecorder()
	s := newSession(t, r, config, engine.Options{})
	if err := s.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	return r, s
}

// newSession makes a session whose runs are all of the configuration.
func newSession(t testing.TB, r *recorder, config engine.Config, o engine.Options) *engine.Session {
	t.Helper()
	o.Hub, o.Seed = r.hub, config.Seed
	o.Build = func(seed uint64) (engine.Config, error) {
		c := config
		c.Seed = seed
		return c, nil
	}
	s, err := engine.NewSession(o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
