package engine_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/sensors/fault"
)

// Reads that run ahead of the clock are told as those of tasks are: the same
// events in the same order, to the byte, at the same steps.
func TestReadsThatRunAheadAreToldAsThoseOfTasks(t *testing.T) {
	together := pipeline(42, 60, inject(5, lasting(fault.Hang, 4*time.Second)), inject(30, lasting(fault.Crash, 0)), at(50, event.Recover))
	for i := range together.Members { // so that many things happen at one instant
		together.Members[i].Policy.Retry.BaseDelay = 50 * time.Millisecond
	}
	configs := map[string]engine.Config{
		"busy":              pipeline(42, 60, busyScript()...),
		"all at one time":   together,
		"many random keys":  pipeline(7, 200, randomScript(7, 120, 200)...),
		"a soak":            soakConfig(3, 2*time.Minute),
		"no limit of time":  unlimited(pipeline(42, 40)),
		"one without limit": unlimited(pipeline(42, 40, inject(8, lasting(fault.Slow, 0), 1)), 1, 3),
	}
	for name, config := range configs {
		t.Run(name, func(t *testing.T) {
			want, steps, err := engine.PlayAhead(config, false)
			if err != nil {
				t.Fatal(err)
			}
			got, gotSteps, err := engine.PlayAhead(config, true)
			if err != nil {
				t.Fatal(err)
			}
			if a, b := logOf(t, want), logOf(t, got); !bytes.Equal(a, b) || steps != gotSteps {
				t.Errorf("%d steps and %d: %s", steps, gotSteps, cmp.Diff(string(a), string(b)))
			}
			if len(ofKind(got, event.CallEnded)) != config.Batches*len(config.Members) {
				t.Error("calls are missing")
			}
		})
	}
}

// unlimited takes the limit of time from some sensors, or from all.
func unlimited(config engine.Config, which ...int) engine.Config {
	for i := range config.Members {
		if len(which) == 0 {
			config.Members[i].Policy.Timeout = 0
		}
	}
	for _, i := range which {
		config.Members[i].Policy.Timeout = 0
	}
	return config
}
