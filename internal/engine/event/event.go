// Package event defines the events of a run, the hub that publishes them, and the
// commands that are sent to a run.
//
// The engine publishes; dashboards, reports and logs read. Each command that took
// effect is an event too, so the events alone describe the whole run. [MarkOf] says
// what became of a call; [Log] writes events as lines of JSON.
//
// The package draws nothing, executes nothing and decides nothing. Code that
// only reads events or sends commands needs this package, not the engine.
package event

import (
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/fallback"
	"resiltui/internal/engine/health"
	"resiltui/internal/engine/policy"
	"resiltui/internal/sensors"
	"resiltui/internal/sensors/fault"
)

// Kind says which payload of an Event is meaningful.
type Kind uint8

// The kinds of events.
const (
	// RunStarted opens a run (Run, and Taken for its pace). Readers drop what
	// they kept of the run before.
	RunStarted Kind = iota + 1
	// BatchStarted says that the batch's calls begin now (no payload).
	BatchStarted
	// CallEnded is one read of one client with all its attempts (Call).
	CallEnded
	// StateChanged is one transition of one breaker (Change).
	StateChanged
	// FaultBegan and FaultEnded are the start and the end of an injected fault
	// (Fault).
	FaultBegan
	FaultEnded
	// CommandTaken is a command that took effect and has no event of its own
	// (Taken).
	CommandTaken
	// BatchEnded closes a batch (Round).
	BatchEnded
	// RunEnded closes the run (Taken carries the reason).
	RunEnded
	// PolicyChanged says that a sensor's policy is another from now on (Tuned).
	PolicyChanged
	// HealthChanged says that a real endpoint is up, slow or down from now on (Health). It
	// follows the CallEnded that it comes from.
	HealthChanged
)

// NoSensor is the Sensor of an event that is about the run as a whole.
const NoSensor = -1

// Event is one thing that happened. Events of a run are numbered from 1
// without a gap. The pointers are shared between readers: nobody writes
// through them.
type Event struct {
	Seq uint64
	// At is the time of the run.
	At time.Duration
	// Batch is the batch it belongs to, from 1; for a real endpoint, which has
	// a schedule of its own, the number of its call. 0 is before the first.
	Batch int
	// Sensor indexes Run.Sensors, or is NoSensor.
	Sensor int
	Kind   Kind

	Call   Call
	Round  Round
	Change *Change
	Fault  *Fault
	Taken  *Taken
	Run    *Run
	Tuned  *Tuned
	Health *health.Change
}

// Run describes a run to its readers.
type Run struct {
	// Scenario is the name that starts it again ("pipeline", "watch").
	Scenario string
	Seed     uint64
	// Interval is the time from one batch's start to the next.
	Interval time.Duration
	// Batches is where the run ends by itself; 0 is never.
	Batches int
	// Virtual is true where time is simulated: the run can be paused, stepped,
	// paced and started again.
	Virtual bool
	// Naive is true where a naive pipeline runs alongside, with the same random
	// draws.
	Naive bool
	// Callers is how many calls of each sensor a batch makes at a time; 0 and 1
	// are one caller.
	Callers int
	// Start is the date of the run's time 0; zero where time is simulated, because
	// such a run has no date.
	Start time.Time
	// Beside is true where the policies only watch: every call is one attempt and is made
	// whatever the circuit says, and a breaker beside it says what it would have done.
	Beside bool
	// Thresholds say when a real endpoint is slow, down or flapping, without gaps; zero where
	// time is simulated.
	Thresholds health.Thresholds
	Sensors    []Sensor
}

// Date is the date of a time of the run, in the zone of Start; ok is false where time is
// simulated.
func (r *Run) Date(at time.Duration) (date time.Time, ok bool) {
	if r == nil || r.Start.IsZero() {
		return time.Time{}, false
	}
	return r.Start.Add(at), true
}

// Real is true where any of the sensors is a real endpoint, so that the run has a date and
// its columns are slots of time.
func (r *Run) Real() bool {
	if r == nil {
		return false
	}
	for i := range r.Sensors { // they are large
		if r.Sensors[i].Real {
			return true
		}
	}
	return false
}

// Sharing groups the sensors that share random draws, in the order of the run: the
// sensors of a group get the same failures and values. A sensor with draws of its own
// is a group of one.
func (r *Run) Sharing() [][]int {
	var groups [][]int
	place := map[string]int{}
	for i := range r.Sensors {
		draws := r.Sensors[i].Draws
		if at, ok := place[draws]; ok && draws != "" {
			groups[at] = append(groups[at], i)
			continue
		}
		place[draws] = len(groups)
		groups = append(groups, []int{i})
	}
	return groups
}

// Sensor describes a sensor to the readers of a run.
type Sensor struct {
	sensors.Info
	// Interval is the sensor's own, where it has one (real endpoints).
	Interval time.Duration
	// Policy is the settings in force at the start. Its Resolved fills in what
	// zeros stand for.
	Policy policy.Policy
	// Strategy is the name of its degradation strategy.
	Strategy string
	// Settings are the sensor's own settings by name, as people write them and
	// without secrets; nil is none. Those of the policies around it are in
	// Policy.
	Settings map[string]string
	// Initial is the breaker at the start.
	Initial breaker.Circuit
}

// Result is what a call gave its caller.
type Result uint8

// The results. FastFail is every call that the circuit refused or that was held, with
// a substitute or without.
const (
	// Live is a value read now.
	Live Result = iota + 1
	// Stale is the last known good value, served after attempts ran out.
	Stale
	// Interpolated is a mean of good values, served after attempts ran out.
	Interpolated
	// FastFail was refused at once by the breaker, or was held (Call.Held).
	FastFail
	// Missing is a failed call with nothing to serve.
	Missing
)

// String is the word of the reports: live, stale, interpolated, fast-fail,
// missing.
func (r Result) String() string {
	switch r {
	case Live:
		return "live"
	case Stale:
		return "stale"
	case Interpolated:
		return "interpolated"
	case FastFail:
		return "fast-fail"
	case Missing:
		return "missing"
	default:
		return "unknown"
	}
}

// Status is which of the four statuses a call has: live, stale, fast-fail or missing.
// The last known good value and a mean are both substitutes after attempts ran out,
// so both are stale; the reading's quality says which was served.
func (r Result) Status() string {
	if r == Interpolated {
		r = Stale
	}
	return r.String()
}

// Call is one read of one client, retries and waits included. What follows from
// the policy alone is left out. The order of the fields keeps it small, because
// a history has thousands of calls.
type Call struct {
	// Number counts the client's calls, from 1, refused ones included.
	Number uint64
	// Start is when it began; Took how long it lasted.
	Start, Took time.Duration
	// Value was delivered, where Served; SourceAt is when it was true.
	Value    float64
	SourceAt time.Duration
	// Truth is the hidden true signal at the call's end, where HasTruth.
	Truth float64
	// Avoided is how many attempts a refused call would have made; AvoidedAtMost
	// says that this is an upper bound, because what the sensor would have done
	// is not known. 0 where the call was let through.
	Avoided int
	// Attempts were sent; Waited is the time spent between them.
	Attempts int
	Waited   time.Duration
	// HeldUntil is until when the calls of this sensor are held from the call's end on,
	// because it asked to wait; 0 is not at all. A call that is due before is Held.
	HeldUntil time.Duration
	// InFlight is how many calls of this client were in flight when it began,
	// itself included.
	InFlight int
	// Missed is how many calls of a real endpoint were due while this one lasted, and were
	// not made.
	Missed int
	// Failing is how many calls of a real endpoint have failed one after the other, this one
	// included; 0 where it answered, or where it says nothing.
	Failing int
	// Tries are the attempts one by one; nil where the first one succeeded and nothing is
	// known of its phases.
	Tries []Try
	// Err is the cause in words where the result is not Live: clean, one line.
	Err string

	Result Result
	// Served is true where a value was delivered, live or not, of this Quality.
	Served                  bool
	Quality                 fallback.Quality
	HasTruth, AvoidedAtMost bool
	// RanOut is true where it failed after all the attempts that the policy in
	// force allowed, and false where an error ended it before.
	RanOut bool
	// Admitted is false where the breaker refused; otherwise Outcome is what
	// was reported to the breaker. Probe is true for a call in HALF_OPEN. In a run with
	// Beside, a call that the breaker would have refused was made all the same: Admitted is
	// false, Attempts is 1, and Result and Outcome are what came of it.
	Admitted bool
	Outcome  breaker.Outcome
	Probe    bool
	// Held is true where nothing was sent because the sensor had asked to wait. The
	// breaker was not asked: Admitted is false, and it is no refusal.
	Held bool
	// Faulted is true where a fault injected by resiltui was active when the
	// call began.
	Faulted bool
	// Circuit is the breaker right after the call.
	Circuit breaker.Circuit
}

// Try is one attempt of a call.
type Try struct {
	// Start and Took are within the run; Wait is the pause after it.
	Start, Took, Wait time.Duration
	// Err is empty where it succeeded.
	Err string
	// Phases is how long its parts took; nil where that is not known, as of any simulated
	// sensor. Readers share it, and never change it.
	Phases *sensors.Phases
}

// Change is a transition of a breaker with its reason.
type Change struct {
	From, To breaker.State
	Reason   breaker.Reason
	// OpenFor is how long it stays open before a probe is due (To == OPEN).
	OpenFor time.Duration
	// Count is the number of failures or good probes that caused it.
	Count int
	// Sample is what the window held when a rate of it tripped the circuit, and
	// Limit the threshold that was reached. For the rate of slow calls, SlowCall is
	// the time beyond which a call was slow.
	Sample   breaker.Sample
	Limit    float64
	SlowCall time.Duration
	// Cause names the errors behind it in a few words ("connection refused",
	// "4 timeouts, 1 bad frame").
	Cause string
	// FirstBatch and LastBatch are the first and last batch of the calls that
	// caused it; Attempts is how many attempts those calls sent.
	FirstBatch, LastBatch, Attempts int
	// By names who asked for it, where somebody did ("you pressed o").
	By string
	// Round counts, for a real endpoint, the phases of probes since Opened, when the circuit
	// opened: the one that begins where To is HALF_OPEN, the one that failed where From is.
	// It is 0 for all other changes.
	Round   int
	Opened  time.Duration
	Circuit breaker.Circuit
}

// Fault is an injected fault that began or ended.
type Fault struct {
	fault.Fault
	// Label is the fault in a few words ("slow +150 ms").
	Label string
	// By says who or what began or ended it ("you pressed c", "its time was
	// over").
	By string
	// Lasted is how long it was active (FaultEnded).
	Lasted time.Duration
}

// Tuned is a policy that was changed during the run.
type Tuned struct {
	// Policy is the settings in force from now on.
	Policy policy.Policy
	// Text says what changed, in words ("trip after 5 → 3 failures in a row").
	Text string
	// By says who changed it ("you").
	By string
	// Differs is true where the policy is not the one that the run began with.
	Differs bool
}

// Taken is a command that took effect, or the reason of the run's end.
type Taken struct {
	// Text says what happened, in a line of its own.
	Text string
	// Paused and Speed are the pace from now on.
	Paused bool
	Speed  float64
}

// Round is the end of a batch.
type Round struct {
	// Took is from the batch's start to the end of its last call.
	Took time.Duration
	// Delivered is true where every sensor delivered a value, live or served.
	Delivered bool
	// NaiveDelivered and NaiveTook are the same for the naive pipeline, where
	// Run.Naive is true.
	NaiveDelivered bool
	NaiveTook      time.Duration
}
