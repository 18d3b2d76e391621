package simulated

import (
	"strconv"
	"strings"

	"resiltui/internal/words"
)

// nature is how a sensor fails without any injected fault, in a few words; empty where
// it never does.
func (c *Config) nature() string {
	var parts []string
	for _, p := range c.Schedule {
		if p.Probability > 0 {
			parts = append(parts, "fails "+words.Rate(p.Probability)+" until call "+strconv.FormatUint(p.UntilCall, 10))
		}
	}
	if c.FailProbability > 0 {
		then := ""
		if len(c.Schedule) > 0 {
			then = "then "
		}
		parts = append(parts, then+"fails "+words.Rate(c.FailProbability))
	}
	for _, w := range c.FailWindows {
		parts = append(parts, "fails "+words.Clock(w.From)+" to "+words.Clock(w.To))
	}
	return strings.Join(parts, ", ")
}
