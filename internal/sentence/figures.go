package sentence

// Figure is a figure that has one name in reports and JSON and another on
// screens.
type Figure struct {
	// Name is its name in JSON and in the text of reports, Word that on screens.
	Name, Word string
	// Means says what it counts.
	Means string
}

// CircuitFigures are the figures that are counted of a circuit breaker, in the order in
// which they are shown.
func CircuitFigures() []Figure {
	return []Figure{
		{"totalCalls", "calls", "all, refused ones too; of retries without them"},
		{"successCalls", "succeeded", "calls that succeeded"},
		{"failureCalls", "failed", "calls that did not, after all their attempts"},
		{"fastFailCount", "refused", "fast-fails: nothing was sent"},
		{"circuitOpenCount", "opens", "how often the circuit went to OPEN"},
		{"probeSuccessCount", "good probes", "calls let through to try, that succeeded"},
		{"probeFailCount", "bad probes", "those that did not"},
		{"ignoredCalls", "ignored", "neither good nor bad: given up by the caller"},
	}
}

// RetryFigures are the figures that are counted of retries in addition to the calls,
// in the order of their table.
func RetryFigures() []Figure {
	return []Figure{
		{"totalAttempts", "attempts", "tries of all calls"},
		{"successfulRetries", "saved", "calls that succeeded after a retry"},
		{"permanentFailures", "ran out", "calls of which every attempt failed"},
		{"propagated", "passed on", "calls ended by an error that is not retried"},
		{"totalDelaySeconds", "waited", "time between attempts"},
		{"successRate", "success", "share of the calls that succeeded"},
		{"retrySuccessRate", "saved %", "share of the retried calls that was saved"},
		{"retryRate", "retries", "retries for each call"},
	}
}

// FigureWord is the name on screens of the figure with a name in JSON; empty for an
// unknown name.
func FigureWord(name string) string {
	for _, list := range [][]Figure{CircuitFigures(), RetryFigures()} {
		for _, f := range list {
			if f.Name == name {
				return f.Word
			}
		}
	}
	return ""
}
