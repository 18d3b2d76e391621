package report

import (
	"slices"
	"time"

	"resiltui/internal/scenario"
	"resiltui/internal/sensors"
	"resiltui/internal/sensors/simulated"
)

// The crash that the seed draws begins from 3 to 6 s, lasts from 3 to 6 s, and one
// of the first six requests to reach the service in it is answered. All times are
// whole tenths of a second.
const (
	drawnLeast = 3 * time.Second
	drawnSteps = 31
	drawnStep  = 100 * time.Millisecond
	drawnLucky = 6
)

// drawnCrash is the pair of breakers in a crash that the seed draws. In the other
// crashes nothing is left to chance, so a seed would change nothing, and many seeds
// would say no more than one.
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
