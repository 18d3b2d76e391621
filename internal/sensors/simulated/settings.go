package simulated

import (
	"time"

	"resiltui/internal/setting"
)

// Settings are the settings of a simulated sensor, in the order in which to
// list them.
func Settings() []setting.Of[Config] {
	all := []setting.Of[Config]{
		setting.Numeric(setting.Row{Name: "fail", Label: "fails", Example: "0.7", Help: "share of attempts that fail, 0 to 1"},
			setting.Shares(0), func(c Config) float64 { return c.FailProbability },
			func(c *Config, x float64) {
				c.Schedule = nil // one share from now on
				c.FailProbability = x
			}),
		setting.Numeric(setting.Row{Name: "latency", Label: "latency", Example: "80ms", Help: "median of a read's time"},
			setting.Times(0, time.Hour), func(c Config) float64 { return float64(c.Latency.Median) },
			func(c *Config, x float64) { c.Latency.Median = time.Duration(x) }),
		setting.Numeric(setting.Row{Name: "latencySigma", Label: "spread of the latency", Example: "0.3", Help: "spread of a read's time, 0 to 2"},
			setting.Reals(0, 2), func(c Config) float64 { return c.Latency.Sigma },
			func(c *Config, x float64) { c.Latency.Sigma = x }),
		setting.Numeric(setting.Row{Name: "noise", Label: "noise", Example: "0.5", Help: "standard deviation of a reading's error"},
			setting.Reals(0, 1e9), func(c Config) float64 { return c.Noise },
			func(c *Config, x float64) { c.Noise = x }),
	}
	for i := range all {
		all[i].Default = all[i].Get(Config{})
	}
	return all
}
