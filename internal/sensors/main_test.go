package sensors

import (
	"testing"
	"time"

	"go.uber.org/goleak"

	"resiltui/internal/sensors/sensorstest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// config is a sensor that never fails and has no noise.
func config(c *sensorstest.Clock) SimulatedConfig {
	return SimulatedConfig{
		Info:    Info{ID: "S3", Name: "coolant", Unit: "bar", Decimals: 2},
		Seed:    42,
		Signal:  Sine{Mean: 5, Amplitude: 1, Period: time.Minute},
		Latency: Latency{Median: 50 * time.Millisecond, Sigma: 0.3},
		Sleep:   c.Sleep,
	}
}

func simulated(t testing.TB, c SimulatedConfig) *Simulated {
	t.Helper()
	s, err := NewSimulated(c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
