package event

import (
	"math"
	"time"

	"resiltui/internal/engine/breaker"
)

type logCall struct {
	Number        uint64        `json:"number"`
	Start         time.Duration `json:"startNanoseconds"`
	Took          time.Duration `json:"tookNanoseconds"`
	Status        string        `json:"status"`
	Served        bool          `json:"served"`
	Quality       string        `json:"quality,omitempty"`           // where served
	Value         *float64      `json:"value"`                       // null where none was served, for NaN and infinities
	Source        *int64        `json:"sourceNanoseconds,omitempty"` // where served
	Truth         *float64      `json:"truth,omitempty"`             // where it is known
	Outcome       string        `json:"outcome,omitempty"`           // where it was let through
	Attempts      int           `json:"attempts"`
	MaxAttempts   int           `json:"maxAttempts"`
	Avoided       int           `json:"unsent,omitempty"`
	AvoidedAtMost bool          `json:"unsentAtMost,omitempty"`
	Waited        time.Duration `json:"waitedNanoseconds"`
	Tries         []logTry      `json:"tries,omitempty"`
	Err           string        `json:"error,omitempty"`
	Held          bool          `json:"held,omitempty"`
	HeldUntil     time.Duration `json:"heldUntilNanoseconds,omitempty"`
	Probe         bool          `json:"probe,omitempty"`
	Faulted       bool          `json:"faulted,omitempty"`
	InFlight      int           `json:"inFlight,omitempty"` // left out where the call was alone
	Missed        int           `json:"missed,omitempty"`
	Failing       int           `json:"failing,omitempty"`
	Circuit       logCircuit    `json:"circuit"`
}

type logTry struct {
	Start time.Duration `json:"startNanoseconds"`
	Took  time.Duration `json:"tookNanoseconds"`
	logPhases
	Wait time.Duration `json:"waitNanoseconds,omitempty"`
	Err  string        `json:"error,omitempty"`
}

// logPhases has keys for the parts of an attempt that happened.
type logPhases struct {
	DNS       time.Duration `json:"dnsNanoseconds,omitempty"`
	Connect   time.Duration `json:"connectNanoseconds,omitempty"`
	TLS       time.Duration `json:"tlsNanoseconds,omitempty"`
	FirstByte time.Duration `json:"firstByteNanoseconds,omitempty"`
	Body      time.Duration `json:"bodyNanoseconds,omitempty"`
}

// logCircuit leaves out the limits of the circuit: they are settings, which other
// lines of the log have.
type logCircuit struct {
	State          string        `json:"state"`
	Since          time.Duration `json:"sinceNanoseconds"`
	Failures       int           `json:"failures"`
	Good           int           `json:"goodProbes"`
	Opens          uint64        `json:"opens"`
	ProbeAt        time.Duration `json:"probeAtNanoseconds,omitempty"`
	OpenFor        time.Duration `json:"openForNanoseconds,omitempty"`
	FailuresToTrip int           `json:"failuresToTrip,omitempty"`
	SlowToTrip     int           `json:"slowToTrip,omitempty"`
	Sample         *logSample    `json:"sample,omitempty"`
}

// logSample is what a window holds; nil where it is empty or there is none.
type logSample struct {
	Calls    int `json:"calls"`
	Failures int `json:"failures"`
	Slow     int `json:"slow"`
}

func callLine(c *Call, maxAttempts int) *logCall {
	out := &logCall{
		Number: c.Number, Start: c.Start, Took: c.Took, Status: c.Result.Status(), Served: c.Served,
		Attempts: c.Attempts, MaxAttempts: maxAttempts, Avoided: c.Avoided, AvoidedAtMost: c.AvoidedAtMost, Waited: c.Waited,
		Err: c.Err, Held: c.Held, HeldUntil: c.HeldUntil, Probe: c.Probe, Faulted: c.Faulted, Missed: c.Missed, Failing: c.Failing,
		Circuit: circuitLine(&c.Circuit),
	}
	if c.Served {
		out.Quality, out.Value, out.Source = c.Quality.String(), number(c.Value), new(int64(c.SourceAt))
	}
	if c.HasTruth {
		out.Truth = number(c.Truth)
	}
	if c.Admitted {
		out.Outcome = c.Outcome.String()
	}
	if c.InFlight > 1 {
		out.InFlight = c.InFlight
	}
	for i := range c.Tries {
		out.Tries = append(out.Tries, tryLine(&c.Tries[i]))
	}
	return out
}

func tryLine(t *Try) logTry {
	out := logTry{Start: t.Start, Took: t.Took, Wait: t.Wait, Err: t.Err}
	if t.Phases != nil {
		out.logPhases = logPhases(*t.Phases)
	}
	return out
}

func circuitLine(c *breaker.Circuit) logCircuit {
	return logCircuit{
		State: c.State.String(), Since: c.Since, Failures: c.Failures, Good: c.Good, Opens: c.Opens, ProbeAt: c.ProbeAt, OpenFor: c.OpenFor,
		FailuresToTrip: c.FailuresToTrip, SlowToTrip: c.SlowToTrip, Sample: sampleLine(c.Sample),
	}
}

func sampleLine(s breaker.Sample) *logSample {
	if s == (breaker.Sample{}) {
		return nil
	}
	return new(logSample(s))
}

// number is x, or nil where JSON cannot write it: NaN and the infinities.
func number(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}
