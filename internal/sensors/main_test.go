package sensors

import (
	"context"
	"io"
	"log"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// testClock is a clock on which every sleep is over at once. It ends sleeps
// with the deadline's error once limit has passed.
type testClock struct {
	mu    sync.Mutex
	t     time.Duration
	limit time.Duration
}

func (c *testClock) sleep(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.limit > 0 && c.t+d > c.limit {
		c.t = c.limit
		return context.DeadlineExceeded
	}
	c.t += d
	return nil
}

func (c *testClock) now() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

// config is a sensor that never fails and has no noise.
func config(c *testClock) SimulatedConfig {
	return SimulatedConfig{
		Info:    Info{ID: "S3", Name: "coolant", Unit: "bar", Decimals: 2},
		Seed:    42,
		Signal:  Sine{Mean: 5, Amplitude: 1, Period: time.Minute},
		Latency: Latency{Median: 50 * time.Millisecond, Sigma: 0.3},
		Sleep:   c.sleep,
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

// discardLog is a log that nobody reads.
func discardLog() *log.Logger { return log.New(io.Discard, "", 0) }
