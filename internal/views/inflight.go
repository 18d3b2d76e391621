package views

import (
	"fmt"

	"resiltui/internal/stats"
)

// LoadWords is the load of a sensor with several callers, for the end of its figures
// (" in flight 3 of 4 "). It is empty for one caller.
func (f *Frame) LoadWords(v *stats.SensorView) string {
	if f.Snap.Run == nil || f.Snap.Run.Callers < 2 {
		return ""
	}
	return fmt.Sprintf(" in flight %d of %d ", v.InFlight, f.Snap.Run.Callers)
}
