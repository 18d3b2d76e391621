package stats

import (
	"runtime/debug"
	"testing"
)

func TestOnlyManySensorsHaveGarbageCollectedMoreOften(t *testing.T) {
	before := debug.SetGCPercent(77)
	defer debug.SetGCPercent(before)
	for _, c := range []struct {
		sensors int
		gogc    string
		want    int
	}{{5, "", 77}, {100, "", 77}, {101, "200", 77}, {101, "", gcPercent}} {
		t.Setenv("GOGC", c.gogc)
		TuneGC(c.sensors)
		if got := debug.SetGCPercent(77); got != c.want {
			t.Errorf("%d sensors, GOGC=%q: %d %%, want %d", c.sensors, c.gogc, got, c.want)
		}
	}
}
