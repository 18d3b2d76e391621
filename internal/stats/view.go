package stats

import (
	"reflect"
	"slices"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/fallback"
	"resiltui/internal/sensors/fault"
	"resiltui/internal/sentence"
	"resiltui/internal/stats/counterfactual"
	"resiltui/internal/stats/verdict"
)

// Column is one call in a sensor's score: what all four tracks draw in one
// column. Its 24 bytes are most of what is kept of many sensors.
//
// In real time (Query.Slot) it is one slot of time instead: At is when the slot begins,
// Took the longest answer in it, Mark the worst result, event.MarkNone where no call was
// in it, State the breaker's at its end, and Probe and Fault are true where they were for
// any of its calls. A call that lasts longer than a slot is in all slots that it touches.
type Column struct {
	// At is when the call began; Took how long it lasted.
	At, Took time.Duration
	Mark     event.Mark
	// State is the breaker's state after the call; Probe says that the call
	// was a probe.
	State breaker.State
	Probe bool
	// Fault says that an injected fault was active.
	Fault bool
}

// Answered is true where a live value came.
func (c Column) Answered() bool { return c.Mark == event.MarkLive || c.Mark == event.MarkRetried }

// FastFail is true for a call that the circuit refused.
func (c Column) FastFail() bool { return c.Mark == event.MarkFastFail }

// FaultSpan is an injected fault on the time axis.
type FaultSpan struct {
	Label string
	// From is its start. To is its end, or 0 while it is active. Until is when
	// its time to live is over, 0 for never.
	From, To, Until time.Duration
}

// Active is true until the fault has ended.
func (f FaultSpan) Active() bool { return f.To == 0 }

// SensorView is a copy of what is known of one sensor.
type SensorView struct {
	// Sensor is as the run describes it, but with the Policy in force and what
	// follows from it.
	event.Sensor
	// Differs is true where the policy is not the one that the run began with.
	Differs bool
	// Index is its place in the run.
	Index int

	// Calls is how many calls have ended; 0 means that nothing else is known.
	Calls uint64
	// Last is the result of the last call; LastErr why it was not live.
	Last    event.Result
	LastErr string
	// HasValue is true where the last call delivered Value, of Quality, true at SourceAt.
	HasValue bool
	Quality  fallback.Quality
	Value    float64
	SourceAt time.Duration
	// LastAt is when the last call ended; LastTook how long it lasted;
	// LastAttempts what it sent.
	LastAt, LastTook time.Duration
	LastAttempts     int
	// HeldUntil is until when calls are held, because the sensor asked to wait; 0 is not
	// at all.
	HeldUntil time.Duration
	// InFlight is how many calls were in flight at a time in the newest batch
	// that is over, of Run.Callers at most; 0 before the first.
	InFlight int

	// Circuit is the breaker now. ChangedAt is the last transition (or 0 with
	// LastChange nil), kept with its reason.
	Circuit    breaker.Circuit
	ChangedAt  time.Duration
	LastChange *event.Change
	// OpenedAt and LastOpening are the last transition to OPEN.
	OpenedAt    time.Duration
	LastOpening *event.Change
	// TrippedAt and Tripping are the last opening of a closed or disabled
	// circuit; opening again after a failed probe does not count. Avoided is what
	// was refused since then.
	TrippedAt time.Duration
	Tripping  *event.Change
	Avoided   Avoided
	// States is the time in each state since the start, up to the snapshot's At.
	States StateTime

	// FailedAt is when the breaker last saw a failure, where HasFailed.
	FailedAt  time.Duration
	HasFailed bool

	// Columns are the last calls, oldest first.
	Columns []Column
	// Faults are the injected faults that are active or that the columns still
	// show, oldest first.
	Faults []FaultSpan
	// Active are the active injected faults, oldest first. A fault that has ended
	// by itself stays here until its FaultEnded event.
	Active []fault.Fault

	// Recent are the last MaxRecent calls with their attempts, Changes the last
	// MaxChanges transitions, oldest first (Query.Detail).
	Recent  []Call
	Changes []ChangeView
	// Retries says where the waiting went (Query.Retries).
	Retries RetryView

	// Latency of answered calls since the start; percentiles are shown from
	// MinAnswers answers on, and are reliable from SureAnswers on.
	Answers            uint64
	P50, P95, P99, Max time.Duration

	// Health is what a real endpoint itself did. Values are the newest value of each of the
	// Columns where these are slots, NaN where there was none (Query.Values).
	Health Health
	Values []float64

	Counts Counts
}

// Counts of a sensor's calls since the start of the run.
type Counts struct {
	Live, Stale, Interpolated, FastFail, Missing uint64
	// Held is the calls among FastFail that were held because the sensor had asked to
	// wait, HeldServed those of them that got a substitute; the circuit refused the others.
	Held, HeldServed uint64
	// Retries is attempts beyond each call's first; RetriedCalls the calls that
	// needed one; SavedCalls those of them that succeeded.
	Retries, RetriedCalls, SavedCalls uint64
	Attempts                          uint64
	Waited                            time.Duration
	// Served counts the substitutes, to failed calls (stale ones), to refused ones
	// (FastFailServed) and to held ones; OldestServed is the greatest age.
	Served       uint64
	OldestServed time.Duration
	// OffBy adds up how far each substitute was off the hidden true signal, in
	// millionths of the sensor's unit, so that sums do not depend on rounding;
	// Judged counts those substitutes.
	OffBy  int64
	Judged uint64
	// Metrics are the figures of a circuit breaker.
	Metrics breaker.Metrics
}

// Calls is the number of calls counted.
func (c Counts) Calls() uint64 {
	return c.Live + c.Stale + c.Interpolated + c.FastFail + c.Missing
}

// Delivered is the calls that got a value, live or a substitute.
func (c Counts) Delivered() uint64 { return c.Live + c.Served }

// FastFailServed is the calls that were refused and got a substitute.
func (c Counts) FastFailServed() uint64 {
	return c.Served - min(c.Stale+c.Interpolated+c.HeldServed, c.Served)
}

// LiveShare is live calls / calls; ok is false before the first call.
func (c Counts) LiveShare() (share float64, ok bool) {
	n := c.Calls()
	if n == 0 {
		return 0, false
	}
	return float64(c.Live) / float64(n), true
}

// PipelineView compares the batches with policies and without.
type PipelineView struct {
	// Batches have ended; Delivered and NaiveDelivered of them succeeded.
	Batches, Delivered, NaiveDelivered int
	// Took and NaiveTook are the sums of the durations of the batches.
	Took, NaiveTook time.Duration
	// With and Naive are the last batches, oldest first; true is a success.
	With, Naive []bool
	// Totals over all sensors.
	RetriedCalls, SavedCalls, FastFail, Served uint64
	// FastFailServed is those of FastFail that were Served.
	FastFailServed uint64
	OldestServed   time.Duration
	// Attempts were sent with policies; NaiveAttempts without, one a call.
	Attempts, NaiveAttempts uint64
	// Asked is how many readings were asked for in the batches that have ended,
	// Readings how many of them delivered a value. In the naive pipeline, a batch that
	// failed delivered none.
	Asked, Readings, NaiveReadings uint64
}

// PerSuccess is the time of all batches per successful one; ok is false where
// none did.
func (p PipelineView) PerSuccess() (took time.Duration, ok bool) {
	return perSuccess(p.Took, p.Delivered)
}

// NaivePerSuccess is the same for the naive pipeline.
func (p PipelineView) NaivePerSuccess() (took time.Duration, ok bool) {
	return perSuccess(p.NaiveTook, p.NaiveDelivered)
}

func perSuccess(took time.Duration, batches int) (time.Duration, bool) {
	if batches == 0 {
		return 0, false
	}
	return took / time.Duration(batches), true
}

// Snapshot is a copy of what is known at one moment, safe to keep.
type Snapshot struct {
	// Run describes the run; nil before it started.
	Run *event.Run
	// Version rises with every event, so that equal versions mean equal
	// content.
	Version uint64
	// At is the time of the last event; Batch the latest batch that any belonged to.
	At    time.Duration
	Batch int
	// Paused and Speed are the pace; Ended says that the run is over and
	// EndText why.
	Paused  bool
	Speed   float64
	Ended   bool
	EndText string

	// How many sensors' last call had each result. Stale includes
	// interpolated ones.
	Live, Stale, FastFail, Missing int
	// Faults are active now; Open circuits are OPEN or forced open.
	Faults, Open int

	// Endpoints is how all real endpoints are, those that were not asked for too.
	Endpoints Endpoints

	// Sensors are those that were asked for, in the order asked.
	Sensors  []SensorView
	Pipeline PipelineView
	// Retries is where the waiting of all sensors went (Query.Retries).
	Retries RetryView
	// Strategies are the results of all degradation strategies
	// (Query.Strategies); nil where the aggregator has no counterfactuals.
	Strategies []counterfactual.Strategy
	// ScaleTop is the top of the shared latency scale: 1, 2, 4 or 8 times a
	// power of ten milliseconds; it changes at most once in 5 s.
	ScaleTop time.Duration
	// Lines are the last notable events, oldest first, of LinesTotal.
	Lines      []sentence.Line
	LinesTotal int
	// Verdicts are the newest of at most MaxVerdicts kept, newest last
	// (Query.Verdicts).
	Verdicts []verdict.Verdict
	// Injected is true once any fault was injected in this run.
	Injected bool
	// Differs is true where any sensor's settings are not those of the start.
	Differs bool
}

// MinAnswers is how many answers percentiles need to be shown at all, SureAnswers how
// many they need to be reliable: with fewer, they are marked as uncertain.
// MinAnswersP99 is how many the 99th needs.
const (
	MinAnswers    = 5
	SureAnswers   = 20
	MinAnswersP99 = 100
)

// Query says which part of the aggregator a reader needs, so that only that is
// copied.
type Query struct {
	// Sensors by index; nil asks for all.
	Sensors []int
	// Columns and Batches are how many of the last are wanted; Lines how many
	// notable events.
	Columns, Batches, Lines int
	// Verdicts is how many of the newest verdicts are wanted.
	Verdicts int
	// Slot is how much time a column of a real endpoint stands for, one of Slots; 0 is one
	// call. Slots begin at multiples of their length in UTC, so that they are the same for all
	// sensors. Until is the moment in the last column, in time of the run; 0 is
	// the snapshot's At.
	Slot, Until time.Duration
	// Values asks for the values in the slots.
	Values bool
	// Detail asks for each sensor's last calls and transitions, Retries for where
	// the waiting went, Strategies for what each strategy would have served.
	Detail, Retries, Strategies bool
}

// Same is true where two queries ask for the same. It does not distinguish all
// sensors (nil) from none.
func (q Query) Same(other Query) bool {
	same := slices.Equal(q.Sensors, other.Sensors)
	q.Sensors, other.Sensors = nil, nil
	return same && reflect.DeepEqual(q, other)
}
