package fault

import (
	"time"

	"resiltui/internal/sensors"
	"resiltui/internal/words"
)

// percent writes a share ("12.5 %").
func percent(share float64) string { return decimal(sensors.Round6(share*100)) + " %" }

// shortDuration writes times below a second in ms, others in seconds with one
// decimal.
func shortDuration(d time.Duration) string {
	if d < time.Second {
		return decimal(sensors.Round6(float64(d)/float64(time.Millisecond))) + " ms"
	}
	return words.Seconds(d)
}
