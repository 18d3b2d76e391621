package report

import (
	"slices"
	"time"

	"resiltui/internal/scenario"
	"resiltui/internal/sensors"
	"resiltui/internal/sensors/simulated"
)

// The random crash begins at 3 to 6 s and lasts 3 to 6 s. One of the first six
// requests that reach the service during it is answered. All times are multiples of
// 100 ms.
const (
	drawnLeast = 3 * time.Second
	drawnSteps = 31
	drawnStep  = 100 * time.Millisecond
	drawnLucky = 6
)

// drawnCrash is the pair of breakers with a crash that depends on the seed. The
// other crashes have nothing random, so a report over many seeds would show the
// same numbers for each.
func drawnCrash(pair []scenario.Sensor, seed uint64) (drawn []scenario.Sensor, crash simulated.Window, lucky int) {
	draws := sensors.NewStream(seed, "breaker", "crash")
	crash.From = drawnLeast + drawnStep*time.Duration(draws.Index(0, 0, drawnSteps))
	crash.To = crash.From + drawnLeast + drawnStep*time.Duration(draws.Index(0, 1, drawnSteps))
	lucky = 1 + draws.Index(0, 2, drawnLucky)
	drawn = slices.Clone(pair)
	for i := range drawn {
		s := &drawn[i]
		s.Info.ID += " drawn"
		s.FailWindows, s.Lucky = []simulated.Window{crash}, lucky
	}
	return drawn, crash, lucky
}
